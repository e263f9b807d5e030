import type { KeyObject } from 'node:crypto';
import { type Checked, pass, quoted, refuse } from './checked.js';
import { fromBase64url } from './encoding.js';
import { canonicalJson, isJsonObject, type JsonObject, parseJson } from './json.js';
import { sha256 } from './tree.js';
import { ed25519Key } from './verifier-key.js';

const JWKS_BYTES_MAX = 1024 * 1024;

export interface ReceiptKey {
  readonly publicKey: KeyObject;
  /** Unix seconds: what it signed later does not count. Null where it was not ended. */
  readonly endedAt: number | null;
}

/** The pinned keys that may sign receipts, by their id. */
export type ReceiptKeys = ReadonlyMap<string, ReceiptKey>;

/**
 * A JSON Web Key Set, pinned by whoever verifies. Ed25519 keys whose id is their thumbprint
 * (RFC 7638) are taken, other kinds of keys are passed over; a private key is refused, because
 * somebody is about to lose it.
 */
export function parseJwks(file: string | Uint8Array): Checked<ReceiptKeys> {
  const parsed = parseJson(file, JWKS_BYTES_MAX);
  if (!parsed.ok) return refuse(`the key set is unreadable: ${parsed.reason}`);
  const listed = isJsonObject(parsed.value) ? parsed.value['keys'] : undefined;
  if (!Array.isArray(listed)) return refuse('the key set has no list “keys”');
  const keys = new Map<string, ReceiptKey>();
  for (const jwk of listed as readonly unknown[]) {
    if (!isJsonObject(jwk)) return refuse('the key set lists something that is no key');
    if (jwk['kty'] !== 'OKP' || jwk['crv'] !== 'Ed25519') continue;
    const key = readKey(jwk);
    if (!key.ok) return key;
    if (!mayVerify(jwk)) continue;
    const ended = jwk['fermata_ended'] ?? null;
    if (ended !== null && !Number.isSafeInteger(ended)) {
      return refuse(`the key ${quoted(key.value.kid)} has an end that is no time`);
    }
    const { publicKey } = key.value;
    keys.set(key.value.kid, { publicKey, endedAt: ended as number | null });
  }
  return keys.size > 0 ? pass(keys) : refuse('the key set has no Ed25519 key for receipts');
}

function readKey(jwk: JsonObject): Checked<{ kid: string; publicKey: KeyObject }> {
  const { kid, x, d } = jwk;
  if (d !== undefined) return refuse('the key set holds a private key');
  if (typeof kid !== 'string' || typeof x !== 'string') return refuse('a key has no kid or no x');
  const raw = fromBase64url(x);
  if (!raw.ok || raw.value.length !== 32) return refuse(`the key ${quoted(kid)} has not 32 bytes`);
  if (kid !== thumbprint(x))
    return refuse(`the key ${quoted(kid)} has an id that is not its thumbprint`);
  const publicKey = ed25519Key(raw.value);
  return publicKey.ok ? pass({ kid, publicKey: publicKey.value }) : publicKey;
}

/** RFC 7638 over the required members of an Ed25519 key. */
function thumbprint(x: string): string {
  const required = canonicalJson({ crv: 'Ed25519', kty: 'OKP', x });
  return sha256(Buffer.from(required.ok ? required.value : '')).toString('base64url');
}

/** The registry's set has its log keys too: those sign checkpoints and no receipts. */
function mayVerify(jwk: JsonObject): boolean {
  const { use, alg, key_ops: operations, fermata_use: part } = jwk;
  return (
    (part === undefined || part === 'receipt') &&
    (use === undefined || use === 'sig') &&
    (alg === undefined || alg === 'Ed25519' || alg === 'EdDSA') &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify')))
  );
}
