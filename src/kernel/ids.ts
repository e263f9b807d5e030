import { v7 } from 'uuid';

/**
 * Identifiers of our own things: a type prefix, an underscore and 26 characters of Crockford
 * base32 (lower case) over a UUIDv7 (RFC 9562 §5.7). One spelling everywhere: database, API, log.
 * They sort by time of creation and are no secrets.
 */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export const ID_PREFIXES = {
  account: 'acc',
  session: 'ses',
  apiKey: 'key',
  party: 'pty',
  mandate: 'mnd',
  verification: 'ver',
  work: 'wrk',
  catalogue: 'cat',
  claim: 'clm',
  dispute: 'dsp',
  declaration: 'dec',
  licence: 'lic',
  import: 'imp',
  erasure: 'era',
  passkey: 'pky',
  assertion: 'ast',
  webhook: 'whk',
  lookupJob: 'ljb',
  holding: 'hld',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;
export type IdPrefix = (typeof ID_PREFIXES)[IdKind];

/** A new identifier for a thing of this kind. */
export function newId(kind: IdKind): string {
  return `${ID_PREFIXES[kind]}_${encodeBase32(v7(undefined, new Uint8Array(16)))}`;
}

const BODY = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** True for a well-formed identifier of this kind; says nothing about whether it exists. */
export function isId(kind: IdKind, text: unknown): text is string {
  if (typeof text !== 'string') return false;
  const prefix = ID_PREFIXES[kind];
  return (
    text.length === prefix.length + 27 &&
    text.startsWith(`${prefix}_`) &&
    BODY.test(text.slice(prefix.length + 1))
  );
}

/** 128 bits as 26 characters: the first carries two bits of padding and three of content. */
function encodeBase32(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = ALPHABET[Number(value & 31n)] + text;
    value >>= 5n;
  }
  return text;
}
