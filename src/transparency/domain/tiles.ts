import { pushLeaf, rootOf, type TreeState } from './merkle-tree.js';

/** Hashes in a full tile (c2sp.org/tlog-tiles). */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;
const HASH_BYTES = 32;
const ENTRY_MAX = 65_535;

/** A tile, or part of one, at its place: level 0 holds leaf hashes, each level above 256 times less. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  /** 32 bytes a hash, 1 to 256 of them. */
  readonly hashes: Buffer;
}

/** `tile/<L>/<N>[.p/<W>]`, N in groups of three digits, all but the last with an `x` in front. */
export function tilePath(level: number | 'entries', index: number, width = TILE_WIDTH): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const groups = digits.match(/.{3}/g)!;
  const name = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${name}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** How wide a tile is in a tree of `size` leaves: 256, less at the right edge, 0 where there is none. */
export function tileWidthAt(level: number, index: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** Entries as a bundle: each behind its length, a big-endian uint16. */
export function encodeBundle(entries: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    if (entry.length > ENTRY_MAX) throw new Error(`an entry has ${entry.length} bytes`);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(entry.length);
    parts.push(length, entry);
  }
  return Buffer.concat(parts);
}

/** The hashes of a tile. Throws where the bytes are no tile of this width. */
export function hashesOf(tile: Buffer, width: number): Buffer[] {
  if (tile.length !== width * HASH_BYTES) {
    throw new Error(`a tile of width ${width} has ${tile.length} bytes`);
  }
  return Array.from({ length: width }, (_, at) =>
    tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}

/**
 * A tree that grows by leaf hashes and gives the tiles that each of them completes. A partial tile is
 * never hashed upward.
 */
export class GrowingTree {
  private leaves = 0;
  private frontier: Buffer[] = [];
  /** By level: the hashes of the tile at the right edge, fewer than 256. */
  private readonly edge: Buffer[][] = [[]];
  private completed: Tile[] = [];

  get size(): number {
    return this.leaves;
  }

  get root(): Buffer {
    return rootOf({ frontier: this.frontier });
  }

  /** A copy, for whoever wants to know the tree as it is now. */
  get state(): TreeState {
    return { size: this.leaves, frontier: [...this.frontier] };
  }

  append(leaf: Buffer): void {
    this.push(0, leaf);
    pushLeaf(this.frontier, this.leaves, leaf, (height, root) => {
      if (height % TILE_HEIGHT === 0) this.push(height / TILE_HEIGHT, root);
    });
    this.leaves += 1;
  }

  /** The tiles that became full since this was last asked, lowest level first. */
  takeCompleted(): Tile[] {
    const taken = this.completed;
    this.completed = [];
    return taken.sort((a, b) => a.level - b.level || a.index - b.index);
  }

  /** The tiles at the right edge that are not full and not empty. */
  partialTiles(): Tile[] {
    return this.edge.flatMap((hashes, level) =>
      hashes.length === 0 ? [] : [{ level, index: this.indexAt(level), hashes: concat(hashes) }],
    );
  }

  /**
   * Takes up a tree of `size` leaves from its right edge: `read` gives each tile there with the width
   * that the size says. The caller compares {@link root} with what was signed.
   */
  static async load(
    size: number,
    read: (level: number, index: number, width: number) => Promise<Buffer>,
  ): Promise<GrowingTree> {
    const tree = new GrowingTree();
    tree.leaves = size;
    for (let level = 0, hashes = size; hashes > 0; level += 1) {
      const width = hashes % TILE_WIDTH;
      const index = Math.floor(hashes / TILE_WIDTH);
      tree.edge[level] = width === 0 ? [] : hashesOf(await read(level, index, width), width);
      hashes = index;
    }
    for (let level = tree.edge.length - 1; level >= 0; level -= 1) {
      const part: Buffer[] = [];
      tree.edge[level]!.forEach((hash, at) => pushLeaf(part, at, hash));
      tree.frontier.push(...part);
    }
    return tree;
  }

  private push(level: number, hash: Buffer): void {
    const hashes = (this.edge[level] ??= []);
    hashes.push(hash);
    if (hashes.length < TILE_WIDTH) return;
    this.completed.push({ level, index: this.indexAt(level), hashes: concat(hashes) });
    this.edge[level] = [];
  }

  /** Called before the leaf in hand is counted, which changes no index of a tile that it is in. */
  private indexAt(level: number): number {
    return Math.floor(this.leaves / TILE_WIDTH ** (level + 1));
  }
}

function concat(hashes: readonly Buffer[]): Buffer {
  return Buffer.concat(hashes as Buffer[]);
}
