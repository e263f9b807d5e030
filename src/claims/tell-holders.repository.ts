import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';

/** A leaf about a work. */
export interface LeafAboutWork {
  readonly workId: string;
  readonly leafIndex: number;
}

/** As many links up as an answer follows down. */
const DEPTH_MAX = 4;

/**
 * A song that everybody sings is embodied by thousands of recordings. So many works above one leaf's are
 * looked at; whoever holds others only sees the change in the log.
 */
const WORKS_ABOVE_MAX = 10_000;

@Injectable()
export class TellHoldersRepository {
  async tell(tx: Transaction, leaves: readonly LeafAboutWork[]): Promise<void> {
    await tx.manager.query(
      `WITH RECURSIVE leaf AS (
         SELECT * FROM unnest($1::text[], $2::bigint[]) AS given (work_id, leaf_index)
       ), above (leaf_index, work_id, depth) AS (
         SELECT leaf_index, work_id, 0 FROM leaf
         UNION
         SELECT above.leaf_index, l.from_work_id, depth + 1
         FROM above JOIN work_links l ON l.to_work_id = above.work_id
         WHERE depth < ${DEPTH_MAX} AND l.removed_at IS NULL
           AND (l.kind IN ('embodies', 'contains') OR (l.kind = 'samples' AND l.verified))
       ), concerned AS (
         SELECT leaf_index, work_id FROM above LIMIT $3
       ), holders AS (
         SELECT concerned.leaf_index, w.registrant_party_id AS party_id
         FROM concerned JOIN works w USING (work_id)
         UNION
         SELECT concerned.leaf_index, c.party_id
         FROM concerned JOIN claims c USING (work_id)
         WHERE c.state <> 'withdrawn' AND NOT EXISTS (
           SELECT FROM claims n WHERE n.claim_id = c.claim_id AND n.version > c.version)
       )
       INSERT INTO log_concerns (party_id, leaf_index)
       SELECT h.party_id, h.leaf_index
       FROM holders h JOIN parties p ON p.party_id = h.party_id AND p.erased_at IS NULL
       ON CONFLICT DO NOTHING`,
      [
        leaves.map((leaf) => leaf.workId),
        leaves.map((leaf) => leaf.leafIndex),
        leaves.length + WORKS_ABOVE_MAX,
      ],
    );
  }
}
