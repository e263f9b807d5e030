import { type Checked, pass, refuse } from './checked.js';

/** Hashes of a full tile, entries of a full bundle (c2sp.org/tlog-tiles). */
export const TILE_WIDTH = 256;
const LEVELS_MAX = 63;

/** Path of a hash tile under the log's prefix; `width` only where the tile is partial. */
export function tilePath(level: number, n: bigint, width: number = TILE_WIDTH): string {
  return `tile/${level}/${numbered(n, width)}`;
}

/** Path of an entry bundle under the log's prefix. */
export function entriesPath(n: bigint, width: number = TILE_WIDTH): string {
  return `tile/entries/${numbered(n, width)}`;
}

/** Groups of three digits, all but the last with an x in front: 1234067 is x001/x234/067. */
function numbered(n: bigint, width: number): string {
  const digits = n.toString().padStart(Math.ceil(n.toString().length / 3) * 3, '0');
  const groups = digits.match(/.{3}/g) ?? [];
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}

/** How many hashes the tile has in a tree of `size` leaves; 0 where it does not exist. */
export function tileWidth(level: number, n: bigint, size: bigint): number {
  if (level > LEVELS_MAX) return 0;
  const count = (size >> BigInt(8 * level)) - n * 256n;
  return count >= 256n ? TILE_WIDTH : count > 0n ? Number(count) : 0;
}

/** The hashes of a tile of that width: as many as it must have, of 32 bytes each. */
export function parseTile(bytes: Uint8Array, width: number): Checked<Buffer[]> {
  if (bytes.byteLength !== width * 32) {
    return refuse(`it has ${bytes.byteLength} bytes instead of ${width * 32}`);
  }
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return pass(Array.from({ length: width }, (_, at) => whole.subarray(at * 32, at * 32 + 32)));
}

/** The entries of a bundle of that width: each with its length before it, big-endian uint16. */
export function parseBundle(bytes: Uint8Array, width: number): Checked<Buffer[]> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Buffer[] = [];
  let at = 0;
  while (at < whole.length) {
    if (entries.length === width) return refuse(`it has more than ${width} entries`);
    if (at + 2 > whole.length) return refuse('it ends inside of a length');
    const end = at + 2 + whole.readUInt16BE(at);
    if (end > whole.length) return refuse('it ends inside of an entry');
    entries.push(whole.subarray(at + 2, end));
    at = end;
  }
  if (entries.length < width) return refuse(`it has ${entries.length} entries instead of ${width}`);
  return pass(entries);
}
