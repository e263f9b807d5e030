import { type Checked, pass, quoted, refuse } from './checked.js';
import { sameBytes } from './encoding.js';
import { parseTile, TILE_WIDTH, tilePath, tileWidth } from './tiles.js';
import { foldFrontier, nodeHash } from './tree.js';

/**
 * A file of a log by its path under the log's prefix, such as `tile/0/000`; null where there is none.
 * What it returns is believed only as far as it hashes to a signed root. It may throw where the
 * network or the disk fails.
 */
export type FetchLogFile = (path: string) => Promise<Uint8Array | null>;

/** Tiles kept while walking: a few paths from the root down. */
const KEPT_MAX = 64;

/**
 * The hashes of a tree whose size and root are known, read from tiles. No tile is believed before it
 * hashes to what stands above it: the partial tiles at the right edge to the root itself, every full
 * tile to its hash in the tile above.
 */
export class TileTree {
  private edge: Promise<Checked<readonly (readonly Buffer[])[]>> | null = null;
  private readonly kept = new Map<string, Buffer[]>();

  constructor(
    private readonly fetch: FetchLogFile,
    readonly size: bigint,
    readonly root: Uint8Array,
  ) {}

  /** The hashes of a tile, proven to belong to the tree. */
  async tile(level: number, n: bigint): Promise<Checked<readonly Buffer[]>> {
    const width = tileWidth(level, n, this.size);
    if (width === 0)
      return refuse(`a tree of ${this.size} leaves has no tile ${tilePath(level, n)}`);
    if (width < TILE_WIDTH) {
      const edge = await this.rightEdge();
      return edge.ok ? pass(edge.value[level]!) : edge;
    }
    const path = tilePath(level, n);
    const kept = this.kept.get(path);
    if (kept !== undefined) return pass(kept);
    const above = await this.tile(level + 1, n / 256n);
    if (!above.ok) return above;
    const hashes = await this.read(level, n, width);
    if (!hashes.ok) return hashes;
    if (!sameBytes(perfectRoot(hashes.value), above.value[Number(n % 256n)]!)) {
      return refuse(`${path} does not hash to what the tile above it says`);
    }
    if (this.kept.size >= KEPT_MAX) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(path, hashes.value);
    return hashes;
  }

  /** Root of the leaves `from` to before `to`, which must be a subtree of proofs: PATH and SUBPROOF. */
  async rangeRoot(from: bigint, to: bigint): Promise<Checked<Buffer>> {
    if (from < 0n || from >= to || to > this.size) {
      return refuse(`a tree of ${this.size} leaves has no leaves ${from} to ${to}`);
    }
    const length = to - from;
    const half = halfOf(length);
    if (length === 1n || length === half * 2n) return this.perfect(from, length);
    const left = await this.rangeRoot(from, from + half);
    if (!left.ok) return left;
    const right = await this.rangeRoot(from + half, to);
    return right.ok ? pass(nodeHash(left.value, right.value)) : right;
  }

  /** What a hasher keeps of the first `size` leaves: roots of perfect subtrees, largest first. */
  async frontier(size: bigint): Promise<Checked<Buffer[]>> {
    if (size > this.size) return refuse(`the tree has only ${this.size} leaves, not ${size}`);
    const frontier: Buffer[] = [];
    let at = 0n;
    for (let bit = BigInt(size.toString(2).length); bit >= 0n; bit -= 1n) {
      if (!((size >> bit) & 1n)) continue;
      const subtree = await this.perfect(at, 1n << bit);
      if (!subtree.ok) return subtree;
      frontier.push(subtree.value);
      at += 1n << bit;
    }
    return pass(frontier);
  }

  /** The root that the log had when it had `size` leaves. */
  async rootAt(size: bigint): Promise<Checked<Buffer>> {
    const frontier = await this.frontier(size);
    return frontier.ok ? pass(foldFrontier(frontier.value)) : frontier;
  }

  /** A perfect subtree lies in one tile: its hashes stand side by side. */
  private async perfect(from: bigint, length: bigint): Promise<Checked<Buffer>> {
    const height = BigInt(length.toString(2).length - 1);
    // A subtree as high as a whole tile is one hash of the level above.
    const level = height / 8n;
    const width = Number(1n << (height % 8n));
    const first = from >> (8n * level);
    const tile = await this.tile(Number(level), first / 256n);
    if (!tile.ok) return tile;
    const at = Number(first % 256n);
    const hashes = tile.value.slice(at, at + width);
    return pass(perfectRoot(hashes));
  }

  /** By level, the partial tile at its right end. All of them together fold to the root. */
  private rightEdge(): Promise<Checked<readonly (readonly Buffer[])[]>> {
    this.edge ??= this.readEdge();
    return this.edge;
  }

  private async readEdge(): Promise<Checked<readonly (readonly Buffer[])[]>> {
    const tiles: Buffer[][] = [];
    let frontier: Buffer[] = [];
    for (let level = 0; this.size >> BigInt(8 * level) > 0n; level += 1) {
      const n = this.size >> BigInt(8 * level + 8);
      const width = tileWidth(level, n, this.size);
      const hashes = width === 0 ? pass([]) : await this.read(level, n, width);
      if (!hashes.ok) return hashes;
      tiles.push(hashes.value);
      frontier = [...perfectParts(hashes.value), ...frontier];
    }
    if (sameBytes(foldFrontier(frontier), this.root)) return pass(tiles);
    return refuse(
      `the tiles of the log do not hash to the root of its checkpoint for size ${this.size}`,
    );
  }

  /** Unproven: the caller compares. A partial tile may be gone once the full one is there. */
  private async read(level: number, n: bigint, width: number): Promise<Checked<Buffer[]>> {
    const file = await fetchPart(this.fetch, (wide) => tilePath(level, n, wide), width);
    if (!file.ok) return file;
    const { path, bytes, width: wide } = file.value;
    const tile = parseTile(bytes, wide);
    return tile.ok ? pass(tile.value.slice(0, width)) : refuse(`${path}: ${tile.reason}`);
  }
}

/** A partial file, or in its place the full one that begins with the same. */
export async function fetchPart(
  fetch: FetchLogFile,
  pathOf: (width: number) => string,
  width: number,
): Promise<Checked<{ path: string; bytes: Uint8Array; width: number }>> {
  const widths = width === TILE_WIDTH ? [width] : [width, TILE_WIDTH];
  for (const wide of widths) {
    const path = pathOf(wide);
    try {
      const bytes = await fetch(path);
      if (bytes !== null) return pass({ path, bytes, width: wide });
    } catch (error) {
      return refuse(`${path} can’t be read: ${quoted(String((error as Error)?.message ?? error))}`);
    }
  }
  return refuse(`the log has no ${pathOf(width)}`);
}

/** The root of 1, 2, 4 … hashes. */
function perfectRoot(hashes: readonly Buffer[]): Buffer {
  let row = hashes;
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, at) =>
      nodeHash(row[2 * at]!, row[2 * at + 1]!),
    );
  }
  return row[0]!;
}

/** The roots of the perfect subtrees over a partial tile, largest first. */
function perfectParts(hashes: readonly Buffer[]): Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
  for (let width = TILE_WIDTH / 2; width >= 1; width /= 2) {
    if ((hashes.length & width) === 0) continue;
    parts.push(perfectRoot(hashes.slice(at, at + width)));
    at += width;
  }
  return parts;
}

/** The largest power of two below `length`. */
function halfOf(length: bigint): bigint {
  return length === 1n ? 0n : 1n << BigInt((length - 1n).toString(2).length - 1);
}
