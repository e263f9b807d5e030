import { type Checked, pass, quoted, refuse } from './checked.js';
import { type Checkpoint, openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import { sameBytes } from './encoding.js';
import type { Policy } from './policy.js';
import { PROOF_HASHES_MAX, verifyConsistency, verifyInclusion } from './proofs.js';
import { fetchPart, type FetchLogFile, TileTree } from './tile-tree.js';
import { entriesPath, parseBundle, tileWidth } from './tiles.js';
import { leafHash, TreeHasher } from './tree.js';

/** An entry, proven to stand at its index in the tree of the checkpoint. */
export interface LogEntry {
  readonly index: bigint;
  readonly bytes: Buffer;
  readonly hash: Buffer;
}

/** Size and root that were verified before; an {@link OpenedCheckpoint} is one. */
export type TreeHead = Pick<Checkpoint, 'size' | 'root'>;

/**
 * Reads a log through its files and returns nothing that it did not verify. Refusals say which file
 * is wrong; nothing is thrown, also where `fetch` throws.
 */
export class LogReader {
  private tree: TileTree | null = null;

  constructor(private readonly fetch: FetchLogFile) {}

  /** The latest checkpoint, opened under the policy. */
  async checkpoint(policy: Policy): Promise<Checked<OpenedCheckpoint>> {
    try {
      const note = await this.fetch('checkpoint');
      return note === null ? refuse('the log has no checkpoint') : openCheckpoint(note, policy);
    } catch (error) {
      return refuse(
        `checkpoint can’t be read: ${quoted(String((error as Error)?.message ?? error))}`,
      );
    }
  }

  /**
   * Every entry from where `hasher` stands up to the head, in order; `hasher` grows with them, so that
   * its state can be kept and resumed. The last result is a refusal where something is wrong.
   */
  async *entries(
    head: TreeHead,
    hasher: TreeHasher = new TreeHasher(),
  ): AsyncGenerator<Checked<LogEntry>, void, undefined> {
    const begun = await this.extends(head, hasher.size, hasher.root());
    if (!begun.ok) return yield begun;
    while (hasher.size < head.size) {
      const n = hasher.size / 256n;
      const bundle = await this.bundle(head, n);
      if (!bundle.ok) return yield bundle;
      for (const entry of bundle.value) {
        if (entry.index < hasher.size) continue;
        hasher.append(entry.hash);
        yield pass(entry);
      }
    }
    if (!sameBytes(hasher.root(), head.root)) {
      yield refuse(`the entries do not hash to the root of size ${head.size}`);
    }
  }

  /** One entry of the tree. */
  async entry(head: TreeHead, index: bigint): Promise<Checked<LogEntry>> {
    if (index < 0n || index >= head.size) {
      return refuse(`a log of ${head.size} entries has no entry ${index}`);
    }
    const bundle = await this.bundle(head, index / 256n);
    return bundle.ok ? pass(bundle.value[Number(index % 256n)]!) : bundle;
  }

  /** Whether the tree of the head begins with the tree of `size` leaves that has this root. */
  async extends(head: TreeHead, size: bigint, root: Uint8Array): Promise<Checked<true>> {
    if (size > head.size) {
      return refuse(
        `the log has ${head.size} leaves now and had ${size} before: it was cut or forked`,
      );
    }
    const found = await this.treeOf(head).rootAt(size);
    if (!found.ok) return found;
    if (sameBytes(found.value, root)) return pass(true);
    return refuse(
      `the log has another root for size ${size} than the one that is known: it was forked`,
    );
  }

  /** The hasher as it stands after the first `size` leaves, read from tiles. */
  async hasherAt(head: TreeHead, size: bigint): Promise<Checked<TreeHasher>> {
    const frontier = await this.treeOf(head).frontier(size);
    return frontier.ok ? TreeHasher.resume({ size, frontier: frontier.value }) : frontier;
  }

  /** The audit path of a leaf (RFC 6962 §2.1.1), computed from tiles and verified. */
  async inclusionProof(head: TreeHead, index: bigint): Promise<Checked<Buffer[]>> {
    const tree = this.treeOf(head);
    const leaf = await tree.rangeRoot(index, index + 1n);
    if (!leaf.ok) return leaf;
    const proof: Buffer[] = [];
    let [from, to] = [0n, head.size];
    while (to - from > 1n) {
      const half = from + (1n << BigInt((to - from - 1n).toString(2).length - 1));
      const [low, high] = index < half ? [half, to] : [from, half];
      const sibling = await tree.rangeRoot(low, high);
      if (!sibling.ok) return sibling;
      proof.unshift(sibling.value);
      [from, to] = index < half ? [from, half] : [half, to];
    }
    const claim = { index, size: head.size, leafHash: leaf.value, proof, root: head.root };
    const verdict = verifyInclusion(claim);
    return verdict.ok ? pass(proof) : verdict;
  }

  /** The consistency proof from an earlier size (RFC 6962 §2.1.2), computed from tiles and verified. */
  async consistencyProof(head: TreeHead, size: bigint): Promise<Checked<Buffer[]>> {
    if (size <= 0n || size > head.size) {
      return refuse(`there is no consistency proof from ${size} to ${head.size}`);
    }
    const tree = this.treeOf(head);
    const proof: Buffer[] = [];
    let [from, to, isWhole] = [0n, head.size, true];
    while (size !== to && proof.length <= PROOF_HASHES_MAX) {
      const half = from + (1n << BigInt((to - from - 1n).toString(2).length - 1));
      const [low, high] = size <= half ? [half, to] : [from, half];
      const sibling = await tree.rangeRoot(low, high);
      if (!sibling.ok) return sibling;
      proof.unshift(sibling.value);
      if (size > half) isWhole = false;
      [from, to] = size <= half ? [from, half] : [half, to];
    }
    if (!isWhole) {
      const own = await tree.rangeRoot(from, to);
      if (!own.ok) return own;
      proof.unshift(own.value);
    }
    const rootFrom = await tree.rootAt(size);
    if (!rootFrom.ok) return rootFrom;
    const claim = { from: size, to: head.size, proof, rootFrom: rootFrom.value, rootTo: head.root };
    const verdict = verifyConsistency(claim);
    return verdict.ok ? pass(proof) : verdict;
  }

  private async bundle(head: TreeHead, n: bigint): Promise<Checked<LogEntry[]>> {
    const hashes = await this.treeOf(head).tile(0, n);
    if (!hashes.ok) return hashes;
    const width = tileWidth(0, n, head.size);
    const file = await fetchPart(this.fetch, (wide) => entriesPath(n, wide), width);
    if (!file.ok) return file;
    const parsed = parseBundle(file.value.bytes, file.value.width);
    if (!parsed.ok) return refuse(`${file.value.path}: ${parsed.reason}`);
    const entries: LogEntry[] = [];
    for (const [at, hash] of hashes.value.entries()) {
      const index = n * 256n + BigInt(at);
      const bytes = parsed.value[at]!;
      if (!sameBytes(leafHash(bytes), hash)) {
        return refuse(`${file.value.path}: entry ${index} does not hash to its leaf`);
      }
      entries.push({ index, bytes, hash });
    }
    return pass(entries);
  }

  private treeOf({ size, root }: TreeHead): TileTree {
    if (this.tree === null || this.tree.size !== size || !sameBytes(this.tree.root, root)) {
      this.tree = new TileTree(this.fetch, size, root);
    }
    return this.tree;
  }
}
