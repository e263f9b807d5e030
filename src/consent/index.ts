/**
 * consent — what may be done with a work, who said so, and since when.
 *
 * Owns: declarations and term_sets (both append-only).
 * Invariants:
 *   1. A declaration is never changed; a newer one takes its place on the same subject and layer.
 *   2. Versions on one subject and layer have no gaps: they are the places in the log's stream.
 *   3. Every declaration has exactly one leaf in the log, in the same transaction.
 */
import { DeclarationEntity } from './entities/declaration.entity.js';
import { TermSetEntity } from './entities/term-set.entity.js';

export const CONSENT_ENTITIES = [DeclarationEntity, TermSetEntity];
export { ConsentErasure } from './consent-erasure.repository.js';
export { CONSENT_PROBLEMS } from './consent.errors.js';
export { ConsentModule } from './consent.module.js';
export { ConsentQuery, type DeclarationRow } from './consent.query.js';
export { DeclareConsent } from './declare-consent.service.js';
export { readWish, type Wish } from './read-wish.js';
export type { TermSetContent } from './term-set.js';
