import { Injectable } from '@nestjs/common';
import { Database, type PageRequest, type Transaction } from '#platform';
import { isWithin, type Layer, meet, type Territory } from '#vocabulary';
import type { Claim } from './domain/index.js';

export type ClaimRow = Claim & { holder: string; recordedAt: Date };

const COLUMNS = `
  c.claim_id AS "claimId", c.version, c.work_id AS "workId", c.party_id AS "partyId",
  p.display_name AS holder, c.layer, c.role, c.share_ppm AS "sharePpm", c.territory, c.exclusive,
  c.level, c.method, c.evidence, c.state, c.mandate_id AS "mandateId", c.made_by AS "madeBy",
  (extract(epoch FROM c.made_at) * 1000)::float8 AS "madeAt", c.recorded_at AS "recordedAt"`;

/** Read-only SQL over claims: the current version of each. */
@Injectable()
export class ClaimsQuery {
  constructor(private readonly database: Database) {}

  async findClaim(claimId: string): Promise<ClaimRow | null> {
    const [row] = await this.database.reader.query(
      `SELECT ${COLUMNS} FROM claims c JOIN parties p USING (party_id)
       WHERE claim_id = $1 ORDER BY version DESC LIMIT 1`,
      [claimId],
    );
    return row ?? null;
  }

  async listOfWork(workId: string, page: PageRequest): Promise<ClaimRow[]> {
    return this.database.reader.query(
      `SELECT DISTINCT ON (c.claim_id) ${COLUMNS} FROM claims c JOIN parties p USING (party_id)
       WHERE c.work_id = $1 AND c.claim_id > $2 ORDER BY c.claim_id, c.version DESC LIMIT $3`,
      [workId, page.after, page.limit + 1],
    );
  }

  async listOfParty(partyId: string, page: PageRequest): Promise<ClaimRow[]> {
    return this.database.reader.query(
      `SELECT DISTINCT ON (c.claim_id) ${COLUMNS} FROM claims c JOIN parties p USING (party_id)
       WHERE c.party_id = $1 AND c.claim_id > $2 ORDER BY c.claim_id, c.version DESC LIMIT $3`,
      [partyId, page.after, page.limit + 1],
    );
  }

  /** Which layers of these works the party claims now. */
  async listLayersHeld(
    partyId: string,
    workIds: readonly string[],
  ): Promise<{ workId: string; layer: Layer }[]> {
    return this.database.reader.query(
      `SELECT "workId", layer FROM (
         SELECT DISTINCT ON (claim_id) work_id AS "workId", layer, state FROM claims
         WHERE party_id = $1 AND work_id = ANY($2) ORDER BY claim_id, version DESC
       ) AS current WHERE state <> 'withdrawn'`,
      [partyId, workIds],
    );
  }

  /** The verified claims that stand on this layer, also those that are disputed. */
  private async listVerified(workId: string, layer: Layer): Promise<ClaimRow[]> {
    return this.database.reader.query(
      `SELECT * FROM (
         SELECT DISTINCT ON (c.claim_id) ${COLUMNS} FROM claims c JOIN parties p USING (party_id)
         WHERE c.work_id = $1 AND c.layer = $2 ORDER BY c.claim_id, c.version DESC
       ) AS current WHERE state <> 'withdrawn' AND level >= 2`,
      [workId, layer],
    );
  }

  /** Whether the party has a verified claim on any layer of the work, or of what it embodies. */
  async isVerifiedHolder(tx: Transaction, partyId: string, workId: string): Promise<boolean> {
    const [row] = await tx.manager.query(
      `SELECT FROM claims c WHERE party_id = $1 AND level >= 2 AND state <> 'withdrawn'
         AND (work_id = $2 OR work_id IN (SELECT to_work_id FROM work_links
           WHERE from_work_id = $2 AND kind = 'embodies' AND removed_at IS NULL))
         AND NOT EXISTS (SELECT FROM claims n
           WHERE n.claim_id = c.claim_id AND n.version > c.version) LIMIT 1`,
      [partyId, workId],
    );
    return row !== undefined;
  }

  /**
   * Whether the party alone decides on this layer in the territory: it holds the whole with verified
   * claims, or holds it exclusively, and no verified claim of anybody else stands against that.
   */
  async holdsAlone(
    partyId: string,
    workId: string,
    layer: Layer,
    territory: Territory | undefined,
  ): Promise<boolean> {
    const claims = (await this.listVerified(workId, layer)).filter((claim) =>
      meet(territory, claim.territory ?? undefined, undefined),
    );
    const own = claims.filter(
      (claim) =>
        claim.partyId === partyId &&
        claim.state === 'active' &&
        isWithin(territory, claim.territory ?? undefined),
    );
    const whole = own.reduce((sum, claim) => sum + claim.sharePpm, 0) >= 1_000_000;
    const exclusive = own.some((claim) => claim.exclusive);
    const rival = claims.some((claim) => claim.partyId !== partyId && claim.exclusive);
    return (exclusive || (whole && claims.every((claim) => claim.partyId === partyId))) && !rival;
  }
}
