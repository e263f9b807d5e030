import type { Role, Scope } from './scopes.js';

/** Who is asking, proven by a session or an API key. */
export interface Actor {
  readonly accountId: string;
  readonly roles: readonly Role[];
  /** What this credential may do: never more than the account's roles. */
  readonly scopes: ReadonlySet<Scope>;
  readonly via: 'session' | 'api_key';
  /** The session or API key used. */
  readonly credentialId: string;
}
