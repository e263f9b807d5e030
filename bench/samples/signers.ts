import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import {
  COSIGNATURE_V1,
  cosignatureLine,
  cosignedMessage,
  ED25519,
  makeVerifierKey,
  type VerifierKey,
  writeVerifierKey,
} from '#verify';

/** Test keys of RFC 8032 §7.1. */
export const LOG_SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
export const WITNESS_SEED = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb';

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export function privateKeyOf(seedHex: string): KeyObject {
  const der = Buffer.concat([PKCS8, Buffer.from(seedHex, 'hex')]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** The 32 bytes of the public key. */
export function publicBytes(key: KeyObject): Buffer {
  return Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x!, 'base64url');
}

export interface NoteSigner {
  readonly key: VerifierKey;
  readonly vkey: string;
  /** The signature line over a text; `time` matters to witnesses only. */
  line(text: string, time?: bigint): string;
}

export function noteSigner(name: string, seedHex: string, type: VerifierKey['type']): NoteSigner {
  const privateKey = privateKeyOf(seedHex);
  const made = makeVerifierKey(name, type, publicBytes(privateKey));
  if (!made.ok) throw new Error(made.reason);
  const key = made.value;
  return {
    key,
    vkey: writeVerifierKey(key),
    line(text, time = 1_764_000_000n) {
      if (type === COSIGNATURE_V1) {
        return cosignatureLine(key, time, sign(null, cosignedMessage(text, time), privateKey));
      }
      const signature = sign(null, Buffer.from(text), privateKey);
      const bytes = Buffer.concat([Buffer.from(key.id, 'hex'), signature]);
      return `— ${name} ${bytes.toString('base64')}\n`;
    },
  };
}

export const ORIGIN = 'registry.example/log';
export const LOG = noteSigner(ORIGIN, LOG_SEED, ED25519);
export const WITNESS = noteSigner('witness.example/w1', WITNESS_SEED, COSIGNATURE_V1);

export const POLICY_TEXT = `log ${LOG.vkey}\nwitness w1 ${WITNESS.vkey}\nquorum w1\n`;
