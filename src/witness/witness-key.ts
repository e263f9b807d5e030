import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import {
  COSIGNATURE_V1,
  cosignatureLine,
  cosignedMessage,
  makeVerifierKey,
  type VerifierKey,
} from '#verify';

/** A witness's name and key. The key must not cosign under any second name. */
export interface WitnessKey {
  readonly verifier: VerifierKey;
  /** The cosignature line over the text of a checkpoint; `time` in unix seconds. */
  cosign(text: string, time: bigint): string;
}

/** Makes a key in a file that only its owner reads. Throws where the file is there already. */
export async function createWitnessKey(path: string, name: string): Promise<WitnessKey> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = witnessKey(name, privateKey);
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ name, privateKey: pem }, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return key;
}

/** Throws a sentence where the file is no key of a witness. */
export async function openWitnessKey(path: string): Promise<WitnessKey> {
  const text = await readFile(path, 'utf8');
  let name: unknown;
  let key: KeyObject;
  try {
    const kept = JSON.parse(text) as { name: unknown; privateKey: string };
    name = kept.name;
    key = createPrivateKey(kept.privateKey);
  } catch {
    throw new Error(`${path} is no key of a witness.`);
  }
  if (typeof name !== 'string' || key.asymmetricKeyType !== 'ed25519') {
    throw new Error(`${path} is no key of a witness.`);
  }
  return witnessKey(name, key);
}

function witnessKey(name: string, privateKey: KeyObject): WitnessKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const verifier = makeVerifierKey(name, COSIGNATURE_V1, Buffer.from(x, 'base64url'));
  if (!verifier.ok) throw new Error(`A witness can’t have this key: ${verifier.reason}.`);
  return {
    verifier: verifier.value,
    cosign(text, time) {
      const signature = sign(null, cosignedMessage(text, time), privateKey);
      return cosignatureLine(verifier.value, time, signature);
    },
  };
}
