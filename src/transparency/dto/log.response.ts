import type { SignedCheckpoint } from '../checkpoints.service.js';
import type { LeafView } from '../log.query.js';

export class CheckpointResponse {
  /** How many leaves it covers. */
  size: number;

  /** Root of the tree over them, base64. */
  root: string;

  static from({ size, root }: SignedCheckpoint): CheckpointResponse {
    return { size, root: root.toString('base64') };
  }
}

export class LogLeafResponse {
  index: number;

  /** `signed` once a published checkpoint covers it. */
  state: 'signed' | 'pending';

  /** SHA-256 of a zero byte and the entry, base64 (RFC 6962 §2.1). */
  hash: string;

  /** The entry as it is in the log, RFC 8785 JSON. */
  entry: Record<string, unknown>;

  /** The checkpoint that was published last, if it covers the leaf. */
  checkpoint: CheckpointResponse | null;

  static from(leaf: LeafView, checkpoint: SignedCheckpoint | null): LogLeafResponse {
    return {
      index: leaf.index,
      state: checkpoint ? 'signed' : 'pending',
      hash: leaf.hash.toString('base64'),
      entry: JSON.parse(leaf.entry.toString('utf8')) as Record<string, unknown>,
      checkpoint: checkpoint && CheckpointResponse.from(checkpoint),
    };
  }
}

export class InclusionProofResponse {
  index: number;
  size: number;

  /** Leaf to root, base64. */
  hashes: string[];
}

export class ConsistencyProofResponse {
  from: number;
  to: number;

  /** Base64, in the order of RFC 6962 §2.1.2. */
  hashes: string[];
}

export class RegistryKeyResponse {
  /** RFC 7638 thumbprint. */
  kid: string;

  use: 'log' | 'receipt';
  state: 'added' | 'active' | 'ended';

  /** Raw Ed25519 public key, base64. */
  publicKey: string;
}
