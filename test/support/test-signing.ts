import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { Database } from '#platform';
import { Checkpoints, type SignedCheckpoint, SigningKeys } from '#transparency';
import { Receipts } from '../../src/lookup/receipts/receipts.service.js';
import type { TestApp } from './test-app.js';

/** The first secret key of RFC 8032 §7.1: published, so good for vectors and for nothing else. */
const RFC_8032_SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const PKCS8_OF_ED25519 = '302e020100300506032b657004220420';

export class TestKeys extends SigningKeys {
  private readonly secret = createPrivateKey({
    key: Buffer.from(PKCS8_OF_ED25519 + RFC_8032_SEED, 'hex'),
    ...{ format: 'der', type: 'pkcs8' },
  });
  readonly publicKey: KeyObject = createPublicKey(this.secret);
  readonly jwk = { crv: 'Ed25519', kty: 'OKP', x: this.publicKey.export({ format: 'jwk' }).x! };
  /** RFC 7638: SHA-256 of the required members in their order. */
  readonly kid = createHash('sha256').update(JSON.stringify(this.jwk)).digest('base64url');

  current() {
    return { kid: this.kid, sign: (data: Uint8Array) => sign(null, data, this.secret) };
  }

  jwks() {
    return { keys: [{ ...this.jwk, kid: this.kid, use: 'sig' }] };
  }
}

/** Publishes the head of the log whenever somebody waits for it, unless it is told to be slow. */
export class TestCheckpoints extends Checkpoints {
  latest: SignedCheckpoint | null = null;
  stopped: string | null = null;
  isSlow = false;

  constructor(private readonly readHead: () => Promise<{ size: string; root: Buffer }>) {
    super();
  }

  async covering(size: number): Promise<SignedCheckpoint | null> {
    if (!this.isSlow && (this.latest?.size ?? -1) < size) {
      const head = await this.readHead();
      this.latest = {
        origin: 'test.example/log',
        size: Number(head.size),
        root: head.root,
        note: '',
      };
    }
    return this.latest !== null && this.latest.size >= size ? this.latest : null;
  }
}

/** Lets receipts be signed with a key and a publisher of the test's own. */
export function signForTest(house: TestApp): { keys: TestKeys; checkpoints: TestCheckpoints } {
  const { dataSource } = house.app.get(Database);
  const keys = new TestKeys();
  const checkpoints = new TestCheckpoints(async () => {
    const [head] = await dataSource.query('SELECT size, root FROM log_head');
    return head;
  });
  Object.assign(house.app.get(Receipts, { strict: false }), { keys, checkpoints });
  return { keys, checkpoints };
}
