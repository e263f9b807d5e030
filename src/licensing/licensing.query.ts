import { Injectable } from '@nestjs/common';
import { Database, type PageRequest } from '#platform';
import type { Layer, Purpose, Territory } from '#vocabulary';

export interface LicenceRow {
  licenceId: string;
  grantorPartyId: string;
  granteePartyId: string;
  purposes: Purpose[];
  layers: Layer[];
  territory: Territory | null;
  works: string[];
  validFrom: Date;
  validUntil: Date | null;
  grantedAt: Date;
  revokedAt: Date | null;
}

const SELECT = `
  SELECT l.licence_id AS "licenceId", l.grantor_party_id AS "grantorPartyId",
    l.grantee_party_id AS "granteePartyId", l.purposes, l.layers, l.territory,
    l.valid_from AS "validFrom", l.valid_until AS "validUntil", l.granted_at AS "grantedAt",
    l.revoked_at AS "revokedAt",
    ARRAY(SELECT w.work_id FROM licence_works w
          WHERE w.grantee_party_id = l.grantee_party_id AND w.licence_id = l.licence_id
          ORDER BY 1) AS works
  FROM licences l`;

/** Read-only SQL over licences. */
@Injectable()
export class LicensingQuery {
  constructor(private readonly database: Database) {}

  async findLicence(licenceId: string): Promise<LicenceRow | null> {
    const [row] = await this.database.reader.query(`${SELECT} WHERE l.licence_id = $1`, [
      licenceId,
    ]);
    return row ?? null;
  }

  async listGrantedBy(partyId: string, page: PageRequest): Promise<LicenceRow[]> {
    return this.database.reader.query(
      `${SELECT} WHERE l.grantor_party_id = $1 AND l.licence_id > $2
       ORDER BY l.licence_id LIMIT $3`,
      [partyId, page.after, page.limit + 1],
    );
  }
}
