/**
 * check — whether everything that a manifest lists may be used, worked out offline against a snapshot.
 *
 * Owns no table; knows no server. One join in DuckDB answers all rows, one evaluation each standing.
 * Invariants:
 *   1. Only a row whose every identifier that is registered permits every purpose is allowed.
 *   2. What is expired, not signed, changed or partly there is refused before any row is looked at.
 *   3. A check that did not come to its end leaves nothing that looks as if it had.
 */
export { type Checked, checkManifest } from './check-manifest.js';
export { CheckRefused } from './check-refused.js';
export type { IdentifierColumn } from './domain/index.js';
export { type HeldSnapshot, openSnapshot } from './held-snapshot.js';
export type { ManifestFormat } from './manifest.js';
export { writeReport } from './report.js';
