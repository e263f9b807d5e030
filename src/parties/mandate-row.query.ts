import type { Purpose, Territory } from '#vocabulary';
import type { Mandate, MandateRight, MandateState } from './domain/mandate.js';

/** The columns of a mandate, in the order of the table, for SELECT and RETURNING. */
export const MANDATE_COLUMNS = `mandate_id, principal_party_id, representative_party_id, rights,
  purposes, territory, valid_from, valid_until, state, proposed_at, decided_at, revoked_at`;

export interface MandateRow {
  mandate_id: string;
  principal_party_id: string;
  representative_party_id: string;
  rights: MandateRight[];
  purposes: Purpose[] | null;
  territory: Territory | null;
  valid_from: Date;
  valid_until: Date | null;
  state: MandateState;
  proposed_at: Date;
  decided_at: Date | null;
  revoked_at: Date | null;
}

export function mandateOf(row: MandateRow): Mandate {
  return {
    mandateId: row.mandate_id,
    principalPartyId: row.principal_party_id,
    representativePartyId: row.representative_party_id,
    rights: row.rights,
    purposes: row.purposes,
    territory: row.territory,
    validFrom: row.valid_from.getTime(),
    validUntil: row.valid_until?.getTime() ?? null,
    state: row.state,
    proposedAt: row.proposed_at.getTime(),
    decidedAt: row.decided_at?.getTime() ?? null,
    revokedAt: row.revoked_at?.getTime() ?? null,
  };
}
