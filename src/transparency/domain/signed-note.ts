import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';

/** Signature type 0x01: Ed25519 over the text (c2sp.org/signed-note). */
const ED25519 = 0x01;

/** A key that signs notes under a name. */
export interface NoteSigner {
  readonly name: string;
  readonly keyId: Buffer;
  sign(text: string): Buffer;
}

/** A signer of notes. The name must be free of spaces and `+`: it is the log's origin. */
export function noteSigner(name: string, privateKey: KeyObject): NoteSigner {
  return {
    name,
    keyId: noteKeyId(name, rawPublicKey(privateKey)),
    sign: (text) => sign(null, Buffer.from(text), privateKey),
  };
}

/** The 32 bytes of an Ed25519 public key; of a private one, those of its public half. */
export function rawPublicKey(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');
}

/** SHA-256(name || 0x0A || type || key), the first 4 bytes. */
function noteKeyId(name: string, publicKey: Buffer): Buffer {
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey]))
    .digest()
    .subarray(0, 4);
}

/** The key as others pin it: `name+hex(keyID)+base64(type || key)`. */
export function verifierKey(name: string, publicKey: Buffer): string {
  const encoded = Buffer.concat([Buffer.of(ED25519), publicKey]).toString('base64');
  return `${name}+${noteKeyId(name, publicKey).toString('hex')}+${encoded}`;
}

/** The note: its text, an empty line, and a line for each signer. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  const lines = signers.map((signer) => {
    const signature = Buffer.concat([signer.keyId, signer.sign(text)]).toString('base64');
    return `— ${signer.name} ${signature}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** The text of a checkpoint (c2sp.org/tlog-checkpoint): origin, size, root; no extension lines. */
export function checkpointText(origin: string, size: number, root: Buffer): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}
