import { hash } from 'node:crypto';

/**
 * The tree of RFC 6962 §2.1 as it grows: its frontier (the roots of the perfect subtrees, largest
 * first; 28 hashes hold the state of 256 million leaves) and, where tiles are wanted, its right edge.
 */
const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;

const EMPTY_ROOT = hash('sha256', '', 'buffer');

/** SHA-256(0x00 || entry), RFC 6962 §2.1. */
export function leafHash(entry: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(entry.length + 1);
  input[0] = LEAF_PREFIX;
  input.set(entry, 1);
  return hash('sha256', input, 'buffer');
}

/** One buffer for all: hashing is synchronous, and an allocation would cost as much as the hash. */
const nodeInput = Buffer.alloc(65, NODE_PREFIX);

/** SHA-256(0x01 || left || right), RFC 6962 §2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  nodeInput.set(left, 1);
  nodeInput.set(right, 33);
  return hash('sha256', nodeInput, 'buffer');
}

/** A tree of `size` leaves; `frontier` has one hash for each bit that is set in the size. */
export interface TreeState {
  readonly size: number;
  readonly frontier: readonly Buffer[];
}

export const EMPTY_TREE: TreeState = { size: 0, frontier: [] };

/** The tree with these leaf hashes added at the end. The given state stays as it is. */
export function appendLeaves(tree: TreeState, leafHashes: readonly Buffer[]): TreeState {
  const frontier = [...tree.frontier];
  let { size } = tree;
  for (const leaf of leafHashes) {
    pushLeaf(frontier, size, leaf);
    size += 1;
  }
  return { size, frontier };
}

/**
 * Adds a leaf at `size` to the frontier in place. `onSubtree` hears of each perfect subtree that the
 * leaf completes, by its height, smallest first.
 */
export function pushLeaf(
  frontier: Buffer[],
  size: number,
  leaf: Buffer,
  onSubtree?: (height: number, root: Buffer) => void,
): void {
  let root = leaf;
  // Each trailing one-bit of the size is a perfect subtree as large as the one in hand. Sizes pass
  // 32 bits, so no bit operator touches them.
  for (let rest = size, height = 1; rest % 2 === 1; rest = (rest - 1) / 2, height += 1) {
    root = nodeHash(frontier.pop()!, root);
    onSubtree?.(height, root);
  }
  frontier.push(root);
}

/** The root of the tree: the subtrees folded from the right; of no leaves, SHA-256 of nothing. */
export function rootOf(tree: Pick<TreeState, 'frontier'>): Buffer {
  if (tree.frontier.length === 0) return EMPTY_ROOT;
  return tree.frontier.reduceRight((right, left) => nodeHash(left, right)) as Buffer;
}

/** The root over hashes that stand side by side, at least one. */
export function rootOfRange(hashes: readonly Buffer[]): Buffer {
  return rootOf(appendLeaves(EMPTY_TREE, hashes));
}
