import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type Checked, pass, quoted, refuse } from './checked.js';
import { fromBase64 } from './encoding.js';
import { sha256 } from './tree.js';

/** Signature types of c2sp.org/signed-note that this verifier knows. */
export const ED25519 = 0x01;
export const COSIGNATURE_V1 = 0x04;

/** Who signed: a name, and a key of one type. Both together have a short id in signature lines. */
export interface VerifierKey {
  readonly name: string;
  /** Four bytes, hex: SHA-256(name || 0x0A || type || key)[:4]. */
  readonly id: string;
  readonly type: typeof ED25519 | typeof COSIGNATURE_V1;
  /** The 32 bytes of the key. */
  readonly raw: Buffer;
  readonly publicKey: KeyObject;
}

/** Go counts U+0085 among the spaces and JavaScript does not; neither may stand in a name. */
// eslint-disable-next-line no-control-regex
const NO_NAME = /[\s\u0085+\u0000-\u001F\u007F]/u;

export function isKeyName(name: string): boolean {
  return name !== '' && !NO_NAME.test(name) && name.isWellFormed();
}

/** A key as it is handed around: `name+id+base64(type || key)` (c2sp.org/signed-note). */
export function parseVerifierKey(vkey: string): Checked<VerifierKey> {
  if (typeof vkey !== 'string' || vkey.length > 4096) return refuse('the key is no text of a key');
  const [name = '', id = '', ...rest] = vkey.split('+');
  // The base64 at the end may itself contain a plus.
  const material = fromBase64(rest.join('+'));
  if (!isKeyName(name)) return refuse(`${quoted(name)} is no name of a key`);
  if (!/^[0-9a-f]{8}$/.test(id))
    return refuse(`the key ${quoted(name)} has no id of eight hex digits`);
  if (!material.ok) return refuse(`the key ${quoted(name)}: ${material.reason}`);
  const [type] = material.value;
  if (type !== ED25519 && type !== COSIGNATURE_V1) {
    return refuse(
      `the key ${quoted(name)} is of type ${type ?? 'none'}; known are 1 (Ed25519) and 4 (cosignature)`,
    );
  }
  if (material.value.length !== 33) {
    return refuse(`the key ${quoted(name)} has ${material.value.length - 1} bytes instead of 32`);
  }
  const key = makeVerifierKey(name, type, material.value.subarray(1));
  if (key.ok && key.value.id !== id) {
    return refuse(`the key ${quoted(name)} has the id ${key.value.id}, not ${id}`);
  }
  return key;
}

/** A key from its parts, with its id. */
export function makeVerifierKey(
  name: string,
  type: VerifierKey['type'],
  raw: Uint8Array,
): Checked<VerifierKey> {
  const publicKey = ed25519Key(raw);
  if (!publicKey.ok) return refuse(`the key ${quoted(name)}: ${publicKey.reason}`);
  const id = sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), raw]))
    .subarray(0, 4)
    .toString('hex');
  return pass({ name, id, type, raw: Buffer.from(raw), publicKey: publicKey.value });
}

export function writeVerifierKey({ name, id, type, raw }: VerifierKey): string {
  return `${name}+${id}+${Buffer.concat([Buffer.of(type), raw]).toString('base64')}`;
}

export function ed25519Key(raw: Uint8Array): Checked<KeyObject> {
  try {
    const x = Buffer.from(raw).toString('base64url');
    return pass(createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }));
  } catch {
    return refuse('its bytes are no Ed25519 key');
  }
}

/** Whether the signature over `message` is this key's. */
export function isSignedBy(
  publicKey: KeyObject,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return signature.byteLength === 64 && verify(null, message, publicKey, signature);
  } catch {
    return false;
  }
}
