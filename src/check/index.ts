/**
 * check — whether everything that a manifest lists may be used, by a snapshot, offline, or by a registry.
 *
 * Owns no table. One join in DuckDB answers all rows; of a snapshot each standing is evaluated once.
 * Invariants:
 *   1. Only a row whose every identifier that is registered permits every purpose is allowed.
 *   2. What is expired, not signed, changed or partly there is refused before any row is answered.
 *   3. A check that did not come to its end leaves nothing that looks as if it had.
 *   4. A registry's answer counts once a pinned key has signed it and it is on the disk.
 */
export type { Answers } from './answers.js';
export { type Checked, checkManifest } from './check-manifest.js';
export { CheckRefused } from './check-refused.js';
export type { IdentifierColumn } from './domain/index.js';
export { type HeldSnapshot, openSnapshot, type Trust } from './held-snapshot.js';
export { KeptAnswers } from './kept-answers.js';
export type { ManifestFormat } from './manifest.js';
export { OnlineAnswers } from './online-answers.js';
export { writeReport } from './report.js';
export { SnapshotAnswers } from './snapshot-answers.js';
