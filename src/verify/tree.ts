import { hash } from 'node:crypto';
import { type Checked, pass, refuse } from './checked.js';
import { isHash } from './encoding.js';

/** SHA-256 of nothing: the root of a log without leaves (RFC 6962 §2.1). */
export const EMPTY_ROOT: Buffer = sha256(Buffer.alloc(0));

export function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** SHA-256(0x00 || entry), RFC 6962 §2.1. */
export function leafHash(entry: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(entry.byteLength + 1);
  bytes[0] = 0x00;
  bytes.set(entry, 1);
  return sha256(bytes);
}

/** SHA-256(0x01 || left || right), RFC 6962 §2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(1 + left.byteLength + right.byteLength);
  bytes[0] = 0x01;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.byteLength);
  return sha256(bytes);
}

/** What must be kept to go on hashing later: a hash for each bit set in the size, largest first. */
export interface TreeState {
  readonly size: bigint;
  readonly frontier: readonly Uint8Array[];
}

/** Hashes a tree leaf by leaf. The state of 256 million leaves is 28 hashes. */
export class TreeHasher {
  private count = 0n;
  private readonly subtrees: Uint8Array[] = [];

  /** Goes on where another left off. A state that no tree can have is refused. */
  static resume(state: TreeState): Checked<TreeHasher> {
    if (typeof state?.size !== 'bigint' || state.size < 0n || state.size >= 2n ** 63n) {
      return refuse('the kept size is no size of a tree');
    }
    const expected = state.size.toString(2).replaceAll('0', '').length;
    if (!Array.isArray(state.frontier) || state.frontier.length !== expected) {
      return refuse(`the kept state of ${state.size} leaves must have ${expected} hashes`);
    }
    if (!state.frontier.every(isHash)) return refuse('a kept hash has not 32 bytes');
    const hasher = new TreeHasher();
    hasher.count = state.size;
    hasher.subtrees.push(...(state.frontier as Uint8Array[]));
    return pass(hasher);
  }

  get size(): bigint {
    return this.count;
  }

  get state(): TreeState {
    return { size: this.count, frontier: [...this.subtrees] };
  }

  append(leaf: Uint8Array): void {
    let hashed = leaf;
    // Each trailing one-bit of the size is a perfect subtree as large as the one in hand.
    for (let rest = this.count; rest & 1n; rest >>= 1n) {
      hashed = nodeHash(this.subtrees.pop()!, hashed);
    }
    this.subtrees.push(hashed);
    this.count += 1n;
  }

  root(): Buffer {
    return foldFrontier(this.subtrees);
  }
}

/** The root over perfect subtrees of falling size: folded from the right. */
export function foldFrontier(subtrees: readonly Uint8Array[]): Buffer {
  if (subtrees.length === 0) return EMPTY_ROOT;
  return Buffer.from(subtrees.reduceRight((right, left) => nodeHash(left, right)));
}
