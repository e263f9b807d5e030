/**
 * claims — who holds which share of which layer of a work, and how well that is proven.
 *
 * Owns: claims, disputes (append-only, one row a version).
 * Invariants:
 *   1. A version is never changed; a newer one takes its place, and versions have no gaps.
 *   2. A party has at most one standing claim on one layer of a work.
 *   3. A claim follows its holder's level, or its principal's, until an operator decides it; under a
 *      mandate it never outranks the principal.
 *   4. A dispute stands between verified claims of two parties and ends when they oppose no longer.
 *   5. Every leaf about a work is told to whoever holds it, or what embodies, contains or samples it.
 */
import { ClaimEntity } from './entities/claim.entity.js';
import { DisputeEntity } from './entities/dispute.entity.js';

export const CLAIMS_ENTITIES = [ClaimEntity, DisputeEntity];
export { ClaimErasure } from './claim-erasure.service.js';
export { CLAIMS_PROBLEMS } from './claims.errors.js';
export { ClaimsModule } from './claims.module.js';
export { ClaimsQuery, type ClaimRow } from './claims.query.js';
export { ClaimsService } from './claims.service.js';
export { TerritoryRequest } from './dto/territory.request.js';
export { TellHolders } from './tell-holders.service.js';
export { ownClaim } from './songs.service.js';
