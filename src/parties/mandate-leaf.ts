import type { LeafDraft } from '#transparency';
import type { Mandate } from './domain/mandate.js';

/**
 * What the log says about a mandate: who may do what for whom, where and when. Parties are opaque
 * ids; no name and no account stands in it. Instants are epoch milliseconds. `isSociety` says whether
 * the representative is a collecting society: one speaks alone for what it claims under a mandate.
 */
export function mandateLeaf(mandate: Mandate, isSociety: boolean): LeafDraft {
  return {
    type: 'mandate',
    stream: mandate.mandateId,
    content: {
      principal: mandate.principalPartyId,
      representative: mandate.representativePartyId,
      rights: mandate.rights,
      purposes: mandate.purposes,
      territory: mandate.territory,
      validFrom: mandate.validFrom,
      validUntil: mandate.validUntil,
      state: mandate.state,
      society: isSociety,
    },
    concerns: [mandate.principalPartyId, mandate.representativePartyId],
  };
}
