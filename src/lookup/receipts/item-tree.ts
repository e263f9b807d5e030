import { hash } from 'node:crypto';

/** In front of a leaf and of a node, RFC 6962 §2.1. */
const LEAF = 0x00;
const NODE = 0x01;

const HASH_BYTES = 32;

/** The tree of RFC 6962 §2.1 over the items of an answer, each hashed where it was written. */
export interface ItemTree {
  readonly count: number;

  /**
   * Adds the item that stands in `bytes` from `start`, which is no 0, to `end`; `begin` is what
   * it has in common with others, if anything. `bytes` must stay as they are until the root is made.
   */
  append(bytes: Buffer, start: number, end: number, begin: Buffer | null): void;

  /** Of no items: SHA-256 of nothing. */
  root(): Buffer;
}

/** The leaf of an item as `node:crypto` hashes it, a character a byte. */
export function hashItem(bytes: Buffer, start: number, end: number): string {
  // The byte before lends its place to the mark of a leaf, so that nothing has to be copied.
  const before = bytes[start - 1]!;
  bytes[start - 1] = LEAF;
  const leaf = hash('sha256', bytes.subarray(start - 1, end), 'binary');
  bytes[start - 1] = before;
  return leaf;
}

/**
 * An item tree by `node:crypto` alone. The one-shot hash costs half of a hash object, and a digest
 * that stays text half of one that becomes a Buffer.
 */
export class PlainItemTree implements ItemTree {
  private size = 0;
  /** Roots of the perfect subtrees, largest first: one for each bit that is set in the size. */
  private readonly frontier: string[] = [];
  private readonly node = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

  get count(): number {
    return this.size;
  }

  append(bytes: Buffer, start: number, end: number): void {
    this.push(hashItem(bytes, start, end));
  }

  root(): Buffer {
    const { frontier } = this;
    if (frontier.length === 0) return hash('sha256', '', 'buffer');
    const root = frontier.reduceRight((right, left) => this.nodeHash(left, right));
    return Buffer.from(root, 'latin1');
  }

  /** The root with a subtree at the end that is smaller than every one that was added. */
  rootWith(last: string): Buffer {
    const root = this.frontier.reduceRight((right, left) => this.nodeHash(left, right), last);
    return Buffer.from(root, 'latin1');
  }

  /** Adds a leaf, or the root of a subtree as large as every one that was added before. */
  push(leaf: string): void {
    let subtree = leaf;
    // Each trailing one-bit of the size is a perfect subtree as large as the one in hand.
    for (let rest = this.size; rest & 1; rest >>= 1) {
      subtree = this.nodeHash(this.frontier.pop()!, subtree);
    }
    this.frontier.push(subtree);
    this.size += 1;
  }

  private nodeHash(left: string, right: string): string {
    this.node.write(left, 1, HASH_BYTES, 'latin1');
    this.node.write(right, 1 + HASH_BYTES, HASH_BYTES, 'latin1');
    return hash('sha256', this.node, 'binary');
  }
}
