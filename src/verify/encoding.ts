import { type Checked, pass, quoted, refuse } from './checked.js';

/** 20 digits hold every unsigned 64-bit number; nothing longer is worth parsing. */
const DIGITS_MAX = 20;
/** Sizes and indexes are below 2^63, which proofs of at most 63 hashes can reach. */
const SIZE_MAX = 2n ** 63n - 1n;

/** Standard base64 with padding. What does not encode back to the same text is refused. */
export function fromBase64(text: string): Checked<Buffer> {
  return decoded(text, 'base64');
}

/** Base64url without padding, as JOSE writes it; canonical spellings only. */
export function fromBase64url(text: string): Checked<Buffer> {
  return decoded(text, 'base64url');
}

function decoded(text: string, encoding: 'base64' | 'base64url'): Checked<Buffer> {
  if (typeof text !== 'string') return refuse(`there is no text where ${encoding} is expected`);
  const bytes = Buffer.from(text, encoding);
  // Two texts for the same bytes would be two documents for one signature.
  if (bytes.toString(encoding) !== text)
    return refuse(`${quoted(text)} is no canonical ${encoding}`);
  return pass(bytes);
}

/** A hash of exactly 32 bytes in base64. */
export function hashFromBase64(text: string): Checked<Buffer> {
  const bytes = fromBase64(text);
  if (!bytes.ok) return bytes;
  return bytes.value.length === 32
    ? bytes
    : refuse(`a hash has ${bytes.value.length} bytes instead of 32`);
}

/** A size or an index: decimal digits without leading zeros, below 2^63. */
export function fromDecimal(text: string): Checked<bigint> {
  if (!/^(?:0|[1-9][0-9]*)$/.test(text) || text.length > DIGITS_MAX) {
    return refuse(`${quoted(text)} is no decimal number without leading zeros`);
  }
  const value = BigInt(text);
  return value <= SIZE_MAX ? pass(value) : refuse(`${text} is larger than a log can be`);
}

/** Text of a document that came as bytes or as a string: UTF-8 throughout, within its limit. */
export function textOf(given: string | Uint8Array, bytesMax: number): Checked<string> {
  if (typeof given === 'string') {
    if (given.length > bytesMax) return refuse(`it is longer than ${bytesMax} bytes`);
    return given.isWellFormed() ? pass(given) : refuse('it holds half of a surrogate pair');
  }
  if (!isBytes(given)) return refuse('there is neither text nor bytes');
  if (given.byteLength > bytesMax) return refuse(`it is longer than ${bytesMax} bytes`);
  try {
    return pass(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(given));
  } catch {
    return refuse('it is not UTF-8');
  }
}

export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

export function isHash(value: unknown): value is Uint8Array {
  return isBytes(value) && value.byteLength === 32;
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Epoch ms of an instant as the registry writes it, in UTC to the millisecond; null for any other. */
export function instantOf(value: unknown): number | null {
  if (typeof value !== 'string' || !INSTANT.test(value)) return null;
  const at = Date.parse(value);
  return !Number.isNaN(at) && new Date(at).toISOString() === value ? at : null;
}
