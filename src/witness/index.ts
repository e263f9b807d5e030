/**
 * witness — cosigns the checkpoints of logs that never go back (c2sp.org/tlog-witness), for whoever
 * wants to make a registry's split views and rollbacks visible. A process of its own: it shares
 * nothing with the registry but the verifier.
 *
 * Owns no table; owns a folder with a file for each log: the last checkpoint that it cosigned.
 * Invariants:
 *   1. No two roots are ever cosigned for one size, and no size below the last one, of any log.
 *   2. What is cosigned is on the disk before the cosignature leaves.
 *   3. A folder that it cannot trust (another process, an altered file, a failed flush) stops it.
 */
export { createWitnessKey, openWitnessKey, type WitnessKey } from './witness-key.js';
export { startWitness, type WitnessServer } from './witness-server.js';
export { StateFolder, UntrustedState } from './state-folder.js';
