import type { Json } from '../../support/factories/lookup.js';
import type { Registry, Somebody } from '../../support/factories/registry.js';
import { type Misbehaviour, SoftAuthenticator } from '../../support/soft-authenticator.js';

/** Somebody with a passkey of their own. */
export class Signer {
  readonly authenticator = new SoftAuthenticator();
  passkey = '';

  constructor(
    private readonly registry: Registry,
    readonly who: Somebody,
  ) {}

  /** Binds the passkey; `signature` where the party asks for one. */
  async bind(signature?: Json, label = 'my telephone'): Promise<Json> {
    const credential = this.authenticator.create(await this.bindingOptions(signature));
    const bound = await this.registry.post(this.url('/passkeys'), this.who.token, {
      label,
      credential,
    });
    this.passkey = bound['id'];
    return bound;
  }

  async bindingOptions(signature: Json = {}): Promise<Json> {
    const url = this.url('/passkeys/options');
    return (await this.registry.post(url, this.who.token, signature))['publicKey'];
  }

  /** The signature under what `url` gives options for. */
  async sign(url: string, body: Json, how: Misbehaviour = {}): Promise<Json> {
    const { publicKey, nonce } = await this.registry.post(url, this.who.token, body);
    return { assertion: this.authenticator.get(publicKey, how), nonce };
  }

  /** A wish with its signature, ready to be declared. */
  async signed(wish: Json, how: Misbehaviour = {}): Promise<Json> {
    const body = { party: this.who.party, subject: { kind: 'party' }, ...wish };
    return { ...body, ...(await this.sign('/v1/declarations/signing-options', body, how)) };
  }

  url(path: string): string {
    return `/v1/parties/${this.who.party}${path}`;
  }
}
