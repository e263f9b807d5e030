import type { LeafDraft } from '#transparency';
import type { Mandate } from './domain/mandate.js';

/**
 * What the log says about a mandate: who may do what for whom, where and when. Parties are opaque
 * ids; no name and no account stands in it. Instants are epoch milliseconds.
 */
export function mandateLeaf(mandate: Mandate): LeafDraft {
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
    },
    concerns: [mandate.principalPartyId, mandate.representativePartyId],
  };
}
