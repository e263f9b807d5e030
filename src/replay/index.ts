/**
 * replay — the registry's public state, rebuilt from its log alone, and answers recomputed from it.
 *
 * Owns no table; knows no database and no framework, and reads the log through a port.
 * Invariants:
 *   1. Nothing is replayed that does not hash into a signed checkpoint.
 *   2. What is not known, not in order or does not open is refused with a reason, never passed over.
 *   3. An answer is computed by the code that the registry answers with: same state, same bytes.
 */
export { LogReplay, type Replayed } from './log-replay.js';
export { checkReceipt, sizeNamedBy } from './check-receipt.js';
export { isAddress, keepingIn, logAddress, replaceFile } from './log-source.js';
export { type ReplayedItem, replayItem } from './replay-item.js';
export { Monitor, type MonitorPorts } from './monitor.js';
export { type Alert, readSeen, type Seen, writeSeen } from './monitor-alert.js';
export { vocabularyFault } from './domain/index.js';
