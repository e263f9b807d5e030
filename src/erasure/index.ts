/**
 * erasure — forgetting a person: every row without their words, works withdrawn, the log untouched.
 *
 * Owns no table; the journal of erasures in the folder outside the database.
 * Invariants:
 *   1. An erasure is in the journal, on the drive, before it is committed.
 *   2. Whatever the journal names is erased before anything is served, whichever backup was restored.
 *   3. No answer becomes wider by an erasure, not even one about the past.
 *   4. Every column of every table is marked personal or not (docs/reference/data-map.md).
 */
export { dataMapMarkdown } from './domain/index.js';
export { ERASURE_PROBLEMS } from './erasure.errors.js';
export { ErasureModule } from './erasure.module.js';
