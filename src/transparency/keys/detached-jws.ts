import { canonicalJson } from '#kernel';

/**
 * A detached compact JWS over a text (RFC 7515, appendix F: `header..signature`), with the algorithm
 * name of RFC 9864. Whoever verifies it puts the text's base64url between the two points.
 */
export function signDetached(
  key: { readonly kid: string; sign(data: Uint8Array): Buffer },
  type: string,
  text: string,
): string {
  const header = canonicalJson({ alg: 'Ed25519', kid: key.kid, typ: type });
  const start = Buffer.from(header).toString('base64url');
  const message = Buffer.from(`${start}.${Buffer.from(text).toString('base64url')}`);
  return `${start}..${key.sign(message).toString('base64url')}`;
}
