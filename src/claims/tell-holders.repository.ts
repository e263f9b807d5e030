import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';

/** A leaf about a work. */
export interface LeafAboutWork {
  readonly workId: string;
  readonly leafIndex: number;
}

/** A leaf about all that a party holds on a layer, or about what it holds of a catalogue of its own. */
export interface BroadLeaf {
  readonly partyId: string;
  readonly layer: string;
  /** Null: about all that the party holds. */
  readonly catalogueId: string | null;
  readonly leafIndex: number;
}

/** As many links up as an answer follows down. */
const DEPTH_MAX = 4;

/**
 * A song that everybody sings is embodied by thousands of recordings. So many works above one leaf's are
 * looked at; whoever holds others only sees the change in the log.
 */
const WORKS_ABOVE_MAX = 10_000;

/**
 * A party may hold a million works, and whoever declares about them all keeps other writers waiting. For so many
 * of its claims, the newest first, or works of its catalogue, it is looked up who else is concerned.
 */
const REACHED_MAX = 1_000;

/** From leaves about works, to who holds those and what is made of them. */
const CONCERNED_BY_WORKS = `above (leaf_index, work_id, depth) AS (
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
    WHERE ${stands('c')}
  )
  INSERT INTO log_concerns (party_id, leaf_index)
  SELECT h.party_id, h.leaf_index
  FROM holders h JOIN parties p ON p.party_id = h.party_id AND p.erased_at IS NULL
  ON CONFLICT DO NOTHING`;

@Injectable()
export class TellHoldersRepository {
  async tell(tx: Transaction, leaves: readonly LeafAboutWork[]): Promise<void> {
    await tx.manager.query(
      `WITH RECURSIVE leaf AS (
         SELECT * FROM unnest($1::text[], $2::bigint[]) AS given (work_id, leaf_index)
       ), ${CONCERNED_BY_WORKS}`,
      [
        leaves.map((leaf) => leaf.workId),
        leaves.map((leaf) => leaf.leafIndex),
        leaves.length + WORKS_ABOVE_MAX,
      ],
    );
  }

  /** The same of the works that broad leaves reach: those on which the party has a standing claim. */
  async tellOfBroad(tx: Transaction, leaves: readonly BroadLeaf[]): Promise<void> {
    await tx.manager.query(
      `WITH RECURSIVE broad AS (
         SELECT * FROM unnest($1::text[], $4::text[], $5::text[], $2::bigint[])
           AS given (party_id, layer, catalogue_id, leaf_index)
       ), leaf AS (
         SELECT held.work_id, broad.leaf_index FROM broad CROSS JOIN LATERAL (
           SELECT work_id, layer, state, c.claim_id, c.version FROM claims c
           WHERE c.party_id = broad.party_id AND broad.catalogue_id IS NULL
           ORDER BY c.claim_id DESC LIMIT ${REACHED_MAX}
         ) AS held
         WHERE held.layer = broad.layer AND ${stands('held')}
         UNION
         SELECT kept.work_id, broad.leaf_index FROM broad CROSS JOIN LATERAL (
           SELECT work_id FROM catalogue_works k
           WHERE k.catalogue_id = broad.catalogue_id AND k.removed_at IS NULL LIMIT ${REACHED_MAX}
         ) AS kept
         WHERE EXISTS (SELECT FROM claims c WHERE c.work_id = kept.work_id
           AND c.party_id = broad.party_id AND c.layer = broad.layer AND ${stands('c')})
       ), ${CONCERNED_BY_WORKS}`,
      [
        leaves.map((leaf) => leaf.partyId),
        leaves.map((leaf) => leaf.leafIndex),
        leaves.length * REACHED_MAX + WORKS_ABOVE_MAX,
        leaves.map((leaf) => leaf.layer),
        leaves.map((leaf) => leaf.catalogueId),
      ],
    );
  }
}

/** Whether this row of claims is the last version of a claim that was not withdrawn. */
function stands(row: string): string {
  return `${row}.state <> 'withdrawn' AND NOT EXISTS (
    SELECT FROM claims n WHERE n.claim_id = ${row}.claim_id AND n.version > ${row}.version)`;
}
