import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import { HoldingEntity } from './entities/holding.entity.js';

/** Longer than one delivery may take; renewed with each. */
const LEASE = `interval '60 seconds'`;

export interface HeldIdentifier {
  readonly scheme: string;
  readonly value: string;
}

/** What is held, and how far its webhooks were told. The queue's times are the database's. */
@Injectable()
export class HoldingsRepository {
  constructor(private readonly database: Database) {}

  /** The account's holdings, the account locked until the commit, so that two new ones count each other. */
  async lockOfAccount(tx: Transaction, accountId: string): Promise<HoldingEntity[]> {
    await tx.manager.query(`SELECT FROM accounts WHERE account_id = $1 FOR NO KEY UPDATE`, [
      accountId,
    ]);
    return tx.manager.findBy(HoldingEntity, { accountId });
  }

  async insert(tx: Transaction, holding: HoldingEntity): Promise<void> {
    await tx.manager.insert(HoldingEntity, holding);
  }

  /** Adds what is not held yet; returns how many those were. */
  async addItems(
    tx: Transaction,
    holdingId: string,
    items: readonly HeldIdentifier[],
  ): Promise<number> {
    const [row] = await tx.manager.query(
      `WITH added AS (
         INSERT INTO holding_items (holding_id, scheme, value)
         SELECT $1, scheme, value FROM unnest($2::text[], $3::text[]) AS held (scheme, value)
         ON CONFLICT DO NOTHING RETURNING 1
       ) SELECT count(*)::int AS n FROM added`,
      [holdingId, items.map((one) => one.scheme), items.map((one) => one.value)],
    );
    return row.n;
  }

  async setCount(tx: Transaction, holdingId: string, identifiers: number): Promise<void> {
    await tx.manager.update(HoldingEntity, { holdingId }, { identifiers });
  }

  listOf(accountId: string): Promise<HoldingEntity[]> {
    return this.database.reader.find(HoldingEntity, {
      where: { accountId },
      order: { holdingId: 'ASC' },
    });
  }

  findOf(accountId: string, holdingId: string): Promise<HoldingEntity | null> {
    return this.database.reader.findOneBy(HoldingEntity, { accountId, holdingId });
  }

  async delete(tx: Transaction, holdingId: string): Promise<void> {
    await tx.manager.delete(HoldingEntity, { holdingId });
  }

  async resume(tx: Transaction, holdingId: string): Promise<void> {
    const changes = { state: 'active' as const, failures: 0, retryAt: null };
    await tx.manager.update(HoldingEntity, { holdingId }, changes);
  }

  /** Those of these identifiers that are held. */
  async listHeld(holdingId: string, asked: readonly HeldIdentifier[]): Promise<HeldIdentifier[]> {
    if (asked.length === 0) return [];
    return this.database.reader.query(
      `SELECT i.scheme, i.value
       FROM unnest($2::text[], $3::text[]) AS asked (scheme, value)
       JOIN holding_items i
         ON i.holding_id = $1 AND i.scheme = asked.scheme AND i.value = asked.value`,
      [holdingId, asked.map((one) => one.scheme), asked.map((one) => one.value)],
    );
  }

  /** What is held and led to works that these leaves erased. */
  async listErased(
    holdingId: string,
    leaves: readonly number[],
  ): Promise<(HeldIdentifier & { readonly index: number })[]> {
    if (leaves.length === 0) return [];
    return this.database.reader.query(
      `SELECT scheme, value, erased_leaf::float8 AS index FROM holding_items
       WHERE holding_id = $1 AND erased_leaf = ANY($2::bigint[]) ORDER BY erased_leaf`,
      [holdingId, leaves],
    );
  }

  /** Takes the right to tell of a holding; null where somebody has it, or it is not to be told now. */
  async lease(holdingId: string): Promise<HoldingEntity | null> {
    const [rows] = await this.database.dataSource.query(
      `UPDATE holdings SET leased_until = now() + ${LEASE}
       WHERE holding_id = $1 AND state = 'active' AND webhook_id IS NOT NULL
         AND (leased_until IS NULL OR leased_until <= now())
         AND (retry_at IS NULL OR retry_at <= now())
       RETURNING holding_id`,
      [holdingId],
    );
    if (rows.length === 0) return null;
    return this.database.dataSource.manager.findOneBy(HoldingEntity, { holdingId });
  }

  async release(holdingId: string): Promise<void> {
    await this.database.dataSource.query(
      `UPDATE holdings SET leased_until = NULL WHERE holding_id = $1`,
      [holdingId],
    );
  }

  /** Notes how far was told. False where the holding is no longer there or active. */
  async noteTold(holdingId: string, told: { cursor: string; upTo: number }): Promise<boolean> {
    const [rows] = await this.database.dataSource.query(
      `UPDATE holdings SET told = $2, told_up_to = $3, failures = 0, retry_at = NULL,
         leased_until = now() + ${LEASE}
       WHERE holding_id = $1 AND state = 'active' RETURNING holding_id`,
      [holdingId, told.cursor, told.upTo],
    );
    return rows.length > 0;
  }

  /** Notes a failure and when to try again; null: not before somebody says so. */
  async noteFailure(holdingId: string, retryAfterSeconds: number | null): Promise<void> {
    await this.database.dataSource.query(
      `UPDATE holdings SET failures = failures + 1,
         state = CASE WHEN $2::float8 IS NULL THEN 'paused' ELSE state END,
         retry_at = now() + $2::float8 * interval '1 second'
       WHERE holding_id = $1`,
      [holdingId, retryAfterSeconds],
    );
  }

  /** Queues this holding, or all, where a published checkpoint covers what was not told. */
  async queuePending(holdingId: string | null): Promise<void> {
    await this.database.dataSource.query(
      `SELECT graphile_worker.add_job('holding', json_build_object('holding', h.holding_id),
         run_at => greatest(now(), h.retry_at, h.leased_until),
         job_key => 'holding:' || h.holding_id)
       FROM holdings h JOIN webhooks w ON w.webhook_id = h.webhook_id AND w.state = 'active'
       WHERE h.state = 'active' AND ($1::text IS NULL OR h.holding_id = $1)
         AND h.told_up_to < (SELECT coalesce(max(size), 0) FROM log_checkpoints)`,
      [holdingId],
    );
  }
}
