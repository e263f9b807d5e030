/**
 * accounts — who may act: accounts, sessions and API keys, roles and scopes, and the guard that
 * asks for them. Tables: accounts, sessions, api_keys. Invariants: a route that declares no access
 * fails at start; secrets are stored as hashes only; a credential never carries more than the
 * roles of its account.
 */
export { CurrentActor, Public, RequireScope } from './access/access.decorators.js';
export type { Actor } from './domain/actor.js';
export { type Role, type Scope } from './domain/scopes.js';
