import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';

/** What an erasure does to holdings: those of the erased go; others learn that a work is gone. */
@Injectable()
export class HoldingErasure {
  constructor(private readonly database: Database) {}

  /**
   * Deletes the accounts' holdings, and writes with what others hold which leaf erased a work behind
   * it. Do it after the leaves and before the identifiers go: afterwards nothing leads from one to the
   * other.
   */
  async erase(
    tx: Transaction,
    { accountIds, workIds }: { accountIds: readonly string[]; workIds: readonly string[] },
  ): Promise<void> {
    await tx.manager.query(
      `WITH gone AS (DELETE FROM holdings WHERE account_id = ANY($1) RETURNING holding_id)
       SELECT graphile_worker.remove_job('holding:' || holding_id) FROM gone`,
      [accountIds],
    );
    await tx.manager.query(
      `WITH gone AS (
         SELECT i.scheme, i.value, max((SELECT leaf_index FROM log_leaves
           WHERE stream_key = i.work_id ORDER BY stream_version DESC LIMIT 1)) AS leaf
         FROM work_identifiers i
         WHERE i.work_id = ANY($1) GROUP BY i.scheme, i.value
       )
       UPDATE holding_items held SET erased_leaf = gone.leaf FROM gone
       WHERE held.scheme = gone.scheme AND held.value = gone.value`,
      [workIds],
    );
  }

  /** The holdings of an account; what they hold came from its own files and lists. */
  async describe(accountId: string): Promise<Record<string, unknown>> {
    const [row] = await this.database.reader.query(
      `SELECT coalesce(jsonb_agg(to_jsonb(h) - 'leased_until' - 'told' ORDER BY holding_id), '[]')
         AS holdings
       FROM holdings h WHERE account_id = $1`,
      [accountId],
    );
    return row;
  }
}
