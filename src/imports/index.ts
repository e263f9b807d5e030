/**
 * imports — catalogue files: read, explained row by row, registered and claimed.
 *
 * Owns: imports, import_rows.
 * Invariants:
 *   1. All good rows of a file are in, or none; each bad row is explained; nothing is guessed.
 *   2. The same file imported again for the same party changes nothing.
 *   3. A recording that somebody else registered is joined by a claim, never doubled beside it, where
 *      the titles agree (docs/decisions/0005-import-joins-works.md).
 */
import { ImportEntity } from './entities/import.entity.js';
import { ImportRowEntity } from './entities/import-row.entity.js';

export const IMPORTS_ENTITIES = [ImportEntity, ImportRowEntity];
export { ImportErasure } from './import-erasure.repository.js';
export { IMPORTS_PROBLEMS } from './imports.errors.js';
export { ImportsModule } from './imports.module.js';
