import { Injectable } from '@nestjs/common';
import { Database, type PageRequest } from '#platform';
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
}
