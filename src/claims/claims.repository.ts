import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import type { Claim } from './domain/index.js';
import { ClaimEntity } from './entities/claim.entity.js';

/** PostgreSQL takes 65,535 parameters in a statement; a claim has eighteen columns. */
const ROWS_PER_STATEMENT = 3_000;

const CURRENT = `
  SELECT DISTINCT ON (claim_id) claim_id AS "claimId", version, work_id AS "workId",
    party_id AS "partyId", layer, role, share_ppm AS "sharePpm", territory, exclusive, level,
    method, evidence, state, mandate_id AS "mandateId", made_by AS "madeBy",
    (extract(epoch FROM made_at) * 1000)::float8 AS "madeAt"
  FROM claims`;

@Injectable()
export class ClaimsRepository {
  async insert(
    tx: Transaction,
    claims: readonly Claim[],
    place: { recordedAt: number; leafIndexes: readonly number[] },
  ): Promise<void> {
    const rows = claims.map((claim, at) => ({
      ...claim,
      madeAt: new Date(claim.madeAt),
      recordedAt: new Date(place.recordedAt),
      leafIndex: String(place.leafIndexes[at]),
    }));
    for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(ClaimEntity)
        .values(rows.slice(at, at + ROWS_PER_STATEMENT) as never)
        .updateEntity(false)
        .execute();
    }
  }

  /** The current version of a claim. Hold the log first, or another may come before the next one. */
  async findCurrent(tx: Transaction, claimId: string): Promise<Claim | null> {
    const [row] = await tx.manager.query(
      `${CURRENT} WHERE claim_id = $1 ORDER BY claim_id, version DESC`,
      [claimId],
    );
    return row ?? null;
  }

  /** Standing claims of these parties on these works, so that none is made twice. */
  async listStanding(
    tx: Transaction,
    workIds: readonly string[],
    partyIds: readonly string[],
  ): Promise<Claim[]> {
    return tx.manager.query(
      `SELECT * FROM (${CURRENT} WHERE work_id = ANY($1) AND party_id = ANY($2)
         ORDER BY claim_id, version DESC) AS current WHERE state <> 'withdrawn'`,
      [workIds, partyIds],
    );
  }

  /** The standing claims of anybody on a layer of a work. */
  async listStandingOn(tx: Transaction, workId: string, layer: string): Promise<Claim[]> {
    return tx.manager.query(
      `SELECT * FROM (${CURRENT} WHERE work_id = $1 AND layer = $2
         ORDER BY claim_id, version DESC) AS current WHERE state <> 'withdrawn'`,
      [workId, layer],
    );
  }

  /** The current versions of these claims. */
  async listCurrent(tx: Transaction, claimIds: readonly string[]): Promise<Claim[]> {
    if (claimIds.length === 0) return [];
    return tx.manager.query(`${CURRENT} WHERE claim_id = ANY($1) ORDER BY claim_id, version DESC`, [
      claimIds,
    ]);
  }

  /**
   * The verified exclusive claims that stand on these works beside such a claim of somebody else on the
   * same layer. One under a mandate that ends by itself is left out: it would leave a dispute behind.
   */
  async listRivals(tx: Transaction, workIds: readonly string[]): Promise<Claim[]> {
    return tx.manager.query(
      `WITH current AS (${CURRENT} WHERE work_id = ANY($1) ORDER BY claim_id, version DESC),
       exclusive AS (
         SELECT * FROM current WHERE exclusive AND level >= 2 AND state <> 'withdrawn'
           AND NOT EXISTS (SELECT FROM mandates m
             WHERE m.mandate_id = "mandateId" AND m.valid_until IS NOT NULL))
       SELECT * FROM exclusive e WHERE EXISTS (SELECT FROM exclusive o
         WHERE o."workId" = e."workId" AND o.layer = e.layer AND o."partyId" <> e."partyId")
       ORDER BY "claimId"`,
      [workIds],
    );
  }

  /** The next standing claims whose level follows this party's, after `after`, in order of id. */
  async listFollowing(
    tx: Transaction,
    partyId: string,
    after: string,
    limit: number,
  ): Promise<Claim[]> {
    return tx.manager.query(
      `SELECT * FROM (${CURRENT} WHERE claim_id > $2 AND (party_id = $1 OR mandate_id IN
           (SELECT mandate_id FROM mandates WHERE principal_party_id = $1))
         ORDER BY claim_id, version DESC) AS current
       WHERE state <> 'withdrawn'
         AND (method = 'mandate') = ("partyId" <> $1) AND method <> 'operator'
       ORDER BY "claimId" LIMIT $3`,
      [partyId, after, limit],
    );
  }

  /** The next standing claims that rest on this mandate, after `after`, in order of id. */
  async listUnderMandate(
    tx: Transaction,
    mandateId: string,
    after: string,
    limit: number,
  ): Promise<Claim[]> {
    return tx.manager.query(
      `SELECT * FROM (${CURRENT} WHERE mandate_id = $1 AND claim_id > $2
         ORDER BY claim_id, version DESC) AS current
       WHERE state <> 'withdrawn' ORDER BY "claimId" LIMIT $3`,
      [mandateId, after, limit],
    );
  }
}
