/**
 * snapshots — the files of a published snapshot: written, checked, fetched, brought up to date. Shared by
 * whoever publishes one and whoever holds one; knows neither server nor database.
 *
 * Owns no table.
 * Invariants:
 *   1. The same rows are the same bytes: a file that was rebuilt from changes is the published file.
 *   2. A folder under its final name is whole; what is being written lies under another name.
 *   3. Facts stand for what can still change an answer and name nobody who need not be named.
 */
export { identifiersFile, writeChanges } from './changes.query.js';
export { checkFolder, type CheckedFolder, fileFault } from './check-folder.js';
export { digestFile, type FileDigest, flush } from './digest-file.js';
export { DownloadFailed, type FetchPath } from './download.js';
export { type DuckDbLimits, literal, withDuckDb } from './duckdb.js';
export { EntryStaging, type Leg, WHOLE_PPM } from './entry-staging.query.js';
export { newestIn, SNAPSHOT_NAME } from './newest-in.js';
export { placeInLog } from './place-in-log.js';
export { type Pulled, type Pulling, pullSnapshot } from './pull-snapshot.js';
export { SituationFiles } from './situation-files.query.js';
export { PARQUET, partPath, writeIdentifiers } from './write-identifiers.query.js';
