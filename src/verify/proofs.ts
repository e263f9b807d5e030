import { type Checked, pass, refuse } from './checked.js';
import { isHash, sameBytes } from './encoding.js';
import { nodeHash } from './tree.js';

/** A tree below 2^63 leaves is at most 63 levels high. */
export const PROOF_HASHES_MAX = 63;
const SIZE_LIMIT = 2n ** 63n;

export interface InclusionClaim {
  readonly index: bigint;
  readonly size: bigint;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** Whether the leaf stands at `index` in the tree of `size` leaves with this root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(claim: InclusionClaim): Checked<true> {
  const { index, size, leafHash, proof, root } = claim;
  if (!isSize(index) || !isSize(size))
    return refuse('index and size must be whole numbers below 2^63');
  if (index >= size) return refuse(`index ${index} is outside of a tree of ${size} leaves`);
  const odd = oddHash(proof);
  if (odd !== null) return refuse(odd);
  if (!isHash(leafHash)) return refuse('the leaf hash has not 32 bytes');
  if (!isHash(root)) return refuse('the root has not 32 bytes');
  let at = index;
  let last = size - 1n;
  let hashed: Uint8Array = leafHash;
  for (const sibling of proof) {
    if (last === 0n) return refuse('the inclusion proof has too many hashes');
    if (at & 1n || at === last) {
      hashed = nodeHash(sibling, hashed);
      while (!(at & 1n) && at !== 0n) {
        at >>= 1n;
        last >>= 1n;
      }
    } else {
      hashed = nodeHash(hashed, sibling);
    }
    at >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) return refuse('the inclusion proof has too few hashes');
  if (!sameBytes(hashed, root)) return refuse('the inclusion proof leads to another root');
  return pass(true);
}

export interface ConsistencyClaim {
  readonly from: bigint;
  readonly to: bigint;
  readonly proof: readonly Uint8Array[];
  readonly rootFrom: Uint8Array;
  readonly rootTo: Uint8Array;
}

/** Whether the tree of `to` leaves has that of `from` leaves as its beginning (RFC 9162 §2.1.4.2). */
export function verifyConsistency(claim: ConsistencyClaim): Checked<true> {
  const { from, to, proof, rootFrom, rootTo } = claim;
  if (!isSize(from) || !isSize(to)) return refuse('sizes must be whole numbers below 2^63');
  if (from === 0n) return refuse('consistency with an empty tree proves nothing');
  if (from > to) return refuse(`a tree does not shrink from ${from} to ${to} leaves`);
  const odd = oddHash(proof);
  if (odd !== null) return refuse(odd);
  if (!isHash(rootFrom) || !isHash(rootTo)) return refuse('a root has not 32 bytes');
  if (from === to) {
    if (proof.length > 0) return refuse('the consistency proof has too many hashes');
    return sameBytes(rootFrom, rootTo) ? pass(true) : refuse(`there are two roots for size ${to}`);
  }
  if (proof.length === 0) return refuse('the consistency proof has too few hashes');
  // The older tree of a power of two is a subtree itself, and stands unsaid in front of the proof.
  const [first, ...rest] = (from & (from - 1n)) === 0n ? [rootFrom, ...proof] : proof;
  return foldConsistency(claim, first!, rest);
}

function foldConsistency(
  { from, to, rootFrom, rootTo }: ConsistencyClaim,
  first: Uint8Array,
  rest: readonly Uint8Array[],
): Checked<true> {
  let at = from - 1n;
  let last = to - 1n;
  while (at & 1n) {
    at >>= 1n;
    last >>= 1n;
  }
  let older = first;
  let newer = first;
  for (const sibling of rest) {
    if (last === 0n) return refuse('the consistency proof has too many hashes');
    if (at & 1n || at === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      while (!(at & 1n) && at !== 0n) {
        at >>= 1n;
        last >>= 1n;
      }
    } else {
      newer = nodeHash(newer, sibling);
    }
    at >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) return refuse('the consistency proof has too few hashes');
  if (!sameBytes(older, rootFrom)) return refuse('the consistency proof leads to another old root');
  if (!sameBytes(newer, rootTo)) return refuse('the consistency proof leads to another new root');
  return pass(true);
}

function oddHash(proof: readonly Uint8Array[]): string | null {
  if (!Array.isArray(proof)) return 'the proof is no list of hashes';
  if (proof.length > PROOF_HASHES_MAX) {
    return `a proof has at most ${PROOF_HASHES_MAX} hashes, not ${proof.length}`;
  }
  const odd = proof.findIndex((hash) => !isHash(hash));
  return odd < 0 ? null : `hash ${odd + 1} of the proof has not 32 bytes`;
}

function isSize(value: unknown): value is bigint {
  return typeof value === 'bigint' && value >= 0n && value < SIZE_LIMIT;
}
