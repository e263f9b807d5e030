/** What signs: a key of the registry, known by its thumbprint (RFC 7638). */
export interface ReceiptKey {
  readonly kid: string;
  sign(data: Uint8Array): Buffer;
}

/** A compact JWS over a payload (RFC 7515 §7.1), with the algorithm name of RFC 9864. */
export function signToken(key: ReceiptKey, payload: string): string {
  const header = `{"alg":"Ed25519","kid":"${key.kid}","typ":"consent-receipt+jws"}`;
  const input = `${base64url(header)}.${base64url(payload)}`;
  return `${input}.${key.sign(Buffer.from(input)).toString('base64url')}`;
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
