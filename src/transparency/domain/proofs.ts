import { nodeHash, rootOfRange } from './merkle-tree.js';
import { hashesOf, TILE_WIDTH, tileWidthAt } from './tiles.js';

/** Gives the bytes of a tile with this width. */
export type ReadTile = (level: number, index: number, width: number) => Promise<Buffer>;

/** Leaves from `from` up to, not including, `to`. */
type Range = readonly [from: number, to: number];

/**
 * The audit path of leaf `index` in the tree of `size` leaves, leaf to root (RFC 6962 §2.1.1). The
 * tiles are read as they are in a tree of `published` leaves, at least `size`. The caller has checked
 * that index < size <= published.
 */
export function inclusionProof(
  { index, size, published }: { index: number; size: number; published: number },
  read: ReadTile,
): Promise<Buffer[]> {
  return hashRanges(auditPath(index, [0, size]), published, read);
}

/**
 * The proof that the tree of `to` leaves begins with that of `from` (RFC 6962 §2.1.2); empty where
 * both are the same. The caller has checked that 0 < from <= to <= published.
 */
export function consistencyProof(
  { from, to, published }: { from: number; to: number; published: number },
  read: ReadTile,
): Promise<Buffer[]> {
  return hashRanges(subproof(from, [0, to], true), published, read);
}

/** The root of the tree of `size` leaves, 0 < size <= published. */
export async function rootAt(
  { size, published }: { size: number; published: number },
  read: ReadTile,
): Promise<Buffer> {
  const [root] = await hashRanges([[0, size]], published, read);
  return root!;
}

function auditPath(index: number, [from, to]: Range): Range[] {
  if (to - from === 1) return [];
  const middle = from + largestPowerBelow(to - from);
  return index < middle
    ? [...auditPath(index, [from, middle]), [middle, to]]
    : [...auditPath(index, [middle, to]), [from, middle]];
}

function subproof(size: number, [from, to]: Range, isWhole: boolean): Range[] {
  if (size === to) return isWhole ? [] : [[from, to]];
  const middle = from + largestPowerBelow(to - from);
  return size <= middle
    ? [...subproof(size, [from, middle], isWhole), [middle, to]]
    : [...subproof(size, [middle, to], false), [from, middle]];
}

function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

async function hashRanges(
  ranges: readonly Range[],
  published: number,
  read: ReadTile,
): Promise<Buffer[]> {
  const known = new Map<string, Promise<Buffer[]>>();
  const tile = (level: number, index: number): Promise<Buffer[]> => {
    const key = `${level}/${index}`;
    let hashes = known.get(key);
    if (hashes === undefined) {
      const width = tileWidthAt(level, index, published);
      hashes = read(level, index, width).then((bytes) => hashesOf(bytes, width));
      known.set(key, hashes);
    }
    return hashes;
  };
  return Promise.all(ranges.map((range) => rangeRoot(range, tile)));
}

/** The root over a range that begins at a multiple of its largest power of two. */
async function rangeRoot(
  [from, to]: Range,
  tile: (level: number, index: number) => Promise<Buffer[]>,
): Promise<Buffer> {
  const roots: Buffer[] = [];
  for (let at = from; at < to;) {
    let power = 1;
    while (power * 2 <= to - at) power *= 2;
    roots.push(await subtreeRoot(at, power, tile));
    at += power;
  }
  return roots.reduceRight((right, left) => nodeHash(left, right));
}

/** The root of the perfect subtree of `count` leaves, a power of two, that begins at leaf `from`. */
async function subtreeRoot(
  from: number,
  count: number,
  tile: (level: number, index: number) => Promise<Buffer[]>,
): Promise<Buffer> {
  let level = 0;
  let unit = 1;
  while (unit * TILE_WIDTH <= count) {
    unit *= TILE_WIDTH;
    level += 1;
  }
  const first = from / unit;
  const hashes = await tile(level, Math.floor(first / TILE_WIDTH));
  const at = first % TILE_WIDTH;
  return rootOfRange(hashes.slice(at, at + count / unit));
}
