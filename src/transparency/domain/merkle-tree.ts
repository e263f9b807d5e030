import { createHash } from 'node:crypto';

/**
 * The tree of RFC 6962 §2.1, kept as its frontier: the roots of the perfect subtrees, largest
 * first. 28 hashes hold the state of 256 million leaves.
 */
const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

/** SHA-256(0x00 || entry), RFC 6962 §2.1. */
export function leafHash(entry: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(entry).digest();
}

/** SHA-256(0x01 || left || right), RFC 6962 §2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** A tree of `size` leaves; `frontier` has one hash for each bit that is set in the size. */
export interface TreeState {
  readonly size: bigint;
  readonly frontier: readonly Buffer[];
}

export const EMPTY_TREE: TreeState = { size: 0n, frontier: [] };

/** The tree with these leaf hashes added at the end. The given state stays as it is. */
export function appendLeaves(tree: TreeState, leafHashes: readonly Buffer[]): TreeState {
  const frontier = [...tree.frontier];
  let size = tree.size;
  for (const leaf of leafHashes) {
    let hash = leaf;
    // Each trailing one-bit of the size is a perfect subtree as large as the one in hand.
    for (let rest = size; rest & 1n; rest >>= 1n) hash = nodeHash(frontier.pop()!, hash);
    frontier.push(hash);
    size += 1n;
  }
  return { size, frontier };
}

/** The root of the tree: the subtrees folded from the right; of no leaves, SHA-256 of nothing. */
export function rootOf(tree: TreeState): Buffer {
  if (tree.frontier.length === 0) return createHash('sha256').digest();
  return tree.frontier.reduceRight((right, left) => nodeHash(left, right)) as Buffer;
}
