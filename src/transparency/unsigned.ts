import { Checkpoints, SigningKeys } from './ports.js';

/** The ports of a registry that signs nothing: it says so instead of making up a key. */
export class NoSigningKeys extends SigningKeys {
  current(): never {
    throw new Error('a registry without keys signs nothing');
  }

  jwks() {
    return { keys: [] };
  }
}

export class NoCheckpoints extends Checkpoints {
  readonly latest = null;
  readonly stopped = 'this registry has no key for its log';

  async covering(): Promise<null> {
    return null;
  }
}
