/**
 * verify — checks everything that the registry publishes, without believing the registry.
 *
 * Owns no table. Imports nothing but node:crypto, shares no code with what builds the log, and is
 * the whole of the offline package `fermata-verify` together with `offline`.
 * Invariants:
 *   1. Nothing throws, whatever it is given: a wrong proof is a refusal that says what failed.
 *   2. Nothing is believed before it hashes to a root that a pinned key signed.
 *   3. A document that can be read in two ways is refused, and so is a proof that is too long.
 */
export type { Checked } from './checked.js';
export {
  type Checkpoint,
  openCheckpoint,
  type OpenedCheckpoint,
  parseCheckpoint,
} from './checkpoint.js';
export { cosignatureLine, cosignedMessage } from './cosignature.js';
export {
  checkAnswer,
  cutReceipt,
  cutReceipts,
  parseAnswer,
  readAnswer,
  type SavedAnswer,
} from './cut-receipt.js';
export { fromBase64, fromDecimal, hashFromBase64 } from './encoding.js';
export { canonicalJson, isJsonObject, type JsonObject, type JsonValue, parseJson } from './json.js';
export { type LogEntry, LogReader, type TreeHead } from './log-reader.js';
export {
  missingForQuorum,
  parsePolicy,
  type Policy,
  type PolicyLog,
  type PolicyWitness,
} from './policy.js';
export {
  checkProofFile,
  hashesFromLines,
  parseProofFile,
  type ProofFile,
  writeProofFile,
} from './proof-file.js';
export {
  type ConsistencyClaim,
  type InclusionClaim,
  PROOF_HASHES_MAX,
  verifyConsistency,
  verifyInclusion,
} from './proofs.js';
export {
  identifierDigest,
  type Range,
  RANGE_BITS_MAX,
  RANGE_ROWS,
  RANGE_TYPE,
  type RangeAnswer,
  rangePrefix,
  rangeRow,
  readRange,
} from './range.js';
export {
  checkReceiptLog,
  decidingLeaves,
  type OpenedToken,
  openReceiptToken,
  parseReceipt,
  type ReceiptDocument,
  type VerifiedReceipt,
  verifyItem,
  verifyReceipt,
  writeReceipt,
} from './receipt.js';
export { parseJwks, type ReceiptKey, type ReceiptKeys } from './receipt-keys.js';
export { type ReceiptPayload, requestDigest } from './receipt-payload.js';
export {
  isSignatureLineOf,
  type OpenedNote,
  openNote,
  type ParsedNote,
  parseNote,
} from './signed-note.js';
export {
  readSnapshotManifest,
  type SnapshotManifest,
  verifySnapshotManifest,
  verifySnapshotSignature,
} from './snapshot.js';
export { SNAPSHOT_ROLES, type SnapshotFile, type SnapshotRole } from './snapshot-files.js';
export { type LeafFrame, readLeaf, StreamCheck } from './streams.js';
export { type FetchLogFile, TileTree } from './tile-tree.js';
export { entriesPath, parseBundle, parseTile, TILE_WIDTH, tilePath, tileWidth } from './tiles.js';
export { EMPTY_ROOT, leafHash, nodeHash, TreeHasher, type TreeState } from './tree.js';
export {
  COSIGNATURE_V1,
  ED25519,
  makeVerifierKey,
  parseVerifierKey,
  type VerifierKey,
  writeVerifierKey,
} from './verifier-key.js';
