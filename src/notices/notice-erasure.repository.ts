import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';

/**
 * What an erasure does to notices: nobody is told any more. That a leaf concerned the erased stays, by
 * ids.
 */
@Injectable()
export class NoticeErasure {
  constructor(private readonly database: Database) {}

  /**
   * Deletes webhooks and mail settings of the parties, and those that the accounts made for any party,
   * with their jobs: also those that the leaves of this transaction have queued, so do it after them.
   */
  async erase(
    tx: Transaction,
    gone: { partyIds: readonly string[]; accountIds: readonly string[] },
  ): Promise<void> {
    const { partyIds, accountIds } = gone;
    await tx.manager.query(
      `WITH gone AS (
         DELETE FROM webhooks WHERE party_id = ANY($1) OR created_by = ANY($2)
         RETURNING webhook_id
       ) SELECT graphile_worker.remove_job('webhook:' || webhook_id) FROM gone`,
      [partyIds, accountIds],
    );
    await tx.manager.query(
      `WITH gone AS (
         DELETE FROM notice_settings WHERE party_id = ANY($1) OR account_id = ANY($2)
         RETURNING account_id, party_id
       ) SELECT graphile_worker.remove_job('mail:' || account_id || ':' || party_id) FROM gone`,
      [partyIds, accountIds],
    );
  }

  /** The webhooks of parties without what signs for them, and how the account is told. */
  async describe(accountId: string, partyIds: readonly string[]): Promise<Record<string, unknown>> {
    const [row] = await this.database.reader.query(
      `SELECT
         (SELECT coalesce(jsonb_agg(to_jsonb(w) - 'secret' - 'previous_secret' - 'leased_until'
            || jsonb_build_object('attempts', (
              SELECT coalesce(jsonb_agg(to_jsonb(t) - 'webhook_id' ORDER BY attempt_id), '[]')
              FROM webhook_attempts t WHERE t.webhook_id = w.webhook_id))
            ORDER BY webhook_id), '[]')
          FROM webhooks w WHERE party_id = ANY($2) OR created_by = $1) AS webhooks,
         (SELECT coalesce(jsonb_agg(to_jsonb(s) - 'leased_until' ORDER BY party_id), '[]')
          FROM notice_settings s WHERE account_id = $1) AS notice_settings`,
      [accountId, partyIds],
    );
    return row;
  }
}
