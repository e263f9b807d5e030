import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import type { Claim } from './domain/index.js';

/** A claim of one of the parties, or one that rests on a mandate of theirs. */
const THEIRS = `(c.party_id = ANY($1) OR c.mandate_id IN
  (SELECT mandate_id FROM mandates WHERE principal_party_id = ANY($1)))`;

@Injectable()
export class ClaimErasureRepository {
  constructor(private readonly database: Database) {}

  /** The next standing claims that fall with these parties, after `after`, in order of id. */
  async listFalling(
    tx: Transaction,
    partyIds: readonly string[],
    after: string,
    limit: number,
  ): Promise<Claim[]> {
    return tx.manager.query(
      `SELECT * FROM (
         SELECT DISTINCT ON (claim_id) claim_id AS "claimId", version, work_id AS "workId",
           party_id AS "partyId", layer, role, share_ppm AS "sharePpm", territory, exclusive, level,
           method, evidence, state, mandate_id AS "mandateId", made_by AS "madeBy",
           (extract(epoch FROM made_at) * 1000)::float8 AS "madeAt"
         FROM claims c WHERE ${THEIRS} AND claim_id > $2 ORDER BY claim_id, version DESC
       ) AS current
       WHERE state <> 'withdrawn' ORDER BY "claimId" LIMIT $3`,
      [partyIds, after, limit],
    );
  }

  /** Those of these works on which somebody else has a claim that stands. */
  async listClaimedByOthers(
    partyIds: readonly string[],
    workIds: readonly string[],
    tx?: Transaction,
  ): Promise<Set<string>> {
    const rows: { work_id: string }[] = await (tx?.manager ?? this.database.reader).query(
      `SELECT DISTINCT work_id FROM (
         SELECT DISTINCT ON (claim_id) work_id, state FROM claims c
         JOIN parties p ON p.party_id = c.party_id AND p.erased_at IS NULL
         WHERE work_id = ANY($2) AND NOT coalesce(${THEIRS}, false)
         ORDER BY claim_id, version DESC
       ) AS current WHERE state <> 'withdrawn'`,
      [partyIds, workIds],
    );
    return new Set(rows.map((row) => row.work_id));
  }

  /** The works on which these parties, or others in their name, ever claimed something. */
  async listWorksOf(partyIds: readonly string[], tx?: Transaction): Promise<string[]> {
    const rows: { work_id: string }[] = await (tx?.manager ?? this.database.reader).query(
      `SELECT DISTINCT work_id FROM claims c WHERE ${THEIRS} ORDER BY work_id`,
      [partyIds],
    );
    return rows.map((row) => row.work_id);
  }

  /** Blanks what was written as evidence, and as reasons of disputes; passes only in a transaction that says it erases. */
  async blankEvidence(
    tx: Transaction,
    partyIds: readonly string[],
    workIds: readonly string[],
  ): Promise<void> {
    await tx.manager.query(
      `UPDATE claims c SET evidence = NULL
       WHERE evidence IS NOT NULL AND (work_id = ANY($2) OR ${THEIRS})`,
      [partyIds, workIds],
    );
    await tx.manager.query(
      `UPDATE disputes SET reason = NULL
       WHERE reason IS NOT NULL AND (work_id = ANY($2) OR party_ids && $1)`,
      [partyIds, workIds],
    );
  }

  /** Every version of every claim of parties, and of their disputes, without what others wrote. */
  async describe(partyIds: readonly string[]): Promise<Record<string, unknown>> {
    const [row] = await this.database.reader.query(
      `SELECT (SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY claim_id, version), '[]')
           FROM claims c WHERE party_id = ANY($1)) AS claims,
         (SELECT coalesce(jsonb_agg(to_jsonb(d) - 'made_by' - CASE
             WHEN opened_by = ANY($1) AND version = 1 THEN '' ELSE 'reason' END
             ORDER BY dispute_id, version), '[]')
           FROM disputes d WHERE party_ids && $1) AS disputes`,
      [partyIds],
    );
    return row;
  }
}
