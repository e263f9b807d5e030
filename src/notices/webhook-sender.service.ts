import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { type Posted, postToStranger, type ProofNetwork } from '#parties';
import type { WebhookEntity } from './entities/webhook.entity.js';
import { signedHeaders, type WebhookEvent } from './webhook-message.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** How webhooks reach the world; only the wiring of a test gives anything but the internet. */
export const WEBHOOK_NETWORK = Symbol('WEBHOOK_NETWORK');

const DEADLINE_MS = 10_000;

/** Sends one event to one webhook, once, and writes down what became of it. */
@Injectable()
export class WebhookSender {
  constructor(
    @Inject(WEBHOOK_NETWORK) private readonly network: ProofNetwork,
    private readonly webhooks: WebhooksRepository,
    private readonly clock: Clock,
  ) {}

  async send(webhook: WebhookEntity, event: WebhookEvent, stop?: AbortSignal): Promise<Posted> {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    const signal = stop ? AbortSignal.any([deadline, stop]) : deadline;
    const at = new Date(this.clock.now());
    const began = performance.now();
    const posted = await postToStranger(
      this.network,
      { url: webhook.url, headers: signedHeaders(webhook, event, at), body: event.body },
      signal,
    );
    // Our own end is no fault of theirs.
    if (!posted.ok && stop?.aborted) throw new Error('The server is stopping.');
    await this.webhooks.noteAttempt({
      webhookId: webhook.webhookId,
      eventId: event.id,
      at,
      status: posted.status,
      failure: posted.ok ? null : posted.failure,
      durationMs: Math.round(performance.now() - began),
    });
    return posted;
  }
}
