import { DomainProblem } from '#kernel';
import { RANGE_BITS_MAX, RANGE_ROWS } from '#verify';

/**
 * Ranges of private lookups (docs/specs/range.md): how much of a digest may be named, and which digests
 * begin so.
 */

/** The bytes of a digest that ranges are found by; the index on lookup_entries has as many. */
const FOUND_BY_BYTES = 7;

/** Greater than all of them. */
const BEYOND = Buffer.alloc(FOUND_BY_BYTES + 1, 0xff);

/** How many bits fewer than the most are answered: a bucket is then four times as large. */
const FEWER_BITS_MAX = 2;

/** As many bits as leave at least 256 entries in a range on average. */
export function bitsFor(entries: number): number {
  const bits = Math.floor(Math.log2(entries / RANGE_ROWS));
  return Math.min(Math.max(bits, 0), RANGE_BITS_MAX);
}

/** Whether a prefix is one of so many bits: hex, at least one digit, no bit set beyond them. */
export function isRangePrefix(bits: number, prefix: string): boolean {
  const digits = Math.max(1, Math.ceil(bits / 4));
  if (prefix.length !== digits || !/^[0-9a-f]+$/.test(prefix)) return false;
  return parseInt(prefix, 16) % 2 ** (digits * 4 - bits) === 0;
}

/** Throws `lookup/range-refused` unless a range of so many bits may be asked for. */
export function refuseBits(bits: number, most: number): void {
  const least = Math.max(0, most - FEWER_BITS_MAX);
  if (bits >= least && bits <= most) return;
  const range = least === most ? `${most}` : `${least} to ${most}`;
  throw new DomainProblem(
    'lookup/range-refused',
    `Ranges have ${range} bits here at present, not ${bits}.`,
    { bits: most },
  );
}

/** From where (included) up to where (excluded) digests begin with a prefix. */
export function digestsOf(
  bits: number,
  prefix: string,
): { readonly from: Buffer; readonly to: Buffer } {
  const width = 2 ** (32 - bits);
  const first = parseInt(prefix.padEnd(8, '0'), 16);
  const end = first + width;
  return { from: beginning(first), to: end < 2 ** 32 ? beginning(end) : BEYOND };
}

function beginning(first: number): Buffer {
  const bytes = Buffer.alloc(FOUND_BY_BYTES);
  bytes.writeUInt32BE(first);
  return bytes;
}
