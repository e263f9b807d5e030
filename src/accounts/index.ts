/**
 * accounts — who may act: accounts, sessions and API keys, roles and scopes, and the guard that
 * asks for them.
 *
 * Owns: accounts, sessions, api_keys.
 * Invariants:
 *   1. A route that declares no access fails at start.
 *   2. Secrets are stored as hashes only.
 *   3. A credential never carries more than the roles of its account.
 *   4. What belongs to another account looks the same as what does not exist.
 */
import { AccountEntity } from './entities/account.entity.js';
import { ApiKeyEntity } from './entities/api-key.entity.js';
import { SessionEntity } from './entities/session.entity.js';

export {
  ACCESS,
  type AccessRule,
  CurrentActor,
  OwnRateLimit,
  Public,
  RequireScope,
} from './access/access.decorators.js';
export { AccessGuard } from './access/access.guard.js';
export type { AccessRequest } from './access/access-request.js';
export { AccountErasure } from './account-erasure.service.js';
export { requireSession } from './access/require-session.js';
export { ACCOUNTS_PROBLEMS } from './accounts.errors.js';
export { AccountsModule } from './accounts.module.js';
export type { Actor } from './domain/actor.js';
export type { Role, Scope } from './domain/scopes.js';
export { OperatorGrants } from './operator-grants.service.js';

export const ACCOUNTS_ENTITIES = [AccountEntity, SessionEntity, ApiKeyEntity];
