/**
 * The text of an API key: a prefix that secret scanners find, 30 random base62 digits (178 bits)
 * and six base62 digits of the CRC-32 of all before. The checksum tells a mistyped key from a
 * wrong one without asking the database; it proves nothing else.
 */
export const API_KEY_PREFIX = 'fmt_live_';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_DIGITS = 30;
const CHECKSUM_DIGITS = 6;
const BODY = /^[0-9A-Za-z]{36}$/;

/** A new key. `randomBytes` must be a cryptographic source. */
export function newApiKeySecret(randomBytes: (size: number) => Uint8Array): string {
  let digits = '';
  while (digits.length < RANDOM_DIGITS) {
    for (const byte of randomBytes(RANDOM_DIGITS)) {
      // 248 = 4 × 62: bytes beyond it would make the first eight digits likelier than the others.
      if (byte < 248 && digits.length < RANDOM_DIGITS) digits += ALPHABET[byte % 62];
    }
  }
  const unchecked = API_KEY_PREFIX + digits;
  return unchecked + checksumOf(unchecked);
}

/** True if the text has the form of one of our keys and its checksum holds. */
export function isApiKeySecret(text: string): boolean {
  return (
    text.startsWith(API_KEY_PREFIX) &&
    BODY.test(text.slice(API_KEY_PREFIX.length)) &&
    text.slice(-CHECKSUM_DIGITS) === checksumOf(text.slice(0, -CHECKSUM_DIGITS))
  );
}

/** Six base62 digits of the CRC-32 of ASCII text, the most significant first. */
export function checksumOf(text: string): string {
  let value = crc32(text);
  let digits = '';
  for (let i = 0; i < CHECKSUM_DIGITS; i++) {
    digits = ALPHABET[value % 62] + digits;
    value = Math.floor(value / 62);
  }
  return digits;
}

/** The remainder of each byte, so that a key costs 39 steps and not 312. */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  }
  return remainder;
});

/** CRC-32 as in gzip (RFC 1952 §8), of ASCII text. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    crc = (crc >>> 8) ^ REMAINDERS[(crc ^ text.charCodeAt(i)) & 0xff]!;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
