import { hashItem, type ItemTree, PlainItemTree } from './item-tree.js';
import {
  BLOCK_WORDS,
  BLOCKS_MAX,
  INITIAL_STATE,
  LANES,
  type Lanes,
  sharedLanes,
  STATE_WORDS,
} from './sha256-lanes.js';

/** Leaves that are kept until they make a perfect subtree; a power of two. */
const LEAVES = 1_024;

const BLOCK_BYTES = BLOCK_WORDS * 4;

/** A node is hashed from 65 bytes: its mark and two hashes. */
const NODE_BITS = 65 * 8;

const START = Int32Array.from({ length: STATE_WORDS * LANES }, (_, at) => {
  return INITIAL_STATE[Math.floor(at / LANES)]!;
});

/** How far the items that begin alike have been hashed. */
interface Begun {
  /** Made when there is such a beginning for each lane. */
  readonly state: Int32Array;
  /** A multiple of the block size; the mark of the leaf is the first of them. */
  readonly bytes: number;
  /** Items that came before the state was there; null since it is. */
  items: Waiting[] | null;
}

/** An item that waits until there is one for each lane. */
interface Waiting {
  readonly place: number;
  readonly begun: Begun;
  readonly view: DataView;
  readonly from: number;
  readonly end: number;
}

/** The tree for a batch: four items or nodes at a time where this machine can do that. */
export function createBatchTree(): ItemTree {
  const lanes = sharedLanes();
  return lanes === null ? new PlainItemTree() : new BatchTree(lanes);
}

class BatchTree implements ItemTree {
  /** Perfect subtrees of {@link LEAVES} items each. */
  private readonly subtrees = new PlainItemTree();
  /** The leaves after them, {@link STATE_WORDS} words each. */
  private readonly leaves = new Int32Array(LEAVES * STATE_WORDS);
  private length = 0;
  private readonly waiting: Waiting[] = [];
  /** By what items begin with; null where that is too short or too long to be hashed apart. */
  private readonly begun = new Map<Buffer, Begun | null>();
  /** Beginnings that wait until there is one for each lane: one alone would cost as much as four. */
  private readonly beginning: { readonly leaf: Buffer; readonly begun: Begun }[] = [];
  /** The chunk in hand, whose view serves all items in it. */
  private viewed: Buffer | null = null;
  private view: DataView = new DataView(new ArrayBuffer(0));

  constructor(private readonly lanes: Lanes) {}

  get count(): number {
    return this.subtrees.count * LEAVES + this.length;
  }

  append(bytes: Buffer, start: number, end: number, begin: Buffer | null): void {
    if (this.length === LEAVES) this.closeSubtree();
    const place = this.length++;
    const begun = begin === null ? null : this.begunOf(begin);
    const from = start - 1 + (begun?.bytes ?? 0);
    if (begun === null || blocksOf(end - from) > BLOCKS_MAX) {
      this.leaves.set(wordsOf(hashItem(bytes, start, end)), place * STATE_WORDS);
      return;
    }
    const item = { place, begun, view: this.viewOf(bytes), from, end };
    if (begun.items === null) this.wait(item);
    else begun.items.push(item);
    if (this.beginning.length === LANES) this.hashBeginning();
  }

  private wait(item: Waiting): void {
    this.waiting.push(item);
    if (this.waiting.length === LANES) this.hashWaiting();
  }

  root(): Buffer {
    if (this.length === 0) return this.subtrees.root();
    this.hashBeginning();
    this.hashWaiting();
    const leaves = this.leaves.slice(0, this.length * STATE_WORDS);
    const rest = this.fold(leaves);
    return this.subtrees.count === 0 ? Buffer.from(rest, 'latin1') : this.subtrees.rootWith(rest);
  }

  private closeSubtree(): void {
    this.hashBeginning();
    this.hashWaiting();
    this.subtrees.push(this.fold(this.leaves));
    this.length = 0;
  }

  private viewOf(bytes: Buffer): DataView {
    if (bytes !== this.viewed) {
      this.viewed = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return this.view;
  }

  private begunOf(begin: Buffer): Begun | null {
    const known = this.begun.get(begin);
    if (known !== undefined) return known;
    const blocks = Math.floor((1 + begin.length) / BLOCK_BYTES);
    let begun: Begun | null = null;
    if (blocks > 0 && blocks <= BLOCKS_MAX) {
      begun = { state: new Int32Array(STATE_WORDS), bytes: blocks * BLOCK_BYTES, items: [] };
      const leaf = Buffer.allocUnsafe(begun.bytes);
      leaf[0] = 0;
      begin.copy(leaf, 1);
      this.beginning.push({ leaf, begun });
    }
    this.begun.set(begin, begun);
    return begun;
  }

  /** The states after the whole blocks of leaves that begin so; then what waited for them. */
  private hashBeginning(): void {
    const { state, blocks } = this.lanes;
    const begun = this.beginning.splice(0);
    let most = 0;
    for (const [lane, { leaf }] of begun.entries()) {
      const view = new DataView(leaf.buffer, leaf.byteOffset, leaf.byteLength);
      for (let at = 0, to = lane; at < leaf.length; at += 4, to += LANES) {
        blocks[to] = view.getInt32(at);
      }
      most = Math.max(most, leaf.length / BLOCK_BYTES);
    }
    state.set(START);
    for (let block = 0; block < most; block += 1) {
      this.lanes.compress(block);
      for (const [lane, { begun: one }] of begun.entries()) {
        if (one.bytes !== (block + 1) * BLOCK_BYTES) continue;
        for (let word = 0; word < STATE_WORDS; word += 1) {
          one.state[word] = state[word * LANES + lane]!;
        }
      }
    }
    for (const { begun: one } of begun) {
      const items = one.items!;
      one.items = null;
      for (const item of items) this.wait(item);
    }
  }

  private hashWaiting(): void {
    const { waiting, lanes, leaves } = this;
    const blocks = waiting.map((one, lane) => this.fill(one, lane));
    for (let block = 0, open = waiting.length; open > 0; block += 1) {
      lanes.compress(block);
      for (let lane = 0; lane < waiting.length; lane += 1) {
        if (blocks[lane] !== block + 1) continue;
        open -= 1;
        const at = waiting[lane]!.place * STATE_WORDS;
        for (let word = 0; word < STATE_WORDS; word += 1) {
          leaves[at + word] = lanes.state[word * LANES + lane]!;
        }
      }
    }
    waiting.length = 0;
  }

  /** Puts the rest of an item into a lane, padded (FIPS 180-4 §5.1.1); returns how many blocks it has. */
  private fill({ begun, view, from, end }: Waiting, lane: number): number {
    const { state, blocks } = this.lanes;
    for (let word = 0; word < STATE_WORDS; word += 1) {
      state[word * LANES + lane] = begun.state[word]!;
    }
    const count = blocksOf(end - from);
    const last = (count * BLOCK_WORDS - 1) * LANES + lane;
    let to = lane;
    let at = from;
    for (; at + 4 <= end; at += 4, to += LANES) blocks[to] = view.getInt32(at);
    let word = 0;
    for (let byte = at; byte < at + 4; byte += 1) {
      word = (word << 8) | (byte < end ? view.getUint8(byte) : byte === end ? 0x80 : 0);
    }
    blocks[to] = word;
    for (to += LANES; to < last; to += LANES) blocks[to] = 0;
    blocks[last] = (begun.bytes + end - from) * 8;
    return count;
  }

  /**
   * The root over some leaves, which it takes apart: pairs are joined level by level, and one that
   * is left over goes up as it is, which is the tree of RFC 6962 §2.1 from below.
   */
  private fold(hashes: Int32Array): string {
    let count = hashes.length / STATE_WORDS;
    while (count > 1) {
      const pairs = count >> 1;
      for (let pair = 0; pair < pairs; pair += LANES) this.join(hashes, pair, pairs);
      if (count % 2 === 1) {
        hashes.copyWithin(pairs * STATE_WORDS, (count - 1) * STATE_WORDS, count * STATE_WORDS);
      }
      count = pairs + (count % 2);
    }
    return textOf(hashes);
  }

  /** Puts four nodes into the place of the first of the hashes that they join. */
  private join(hashes: Int32Array, first: number, pairs: number): void {
    const { state, blocks } = this.lanes;
    const lanes = Math.min(LANES, pairs - first);
    for (let lane = 0; lane < lanes; lane += 1) {
      const at = (first + lane) * 2 * STATE_WORDS;
      // The mark of a node shifts both hashes by one byte.
      let before = 1;
      for (let word = 0; word < BLOCK_WORDS; word += 1) {
        const next = hashes[at + word]!;
        blocks[word * LANES + lane] = (before << 24) | (next >>> 8);
        before = next;
      }
      blocks[BLOCK_WORDS * LANES + lane] = (before << 24) | (0x80 << 16);
    }
    blocks.fill(0, (BLOCK_WORDS + 1) * LANES, (2 * BLOCK_WORDS - 1) * LANES);
    blocks.fill(NODE_BITS, (2 * BLOCK_WORDS - 1) * LANES, 2 * BLOCK_WORDS * LANES);
    state.set(START);
    this.lanes.compress(0);
    this.lanes.compress(1);
    for (let lane = 0; lane < lanes; lane += 1) {
      const at = (first + lane) * STATE_WORDS;
      for (let word = 0; word < STATE_WORDS; word += 1) {
        hashes[at + word] = state[word * LANES + lane]!;
      }
    }
  }
}

/** With the bit and the length that end a message. */
function blocksOf(bytes: number): number {
  return Math.ceil((bytes + 9) / BLOCK_BYTES);
}

function wordsOf(hash: string): Int32Array {
  const bytes = Buffer.from(hash, 'latin1');
  return Int32Array.from({ length: STATE_WORDS }, (_, word) => bytes.readInt32BE(word * 4));
}

function textOf(words: Int32Array): string {
  const bytes = Buffer.alloc(STATE_WORDS * 4);
  for (let word = 0; word < STATE_WORDS; word += 1) bytes.writeInt32BE(words[word]!, word * 4);
  return bytes.toString('latin1');
}
