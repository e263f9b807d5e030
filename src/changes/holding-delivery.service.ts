import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, isId } from '#kernel';
import { retryAfter } from '#notices/domain';
import { type WebhookEvent, WebhookSender, WebhooksService } from '#notices';
import { JobWorker } from '#platform';
import { decodePosition, encodePosition, type Position, positionAt } from './domain/index.js';
import type { HoldingEntity } from './entities/holding.entity.js';
import { HoldingChanges, type HoldingPage } from './holding-changes.service.js';
import { HoldingsRepository } from './holdings.repository.js';

/** Identifiers of one event, about. */
const BATCH = 500;

/** Gone, says the receiver: nobody will ever want these events again. */
const GONE = 410;

/**
 * Tells webhooks which of what they hold changed: in the order of the log, at least once, and nothing
 * that no published checkpoint covers. How far a holding was told is written with it, so a job that was
 * lost is made good by the next.
 */
@Injectable()
export class HoldingDelivery implements OnModuleInit {
  constructor(
    private readonly worker: JobWorker,
    private readonly holdings: HoldingsRepository,
    private readonly changes: HoldingChanges,
    private readonly webhooks: WebhooksService,
    private readonly sender: WebhookSender,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.worker.on('holdings', () => this.holdings.queuePending(null));
    this.worker.on('holding', ({ holding }, signal) => this.deliver(String(holding), signal));
    this.worker.onStart(() => this.holdings.queuePending(null));
  }

  private async deliver(holdingId: string, signal: AbortSignal | undefined): Promise<void> {
    if (!isId('holding', holdingId)) return;
    const holding = await this.holdings.lease(holdingId);
    if (holding) {
      try {
        await this.tell(holding, signal);
      } finally {
        await this.holdings.release(holdingId);
      }
    }
    // What was published meanwhile, or is to be tried again later.
    await this.holdings.queuePending(holdingId);
  }

  private async tell(holding: HoldingEntity, signal: AbortSignal | undefined): Promise<void> {
    const { holdingId } = holding;
    let from = decodePosition(holding.told) ?? positionAt(Number(holding.toldUpTo));
    while (!signal?.aborted) {
      const webhook = await this.webhooks.findActive(holding.webhookId!);
      if (!webhook) return;
      const page = await this.changes.read(holdingId, from, BATCH);
      if (page.changed.length > 0 || page.everything) {
        const event = changedEvent(holdingId, from, page, new Date(this.clock.now()));
        const posted = await this.sender.send(webhook, event, signal);
        if (!posted.ok) {
          const isGone = posted.status === GONE;
          const seconds = isGone ? null : retryAfter(holding.failures + 1);
          return this.holdings.noteFailure(holdingId, seconds);
        }
        holding.failures = 0;
      }
      from = page.next;
      const told = { cursor: encodePosition(from), upTo: from.index };
      if (!(await this.holdings.noteTold(holdingId, told))) return;
      if (from.index >= page.logSize) return;
    }
  }
}

/**
 * The event that tells of a page. Its id names from where to where it reaches: told again with more
 * in it, it is another event.
 */
function changedEvent(
  holdingId: string,
  from: Position,
  { changed, everything, next }: HoldingPage,
  at: Date,
): WebhookEvent {
  const data = {
    ...{ holding: holdingId, since: from.index, upTo: next.index },
    ...(everything ? { everything } : {}),
    changed,
  };
  return {
    id: `${holdingId}.${encodePosition(from)}.${encodePosition(next)}`,
    body: JSON.stringify({ type: 'holdings.changed', timestamp: at.toISOString(), data }),
  };
}
