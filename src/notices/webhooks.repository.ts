import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import { WebhookAttemptEntity } from './entities/webhook-attempt.entity.js';
import { WebhookEntity } from './entities/webhook.entity.js';

/** Longer than one delivery may take; renewed with each. */
const LEASE = `interval '30 seconds'`;

const ATTEMPTS_KEPT = 100;

/** Webhooks, how far each was told, and the tries. The queue's times are the database's. */
@Injectable()
export class WebhooksRepository {
  constructor(private readonly database: Database) {}

  /** The party's webhooks, the party locked until the commit, so that two new ones count each other. */
  async lockOfParty(tx: Transaction, partyId: string): Promise<WebhookEntity[]> {
    await tx.manager.query(`SELECT FROM parties WHERE party_id = $1 FOR NO KEY UPDATE`, [partyId]);
    return tx.manager.findBy(WebhookEntity, { partyId });
  }

  async insert(tx: Transaction, webhook: WebhookEntity): Promise<void> {
    await tx.manager.insert(WebhookEntity, webhook);
  }

  async update(
    tx: Transaction,
    webhookId: string,
    changes: Partial<Omit<WebhookEntity, 'webhookId'>>,
  ): Promise<void> {
    await tx.manager.update(WebhookEntity, { webhookId }, changes);
  }

  async delete(tx: Transaction, webhookId: string): Promise<void> {
    await tx.manager.delete(WebhookEntity, { webhookId });
  }

  listOfParty(partyId: string): Promise<WebhookEntity[]> {
    return this.database.reader.find(WebhookEntity, {
      where: { partyId },
      order: { webhookId: 'ASC' },
    });
  }

  findOf(partyId: string, webhookId: string): Promise<WebhookEntity | null> {
    return this.database.reader.findOneBy(WebhookEntity, { partyId, webhookId });
  }

  find(webhookId: string): Promise<WebhookEntity | null> {
    return this.database.reader.findOneBy(WebhookEntity, { webhookId });
  }

  /** The last tries, newest first. */
  listAttempts(webhookId: string): Promise<WebhookAttemptEntity[]> {
    return this.database.reader.find(WebhookAttemptEntity, {
      where: { webhookId },
      order: { attemptId: 'DESC' },
      take: ATTEMPTS_KEPT,
    });
  }

  /**
   * Takes the right to deliver to this webhook; null where somebody else has it, or it is paused,
   * gone, or waits for its next try.
   */
  async lease(webhookId: string): Promise<WebhookEntity | null> {
    const [rows] = await this.database.dataSource.query(
      `UPDATE webhooks SET leased_until = now() + ${LEASE}
       WHERE webhook_id = $1 AND state = 'active'
         AND (leased_until IS NULL OR leased_until <= now())
         AND (retry_at IS NULL OR retry_at <= now())
       RETURNING webhook_id`,
      [webhookId],
    );
    if (rows.length === 0) return null;
    return this.database.dataSource.manager.findOneBy(WebhookEntity, { webhookId });
  }

  /** Notes that an event was delivered. False where the webhook is no longer there or active. */
  async noteSuccess(webhookId: string, leafIndex: number): Promise<boolean> {
    const [rows] = await this.database.dataSource.query(
      `UPDATE webhooks SET told_up_to = $2, failures = 0, retry_at = NULL,
         leased_until = now() + ${LEASE}
       WHERE webhook_id = $1 AND state = 'active' RETURNING webhook_id`,
      [webhookId, leafIndex],
    );
    return rows.length > 0;
  }

  /** Notes a failure and when to try again; null: not before somebody says so. */
  async noteFailure(webhookId: string, retryAfterSeconds: number | null): Promise<void> {
    await this.database.dataSource.query(
      `UPDATE webhooks SET failures = failures + 1,
         state = CASE WHEN $2::float8 IS NULL THEN 'paused' ELSE state END,
         retry_at = now() + $2::float8 * interval '1 second'
       WHERE webhook_id = $1`,
      [webhookId, retryAfterSeconds],
    );
  }

  async release(webhookId: string): Promise<void> {
    await this.database.dataSource.query(
      `UPDATE webhooks SET leased_until = NULL WHERE webhook_id = $1`,
      [webhookId],
    );
  }

  async noteAttempt(attempt: Omit<WebhookAttemptEntity, 'attemptId'>): Promise<void> {
    await this.database.dataSource.query(
      `WITH old AS (
         DELETE FROM webhook_attempts WHERE webhook_id = $1 AND attempt_id <= (
           SELECT attempt_id FROM webhook_attempts WHERE webhook_id = $1
           ORDER BY attempt_id DESC OFFSET ${ATTEMPTS_KEPT - 1} LIMIT 1)
       )
       INSERT INTO webhook_attempts (webhook_id, event_id, at, status, failure, duration_ms)
       SELECT $1, $2, $3, $4, $5, $6 FROM webhooks WHERE webhook_id = $1`,
      [
        attempt.webhookId,
        attempt.eventId,
        attempt.at,
        attempt.status,
        attempt.failure,
        attempt.durationMs,
      ],
    );
  }

  /** Queues the next delivery to this webhook, or to all, where something waits, in so many seconds. */
  async queuePending(webhookId: string | null, seconds = 0): Promise<void> {
    await this.database.dataSource.query(
      `SELECT queue_webhook(w.webhook_id,
         greatest(w.retry_at, w.leased_until, now() + $2 * interval '1 second')) FROM webhooks w
       WHERE w.state = 'active' AND ($1::text IS NULL OR w.webhook_id = $1)
         AND EXISTS (SELECT FROM log_concerns c
           WHERE c.party_id = w.party_id AND c.leaf_index > w.told_up_to)`,
      [webhookId, seconds],
    );
  }
}
