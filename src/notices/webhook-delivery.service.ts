import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isId } from '#kernel';
import { JobWorker } from '#platform';
import { retryAfter } from './domain/index.js';
import type { WebhookEntity } from './entities/webhook.entity.js';
import { FeedQuery } from './feed.query.js';
import { leafEvent } from './webhook-message.js';
import { WebhookSender } from './webhook-sender.service.js';
import { WebhooksRepository } from './webhooks.repository.js';

const BATCH = 50;

/** Longer than a checkpoint usually takes. */
const UNSIGNED_WAIT_S = 1;

/** Gone, says the receiver: nobody will ever want these events again. */
const GONE = 410;

/**
 * Tells webhooks of leaves: each in the order of the log, at least once, and none before the one
 * before it was taken. One job stands for all that waits for a webhook; where it stopped is written
 * with the webhook, so a job that was lost is made good by the next.
 */
@Injectable()
export class WebhookDelivery implements OnModuleInit {
  constructor(
    private readonly worker: JobWorker,
    private readonly webhooks: WebhooksRepository,
    private readonly feed: FeedQuery,
    private readonly sender: WebhookSender,
  ) {}

  onModuleInit(): void {
    this.worker.on('webhook', ({ webhook }, signal) => this.deliver(String(webhook), signal));
    this.worker.onStart(() => this.webhooks.queuePending(null));
  }

  private async deliver(webhookId: string, signal: AbortSignal | undefined): Promise<void> {
    if (!isId('webhook', webhookId)) return;
    const webhook = await this.webhooks.lease(webhookId);
    if (webhook) {
      try {
        await this.drain(webhook, signal);
      } finally {
        await this.webhooks.release(webhookId);
      }
    }
    // What was recorded in the last moment and is not signed yet, or is to be tried again later.
    await this.webhooks.queuePending(webhookId, UNSIGNED_WAIT_S);
  }

  private async drain(webhook: WebhookEntity, signal: AbortSignal | undefined): Promise<void> {
    const { webhookId, partyId } = webhook;
    let after = Number(webhook.toldUpTo);
    for (;;) {
      const rows = await this.feed.listAfter(partyId, after, BATCH);
      if (rows.length === 0) return;
      for (const row of rows) {
        const posted = await this.sender.send(webhook, leafEvent(partyId, row), signal);
        if (!posted.ok) {
          const isGone = posted.status === GONE;
          const seconds = isGone ? null : retryAfter(webhook.failures + 1);
          return this.webhooks.noteFailure(webhookId, seconds);
        }
        if (!(await this.webhooks.noteSuccess(webhookId, row.leafIndex))) return;
        webhook.failures = 0;
        after = row.leafIndex;
      }
    }
  }
}
