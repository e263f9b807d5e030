import type { KeptCatalogue } from './work-draft.js';

/**
 * A catalogue as it stands in the leaf of a work that is put into it. Who keeps it stands beside it:
 * what is declared about a catalogue counts only where its keeper has a claim.
 */
export function catalogueInLeaf({ catalogueId, partyId }: KeptCatalogue) {
  return { id: catalogueId, keeper: partyId };
}
