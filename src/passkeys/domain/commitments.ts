import { createHash } from 'node:crypto';

/**
 * The three digests by which a signed act is known. All are SHA-256, and each begins with a name
 * of its own, so that none can be taken for another.
 */

/**
 * What stands in the log for a credential's public key, and says nothing once the salt is erased:
 * SHA-256("fermata.key.v1" || 0x00 || salt[32] || public key as COSE).
 */
export function credentialCommitment(salt: Uint8Array, publicKey: Uint8Array): Buffer {
  return createHash('sha256').update('fermata.key.v1\0').update(salt).update(publicKey).digest();
}

/**
 * The challenge that a passkey signs:
 * SHA-256("fermata.declare.v1" || 0x00 || nonce[32] || canonical JSON of the statement).
 */
export function statementChallenge(nonce: Uint8Array, statement: string): Buffer {
  return createHash('sha256')
    .update('fermata.declare.v1\0')
    .update(nonce)
    .update(statement, 'utf8')
    .digest();
}

/** What an authenticator answered, as bytes. */
export interface AssertionBytes {
  readonly authenticatorData: Uint8Array;
  readonly clientData: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * What stands in the log for an assertion: SHA-256 of "fermata.assertion.v1" || 0x00, then
 * authenticator data, client data and signature, each after its length in four bytes, the most
 * significant first.
 */
export function assertionDigest({
  authenticatorData,
  clientData,
  signature,
}: AssertionBytes): Buffer {
  const hash = createHash('sha256').update('fermata.assertion.v1\0');
  for (const part of [authenticatorData, clientData, signature]) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    hash.update(length).update(part);
  }
  return hash.digest();
}
