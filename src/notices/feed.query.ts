import { Injectable } from '@nestjs/common';
import { Database } from '#platform';
import type { LeafEntry } from './domain/index.js';

/** A leaf that concerns a party. */
export interface FeedRow {
  readonly leafIndex: number;
  readonly recordedAt: Date;
  readonly leaf: LeafEntry;
}

/** Read-only SQL over the leaves that concern a party. */
@Injectable()
export class FeedQuery {
  constructor(private readonly database: Database) {}

  /**
   * The next leaves after the one with this index, oldest first. Only those that a signed checkpoint
   * covers: nobody is told of what a crash could still undo.
   */
  async listAfter(partyId: string, after: number, limit: number): Promise<FeedRow[]> {
    const rows: { leaf_index: string; recorded_at: Date; entry: Buffer }[] =
      await this.database.reader.query(
        `SELECT c.leaf_index, l.recorded_at, l.entry
         FROM log_concerns c JOIN log_leaves l USING (leaf_index)
         WHERE c.party_id = $1 AND c.leaf_index > $2
           AND c.leaf_index < (SELECT coalesce(max(size), 0) FROM log_checkpoints)
         ORDER BY c.leaf_index LIMIT $3`,
        [partyId, after, limit],
      );
    return rows.map((row) => ({
      leafIndex: Number(row.leaf_index),
      recordedAt: row.recorded_at,
      leaf: JSON.parse(row.entry.toString('utf8')) as LeafEntry,
    }));
  }

  /** Index of the last leaf of the log, -1 where there is none: who asks now is told of later ones. */
  async lastLeaf(): Promise<number> {
    const [row] = await this.database.reader.query(`SELECT size FROM log_head`);
    return Number(row.size) - 1;
  }
}
