/**
 * offline — the hands of the verifier: files, addresses and the words in which a verdict is told.
 *
 * Owns no table. Imports `verify` and Node, so that both together are the package `fermata-verify`;
 * the `fermata verify` commands are the same code.
 * Invariants:
 *   1. A verdict is 0 or 1; what could not be read or fetched is never a verdict.
 *   2. Nothing is taken from a server but the log itself: keys and policies are files of the caller.
 */
export { cutReceiptCommand } from './cut-receipt.js';
export { type LogSource, openLogSource } from './log-source.js';
export { runVerify } from './run-verify.js';
export { CannotComplete, Misuse, type Voice } from './voice.js';
export { verifyLogCommand } from './verify-log.js';
export { verifyProofCommand } from './verify-proof.js';
export { verifyReceiptCommand } from './verify-receipt.js';
