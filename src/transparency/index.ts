/**
 * transparency — the append-only log, its signatures and its proofs. It knows bytes and streams, not
 * consent.
 *
 * Owns: log_leaves, log_checkpoints, log_concerns, registry_keys (append-only), log_head, log_signing
 * (one row each), and the folder LOG_DIR: keys, anchor, public files.
 * Invariants:
 *   1. Leaf indexes are contiguous from 0, and times strictly increase from append to append.
 *   2. The versions of a stream are 1, 2, 3 … and each leaf names the index of the one before.
 *   3. A leaf and the change it tells of are committed together or not at all.
 *   4. Nothing is signed that is not proven to continue what the anchor says was signed last.
 *   5. No change is acknowledged before a published checkpoint covers its leaves.
 */
import { LogCheckpointEntity } from './entities/log-checkpoint.entity.js';
import { LogConcernEntity } from './entities/log-concern.entity.js';
import { LogHeadEntity } from './entities/log-head.entity.js';
import { LogLeafEntity } from './entities/log-leaf.entity.js';
import { LogSigningEntity } from './entities/log-signing.entity.js';
import { RegistryKeyEntity } from './entities/registry-key.entity.js';

export const TRANSPARENCY_ENTITIES = [
  LogCheckpointEntity,
  LogConcernEntity,
  LogHeadEntity,
  LogLeafEntity,
  LogSigningEntity,
  RegistryKeyEntity,
];
export { acknowledgeRequests } from './acknowledge-requests.js';
export { Acknowledgements } from './acknowledgements.service.js';
export { Checkpoints, type SignedCheckpoint } from './checkpoints.service.js';
export type { LeafAuth, LeafDraft } from './domain/index.js';
export { identifierCommitment } from './domain/index.js';
export { signDetached } from './keys/detached-jws.js';
export { SigningKeys } from './keys/signing-keys.service.js';
export { type Appended, LogAppender } from './log-appender.service.js';
export { LogProofs } from './log-proofs.service.js';
export { LogSigner } from './signing/log-signer.service.js';
export { SigningStatus } from './signing/signing-status.service.js';
export { TRANSPARENCY_PROBLEMS } from './transparency.errors.js';
export { TransparencyModule } from './transparency.module.js';
