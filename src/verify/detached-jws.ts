import { type Checked, pass, quoted, refuse } from './checked.js';
import { fromBase64url } from './encoding.js';
import { parseCanonical } from './json.js';
import type { ReceiptKeys } from './receipt-keys.js';
import { isSignedBy } from './verifier-key.js';

const SIGNATURE_BYTES_MAX = 4 * 1024;
/** RFC 9864 names the algorithm Ed25519; older libraries call it EdDSA. */
const ALGORITHMS: readonly unknown[] = ['Ed25519', 'EdDSA'];

/** What a signature has to be. */
export interface Expected {
  /** `typ` of its header. */
  readonly type: string;
  /** What is signed, in words. */
  readonly of: string;
  readonly keys: ReceiptKeys;
}

/**
 * Whether a pinned key made this detached compact JWS (RFC 7515, appendix F: `header..signature`)
 * over exactly these bytes. Takes our own header and no other; returns the key, and the unix second
 * that it ended at: what it signed later does not count.
 */
export function verifyDetached(
  bytes: Uint8Array,
  jws: string,
  { type, of, keys }: Expected,
): Checked<{ readonly kid: string; readonly endedAt: number | null }> {
  if (typeof jws !== 'string' || jws.length > SIGNATURE_BYTES_MAX) {
    return refuse('the signature is no detached JWS, or too long for one');
  }
  const [header, body, text, ...rest] = jws.split('.');
  const decoded = fromBase64url(header!);
  const signature = fromBase64url(text!);
  if (body !== '' || rest.length > 0 || !decoded.ok || !signature.ok) {
    return refuse('the signature is no detached JWS of the form header..signature');
  }
  const read = parseCanonical(decoded.value, SIGNATURE_BYTES_MAX, 'header of the signature');
  if (!read.ok) return read;
  const { alg, kid, typ } = read.value;
  if (Object.keys(read.value).join() !== 'alg,kid,typ' || typeof kid !== 'string') {
    return refuse('the header of the signature has other members than alg, kid and typ');
  }
  if (typ !== type) return refuse(`the signature is not of the type ${type}`);
  if (!ALGORITHMS.includes(alg)) {
    return refuse('the signature names another algorithm than Ed25519');
  }
  const key = keys.get(kid);
  if (key === undefined) return refuse(`the key ${quoted(kid)} is not in the pinned key set`);
  const message = Buffer.from(`${header}.${Buffer.from(bytes).toString('base64url')}`);
  if (!isSignedBy(key.publicKey, message, signature.value)) {
    return refuse(`the signature of the key ${quoted(kid)} does not fit the ${of}`);
  }
  return pass({ kid, endedAt: key.endedAt });
}
