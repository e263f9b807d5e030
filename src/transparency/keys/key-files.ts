import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rawPublicKey } from '../domain/index.js';
import { makePrivateFolder } from '../signing/anchor.js';
import { writeDurably } from '../signing/durable-file.js';

/** A private key of the registry and the name of its public half. */
export interface PrivateKey {
  readonly kid: string;
  readonly publicKey: Buffer;
  readonly key: KeyObject;
}

/** RFC 7638 thumbprint of an Ed25519 public key, base64url. */
export function thumbprint(publicKey: Buffer): string {
  const jwk = `{"crv":"Ed25519","kty":"OKP","x":"${publicKey.toString('base64url')}"}`;
  return createHash('sha256').update(jwk).digest('base64url');
}

/** The private halves of the registry's keys: one PKCS #8 file each, for this user alone. */
export class KeyFiles {
  constructor(private readonly folder: string) {}

  /** Makes a new Ed25519 key and stores it for good before it returns. */
  async create(): Promise<PrivateKey> {
    const { privateKey } = generateKeyPairSync('ed25519');
    const made = named(privateKey);
    await makePrivateFolder(this.folder);
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    await writeDurably(this.pathOf(made.kid), pem, 0o400);
    return made;
  }

  /** The key of this name; null where its file is missing. Throws where it holds another key. */
  async find(kid: string): Promise<PrivateKey | null> {
    let pem: string;
    try {
      pem = await readFile(this.pathOf(kid), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    const found = named(createPrivateKey(pem));
    if (found.kid !== kid) throw new Error(`The file of key ${kid} holds another key.`);
    return found;
  }

  private pathOf(kid: string): string {
    return join(this.folder, `${kid}.pem`);
  }
}

function named(key: KeyObject): PrivateKey {
  const publicKey = rawPublicKey(key);
  return { kid: thumbprint(publicKey), publicKey, key };
}
