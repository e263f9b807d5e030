import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { sha256 } from '#kernel';
import type { EncodedStanding } from '../domain/standing.js';

/** Links are followed four steps down; whoever stands that far above is affected. */
const DEPTH_MAX = 4;

@Injectable()
export class ProjectionRepository {
  /**
   * One projection at a time, in the order of the log. Whoever changes an answer holds this lock
   * since its leaf was appended; taking it here makes that certain, so that nothing read below
   * can change before the commit.
   */
  async lockLog(tx: Transaction): Promise<void> {
    await tx.manager.query(`SELECT FROM log_head FOR UPDATE`);
  }

  /**
   * The works with identifiers whose standing may hang on one of these: themselves, what releases
   * among them contain or contained, and whatever embodies, contains or samples any of those.
   * In the order of their ids.
   */
  async listAffected(tx: Transaction, workIds: readonly string[]): Promise<string[]> {
    const rows = await tx.manager.query(
      `WITH RECURSIVE changed (work_id) AS (
         SELECT work_id FROM unnest($1::text[]) AS given (work_id)
         UNION
         SELECT to_work_id FROM work_links
         WHERE from_work_id = ANY($1) AND kind = 'contains'
           AND EXISTS (SELECT FROM declarations d
             WHERE d.subject_kind = 'release' AND d.subject_id = from_work_id)
       ), above (work_id, depth) AS (
         SELECT work_id, 0 FROM changed
         UNION
         SELECT from_work_id, depth + 1
         FROM above JOIN work_links ON to_work_id = above.work_id
         WHERE depth < ${DEPTH_MAX} AND removed_at IS NULL
       )
       SELECT DISTINCT work_id FROM above
       WHERE EXISTS (SELECT FROM work_identifiers i WHERE i.work_id = above.work_id)
       ORDER BY work_id`,
      [workIds],
    );
    return rows.map((row: { work_id: string }) => row.work_id);
  }

  /** The next works with an identifier after `afterWorkId`, for rebuilding from zero. */
  async listAfter(tx: Transaction, afterWorkId: string, limit: number): Promise<string[]> {
    // Straight along one index: joined to the works, the planner merges from the first identifier on,
    // and every batch costs as much as all before it.
    const rows = await tx.manager.query(
      `SELECT DISTINCT work_id FROM work_identifiers
       WHERE work_id > $1 ORDER BY work_id LIMIT $2`,
      [afterWorkId, limit],
    );
    return rows.map((row: { work_id: string }) => row.work_id);
  }

  /** The ids of these standings, in order; those that are new are stored. */
  async intern(tx: Transaction, standings: readonly EncodedStanding[]): Promise<number[]> {
    const texts = standings.map(({ shape, refs }) => ({ shape, refs: refs.join('\n') }));
    const digests = texts.map(({ shape, refs }) => sha256(`${shape}\n${refs}`));
    const keys = digests.map((digest) => digest.toString('latin1'));
    const distinct = new Map(keys.map((key, at) => [key, at]));
    const wanted = [...distinct.values()].map((at) => digests[at]!);
    const ids = await this.findStandings(tx, wanted);
    const missing = [...distinct].filter(([key]) => !ids.has(key)).map(([, at]) => at);
    if (missing.length > 0) {
      const rows = await tx.manager.query(
        `INSERT INTO lookup_standings (digest, shape, refs)
         SELECT digest, shape, coalesce(string_to_array(nullif(refs, ''), E'\\n'), '{}')
         FROM unnest($1::bytea[], $2::text[], $3::text[]) AS new (digest, shape, refs)
         RETURNING standing_id, digest`,
        [
          missing.map((at) => digests[at]),
          missing.map((at) => texts[at]!.shape),
          missing.map((at) => texts[at]!.refs),
        ],
      );
      for (const row of rows) ids.set(row.digest.toString('latin1'), row.standing_id);
    }
    return keys.map((key) => ids.get(key)!);
  }

  private async findStandings(tx: Transaction, digests: Buffer[]): Promise<Map<string, number>> {
    const rows = await tx.manager.query(
      `SELECT standing_id, digest FROM lookup_standings WHERE digest = ANY($1::bytea[])`,
      [digests],
    );
    return new Map(
      rows.map((row: { standing_id: number; digest: Buffer }) => [
        row.digest.toString('latin1'),
        row.standing_id,
      ]),
    );
  }

  /** Points every identifier that a work has now at its standing, and drops those it had before. */
  async replaceEntries(
    tx: Transaction,
    workIds: readonly string[],
    standingIds: readonly number[],
  ): Promise<void> {
    await tx.manager.query(
      `DELETE FROM lookup_entries e
       WHERE work_id = ANY($1) AND NOT EXISTS (SELECT FROM work_identifiers i
         WHERE i.scheme = e.scheme AND i.value = e.value AND i.work_id = e.work_id
           AND i.removed_at IS NULL)`,
      [workIds],
    );
    await tx.manager.query(
      `INSERT INTO lookup_entries AS e
         (scheme, value, work_id, standing_id, confidence_ppm, released_on)
       SELECT i.scheme, i.value, i.work_id, s.standing_id, max(i.confidence_ppm), w.released_on
       FROM unnest($1::text[], $2::integer[]) AS s (work_id, standing_id)
       JOIN works w ON w.work_id = s.work_id
       JOIN work_identifiers i ON i.work_id = s.work_id AND i.removed_at IS NULL
       GROUP BY i.scheme, i.value, i.work_id, s.standing_id, w.released_on
       ON CONFLICT (scheme, value, work_id) DO UPDATE
       SET standing_id = excluded.standing_id, confidence_ppm = excluded.confidence_ppm,
         released_on = excluded.released_on
       WHERE (e.standing_id, e.confidence_ppm, e.released_on)
         IS DISTINCT FROM (excluded.standing_id, excluded.confidence_ppm, excluded.released_on)`,
      [workIds, standingIds],
    );
  }

  async dropEntries(tx: Transaction, workIds: readonly string[]): Promise<void> {
    await tx.manager.query(`DELETE FROM lookup_entries WHERE work_id = ANY($1)`, [workIds]);
  }

  /** Removes standings that no entry points at any more; returns how many. */
  async dropUnusedStandings(tx: Transaction): Promise<number> {
    const [, dropped] = await tx.manager.query(
      `DELETE FROM lookup_standings s
       WHERE NOT EXISTS (SELECT FROM lookup_entries e WHERE e.standing_id = s.standing_id)`,
    );
    return dropped as number;
  }
}
