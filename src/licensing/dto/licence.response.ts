import type { Layer, Purpose, Territory } from '#vocabulary';
import type { LicenceRow } from '../licensing.query.js';

export class LicenceResponse {
  /** @example lic_01kaq9x3n6fq2s7v4c8b5d0e1g */
  id: string;
  grantor: string;
  grantee: string;
  works: string[];
  purposes: Purpose[];
  layers: Layer[];
  /** Where it holds; null is the whole world. */
  territory: Territory | null;
  validFrom: string;
  validUntil: string | null;
  grantedAt: string;
  revokedAt: string | null;

  static from(row: LicenceRow): LicenceResponse {
    return {
      id: row.licenceId,
      grantor: row.grantorPartyId,
      grantee: row.granteePartyId,
      works: row.works,
      purposes: row.purposes,
      layers: row.layers,
      territory: row.territory,
      validFrom: row.validFrom.toISOString(),
      validUntil: row.validUntil?.toISOString() ?? null,
      grantedAt: row.grantedAt.toISOString(),
      revokedAt: row.revokedAt?.toISOString() ?? null,
    };
  }
}

export class LicencePageResponse {
  items: LicenceResponse[];
  nextCursor: string | null;
}
