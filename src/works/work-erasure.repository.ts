import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';

/** Whose words go, and from where. */
export interface ErasedWords {
  /** Withdrawn whole. */
  readonly workIds: readonly string[];
  readonly partyIds: readonly string[];
  /** Works of others in which they had a part: there only their names go. */
  readonly sharedWorkIds: readonly string[];
  /** Names of the erased, as they were. */
  readonly names: readonly string[];
}

/** What an erasure does to works: ids, links and kinds stay; titles, names and openings go. */
@Injectable()
export class WorkErasure {
  constructor(private readonly database: Database) {}

  /** The works that these parties registered and that were not erased. */
  async listRegistered(partyIds: readonly string[], tx?: Transaction): Promise<string[]> {
    const rows: { work_id: string }[] = await (tx?.manager ?? this.database.reader).query(
      `SELECT work_id FROM works
       WHERE registrant_party_id = ANY($1) AND erased_at IS NULL ORDER BY work_id`,
      [partyIds],
    );
    return rows.map((row) => row.work_id);
  }

  /** Those of these works whose registrant was erased before, while somebody else still claimed them. */
  async listOrphans(tx: Transaction, workIds: readonly string[]): Promise<string[]> {
    const rows: { work_id: string }[] = await tx.manager.query(
      `SELECT work_id FROM works w JOIN parties p ON p.party_id = w.registrant_party_id
       WHERE work_id = ANY($1) AND w.erased_at IS NULL AND p.erased_at IS NOT NULL
       ORDER BY work_id`,
      [workIds],
    );
    return rows.map((row) => row.work_id);
  }

  /**
   * Removes the openings: without salt and value a commitment in the log says nothing. A name without
   * a party's id goes only where the erased had a part; elsewhere it may be a namesake's.
   */
  async erase(tx: Transaction, erased: ErasedWords, at: Date): Promise<void> {
    const { workIds, partyIds, sharedWorkIds, names } = erased;
    // The rows of the works first: who is describing one just now has ended before its names go.
    await tx.manager.query(
      `UPDATE works SET title = 'erased', language = NULL, released_on = NULL,
         revision = revision + 1, erased_at = $2
       WHERE work_id = ANY($1) AND erased_at IS NULL`,
      [workIds, at],
    );
    await tx.manager.query(
      `SELECT FROM works WHERE work_id = ANY($1) ORDER BY work_id FOR NO KEY UPDATE`,
      [sharedWorkIds],
    );
    await tx.manager.query(`DELETE FROM work_identifiers WHERE work_id = ANY($1)`, [workIds]);
    await tx.manager.query(
      `DELETE FROM work_contributors WHERE work_id = ANY($1) OR party_id = ANY($2)
         OR (work_id = ANY($3) AND lower(name) = ANY($4))`,
      [workIds, partyIds, sharedWorkIds, names.map((name) => name.toLowerCase())],
    );
    await tx.manager.query(`UPDATE catalogues SET name = catalogue_id WHERE party_id = ANY($1)`, [
      partyIds,
    ]);
  }

  async listErased(): Promise<{ id: string; erasedAt: Date }[]> {
    return this.database.reader.query(
      `SELECT work_id AS id, erased_at AS "erasedAt" FROM works
       WHERE erased_at IS NOT NULL ORDER BY work_id`,
    );
  }

  /** Everything kept of the works that parties registered, and of where they are named. */
  async describe(partyIds: readonly string[]): Promise<Record<string, unknown>> {
    const [row] = await this.database.reader.query(
      `SELECT
         (SELECT coalesce(jsonb_agg(to_jsonb(w) || jsonb_build_object(
            'contributors', (SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY position), '[]')
              FROM work_contributors c WHERE c.work_id = w.work_id),
            'identifiers', (SELECT coalesce(jsonb_agg(to_jsonb(i) || jsonb_build_object(
                'salt', encode(i.salt, 'hex')) ORDER BY recorded_at, scheme, value), '[]')
              FROM work_identifiers i WHERE i.work_id = w.work_id),
            'links', (SELECT coalesce(jsonb_agg(to_jsonb(l) ORDER BY recorded_at, to_work_id), '[]')
              FROM work_links l WHERE l.from_work_id = w.work_id)) ORDER BY work_id), '[]')
          FROM works w WHERE registrant_party_id = ANY($1)) AS works,
         (SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY work_id, position), '[]')
          FROM work_contributors c WHERE party_id = ANY($1)) AS named_as_contributor,
         (SELECT coalesce(jsonb_agg(to_jsonb(k) || jsonb_build_object('works', ARRAY(
            SELECT work_id FROM catalogue_works cw
            WHERE cw.catalogue_id = k.catalogue_id AND cw.removed_at IS NULL ORDER BY work_id))
            ORDER BY catalogue_id), '[]')
          FROM catalogues k WHERE party_id = ANY($1)) AS catalogues`,
      [partyIds],
    );
    return row;
  }
}
