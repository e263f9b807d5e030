import { Injectable } from '@nestjs/common';
import { Database } from '#platform';
import type { LeafEntry } from './domain/index.js';

export interface ChangeLeaf {
  readonly index: number;
  readonly recordedAt: Date;
  readonly leaf: LeafEntry;
}

/** A work from which a change spreads; `key` says where the listing goes on. */
export interface Root {
  readonly key: string;
  /** Null where nothing spreads from here any more: the claim was withdrawn since, by a leaf of its own. */
  readonly workId: string | null;
}

/** From where roots are listed: behind a key, or with it where that root was not told whole. */
export interface RootsFrom {
  readonly key: string;
  readonly isIncluded: boolean;
}

export interface ChangedIdentifier {
  readonly workId: string;
  readonly scheme: string;
  readonly value: string;
  readonly removedAt: Date | null;
}

/** Links are followed as far up as answers follow them down. */
const DEPTH_MAX = 4;

/**
 * Read-only SQL over what the log changed. Every statement is bounded by its limit or its list, and goes
 * along an index; a condition that the planner could answer from a whole table is a subquery of one row.
 */
@Injectable()
export class ChangesQuery {
  constructor(private readonly database: Database) {}

  /** Size of the log that the last published checkpoint covers: nobody is told of more. */
  async publishedSize(): Promise<number> {
    const [row] = await this.database.reader.query(
      `SELECT coalesce(max(size), 0) AS size FROM log_checkpoints`,
    );
    return Number(row.size);
  }

  async listLeaves(from: number, size: number, limit: number): Promise<ChangeLeaf[]> {
    const rows: { leaf_index: string; recorded_at: Date; entry: Buffer }[] =
      await this.database.reader.query(
        `SELECT leaf_index, recorded_at, entry FROM log_leaves
         WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index LIMIT $3`,
        [from, size, limit],
      );
    return rows.map((row) => ({
      index: Number(row.leaf_index),
      recordedAt: row.recorded_at,
      leaf: JSON.parse(row.entry.toString('utf8')) as LeafEntry,
    }));
  }

  /** The next claims of a party, in their order, each with its work. */
  async listClaimed(partyId: string, from: RootsFrom, limit: number): Promise<Root[]> {
    const rows: { claim_id: string; work_id: string; is_over: boolean }[] =
      await this.database.reader.query(
        `SELECT claim_id, work_id, (SELECT state = 'withdrawn' FROM claims v
             WHERE v.claim_id = c.claim_id ORDER BY version DESC LIMIT 1) AS is_over
         FROM (SELECT claim_id, work_id FROM claims
           WHERE party_id = $1 AND claim_id >= $2 AND (claim_id <> $2 OR $3) AND version = 1
           ORDER BY claim_id LIMIT $4) AS c
         ORDER BY claim_id`,
        [partyId, from.key, from.isIncluded, limit],
      );
    return rows.map((row) => ({ key: row.claim_id, workId: row.is_over ? null : row.work_id }));
  }

  /** The next works of a catalogue. */
  async listCatalogued(catalogueId: string, from: RootsFrom, limit: number): Promise<Root[]> {
    const rows: { work_id: string; is_over: boolean }[] = await this.database.reader.query(
      `SELECT work_id, bool_and(removed_at IS NOT NULL) AS is_over FROM catalogue_works
       WHERE catalogue_id = $1 AND work_id >= $2 AND (work_id <> $2 OR $3)
       GROUP BY work_id ORDER BY work_id LIMIT $4`,
      [catalogueId, from.key, from.isIncluded, limit],
    );
    return rows.map((row) => ({ key: row.work_id, workId: row.is_over ? null : row.work_id }));
  }

  /**
   * The works whose answers hang on these: themselves, what a release among them contains where
   * something is declared about the release, and whatever embodies, contains or samples any of those.
   * In the order of the roots, then of ids; of the first root only those after `afterWork`.
   */
  async listReached(
    rootIds: readonly string[],
    afterWork: string,
    limit: number,
  ): Promise<{ place: number; workId: string }[]> {
    const rows: { place: string; work_id: string }[] = await this.database.reader.query(
      `WITH RECURSIVE given AS (
         SELECT place, work_id FROM unnest($1::text[]) WITH ORDINALITY AS root (work_id, place)
       ), changed (place, work_id) AS (
         SELECT place, work_id FROM given
         UNION
         SELECT place, to_work_id FROM given JOIN work_links ON from_work_id = given.work_id
         WHERE kind = 'contains' AND (SELECT true FROM declarations d
           WHERE d.subject_id = given.work_id AND d.subject_kind = 'release' LIMIT 1)
       ), above (place, work_id, depth) AS (
         SELECT place, work_id, 0 FROM changed
         UNION
         SELECT place, from_work_id, depth + 1
         FROM above JOIN work_links ON to_work_id = above.work_id
         WHERE depth < ${DEPTH_MAX} AND removed_at IS NULL
           AND (kind IN ('embodies', 'contains') OR (kind = 'samples' AND verified))
       )
       SELECT DISTINCT place, work_id FROM above WHERE place > 1 OR work_id > $2
       ORDER BY place, work_id LIMIT $3`,
      [rootIds, afterWork, limit],
    );
    return rows.map((row) => ({ place: Number(row.place) - 1, workId: row.work_id }));
  }

  /** The identifiers that works have, or had at this moment or later. Erased works have none. */
  async listIdentifiers(workIds: readonly string[], since: Date): Promise<ChangedIdentifier[]> {
    const rows: { work_id: string; scheme: string; value: string; removed_at: Date | null }[] =
      await this.database.reader.query(
        `SELECT work_id, scheme, value, removed_at FROM work_identifiers
         WHERE work_id = ANY($1) AND (removed_at IS NULL OR removed_at >= $2)
         ORDER BY work_id, scheme, value`,
        [workIds, since],
      );
    return rows.map((row) => ({
      ...{ workId: row.work_id, scheme: row.scheme, value: row.value, removedAt: row.removed_at },
    }));
  }
}
