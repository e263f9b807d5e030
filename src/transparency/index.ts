/**
 * transparency — the append-only log. It knows bytes and streams, not consent.
 *
 * Owns: log_leaves, log_concerns (append-only), log_head (one row).
 * Invariants:
 *   1. Leaf indexes are contiguous from 0, and times strictly increase from append to append.
 *   2. The versions of a stream are 1, 2, 3 … and each leaf names the index of the one before.
 *   3. A leaf and the change it tells of are committed together or not at all.
 */
import { LogConcernEntity } from './entities/log-concern.entity.js';
import { LogHeadEntity } from './entities/log-head.entity.js';
import { LogLeafEntity } from './entities/log-leaf.entity.js';

export const TRANSPARENCY_ENTITIES = [LogConcernEntity, LogHeadEntity, LogLeafEntity];
export type { LeafAuth, LeafDraft } from './domain/index.js';
export { identifierCommitment } from './domain/index.js';
export { type Appended, LogAppender } from './log-appender.service.js';
export { TransparencyModule } from './transparency.module.js';
