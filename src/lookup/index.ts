/**
 * lookup — what may be done with the work behind an identifier: the fast read side.
 *
 * Owns: lookup_entries, lookup_standings (a projection that can be rebuilt from zero).
 * Invariants:
 *   1. A change and its projection are committed together: no lookup sees one without the other.
 *   2. An answer is exactly that of the log size and the moment that it names.
 *   3. What a party declares of everything it holds changes no row here.
 *   4. What a standby says is answered, with its log size, and decides nothing else.
 */
import { LookupEntryEntity } from './entities/lookup-entry.entity.js';
import { LookupStandingEntity } from './entities/lookup-standing.entity.js';

export const LOOKUP_ENTITIES = [LookupEntryEntity, LookupStandingEntity];

export type { Ask } from './domain/ask.js';
export { DEFAULT_PURPOSES } from './domain/ask.js';
export { LookupDatabases } from './databases/lookup-databases.service.js';
export { type Item, ITEMS_MAX, readIdentified } from './domain/items.js';
export { LOOKUP_PROBLEMS } from './lookup.errors.js';
export { NDJSON } from './lookup-body.js';
export { LookupLimits } from './lookup-limits.service.js';
export { LookupModule } from './lookup.module.js';
export { LookupReading, readItemLine } from './lookup-reading.service.js';
export type { ManyAnswers, OneAnswer } from './lookup.service.js';
export { writeLines, writeOne } from './lookup-text.js';
export { SEEN_LOG, SeenLogs } from './seen-logs.service.js';
export { type Situation, type SituationReader, Situations } from './situations.service.js';
export { ProjectionBuilder } from './projection/projection-builder.service.js';
export { type OpenReceipt, Receipts } from './receipts/receipts.service.js';
