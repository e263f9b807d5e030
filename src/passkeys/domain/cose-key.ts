import { createPublicKey, type KeyObject } from 'node:crypto';

/**
 * A credential's public key (RFC 9052 §7) as WebAuthn gives it: a CBOR map of small integers to
 * integers and byte strings. Read by hand, because whoever checks offline has node:crypto alone.
 */
export interface CredentialKey {
  readonly key: KeyObject;
  /** What Node calls the digest; null where the algorithm brings its own. */
  readonly digest: 'sha256' | null;
}

const KTY = 1;
const ALG = 3;
const ES256 = -7;
const EDDSA = -8;
const RS256 = -257;

/** The key, or null for anything but an ES256, EdDSA (Ed25519) or RS256 key in exactly this form. */
export function readCredentialKey(cose: Uint8Array): CredentialKey | null {
  const map = readMap(cose);
  if (map === null) return null;
  const bytes = (label: number): string | null => {
    const value = map.get(label);
    return value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : null;
  };
  try {
    if (map.get(KTY) === 2 && map.get(ALG) === ES256 && map.get(-1) === 1) {
      const jwk = { kty: 'EC', crv: 'P-256', x: bytes(-2), y: bytes(-3) };
      return { key: createPublicKey({ key: jwk as never, format: 'jwk' }), digest: 'sha256' };
    }
    if (map.get(KTY) === 1 && map.get(ALG) === EDDSA && map.get(-1) === 6) {
      const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes(-2) };
      return { key: createPublicKey({ key: jwk as never, format: 'jwk' }), digest: null };
    }
    if (map.get(KTY) === 3 && map.get(ALG) === RS256) {
      const jwk = { kty: 'RSA', n: bytes(-1), e: bytes(-2) };
      return { key: createPublicKey({ key: jwk as never, format: 'jwk' }), digest: 'sha256' };
    }
  } catch {
    // A point that lies on no curve and the like.
  }
  return null;
}

/** A CBOR map (RFC 8949 §3.1) of at most 23 pairs, with nothing after it. */
function readMap(cbor: Uint8Array): Map<number, number | Uint8Array> | null {
  let at = 0;
  const head = (): { major: number; argument: number } | null => {
    const first = cbor[at++];
    if (first === undefined) return null;
    const [major, short] = [first >> 5, first & 31];
    if (short < 24) return { major, argument: short };
    const width = short === 24 ? 1 : short === 25 ? 2 : 0;
    if (width === 0 || at + width > cbor.length) return null;
    let argument = 0;
    for (let i = 0; i < width; i++) argument = argument * 256 + cbor[at++]!;
    return { major, argument };
  };
  const value = (): number | Uint8Array | null => {
    const read = head();
    if (read?.major === 0) return read.argument;
    if (read?.major === 1) return -1 - read.argument;
    if (read?.major !== 2 || at + read.argument > cbor.length) return null;
    at += read.argument;
    return cbor.subarray(at - read.argument, at);
  };
  const whole = head();
  if (whole?.major !== 5 || whole.argument > 23) return null;
  const map = new Map<number, number | Uint8Array>();
  for (let pair = 0; pair < whole.argument; pair++) {
    const [label, content] = [value(), value()];
    if (typeof label !== 'number' || content === null || map.has(label)) return null;
    map.set(label, content);
  }
  return at === cbor.length ? map : null;
}
