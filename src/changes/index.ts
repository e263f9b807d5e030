/**
 * changes — what answers may have changed since a log size: for everybody, and for what one holds.
 *
 * Owns: holdings, holding_items. Reads the log, claims, links, catalogues and identifiers.
 * Invariants:
 *   1. Nothing is told that no published checkpoint covers.
 *   2. A leaf that may have changed an answer is told with every work whose answer that is; a work that
 *      came to it or left it later is told with the later leaf.
 *   3. The cost of a page does not depend on how many works a leaf is about.
 *   4. Nothing leads from what is held to a work that was erased.
 *   5. A holding is seen by its account alone, and told at least once, in the order of the log.
 */
import { HoldingEntity } from './entities/holding.entity.js';
import { HoldingItemEntity } from './entities/holding-item.entity.js';

export const CHANGES_ENTITIES = [HoldingEntity, HoldingItemEntity];

export { CHANGES_PROBLEMS } from './changes.errors.js';
export { ChangesModule } from './changes.module.js';
export { HoldingErasure } from './holding-erasure.repository.js';
