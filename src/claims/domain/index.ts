/** The pure face of claims (`#claims/domain`). */
export {
  type Claim,
  CLAIM_ROLES,
  type ClaimMethod,
  type ClaimRole,
  type ClaimState,
  layerFault,
  nextVersion,
} from './claim.js';
export {
  anyOpposed,
  collisionsOf,
  type Dispute,
  type DisputeEnd,
  doCollide,
  isOpposed,
  openedOver,
  resolvedBy,
} from './dispute.js';
export { canonicalTerritory } from './territory.js';
