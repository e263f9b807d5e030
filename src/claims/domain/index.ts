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
export { canonicalTerritory } from './territory.js';
