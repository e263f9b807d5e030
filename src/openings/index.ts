/**
 * openings — what the leaves of the log commit to, in clear: identifiers with their salts, and the
 * content of terms. The public complement of the log that can be erased.
 *
 * Owns no table; reads work_identifiers, declarations and term_sets by leaf index.
 * Invariants:
 *   1. An opening comes to the commitment or digest in its leaf, or nobody may believe it.
 *   2. What was erased is absent, and no cache may keep it.
 */
export { OpeningsModule } from './openings.module.js';
