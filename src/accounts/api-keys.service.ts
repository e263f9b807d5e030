import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DomainProblem, isId, newId, sha256 } from '#kernel';
import { Database, invalid, type Page, pageOf, type PageQuery, pageRequest } from '#platform';
import { requireSession } from './access/require-session.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { Credentials } from './credentials.service.js';
import type { Actor } from './domain/actor.js';
import { newApiKeySecret } from './domain/api-key-secret.js';
import type { Scope } from './domain/scopes.js';
import type { ApiKeyEntity } from './entities/api-key.entity.js';

/** Enough for one per program and its successor; a bound all the same. */
const KEYS_MAX = 100;

export interface NewApiKey {
  name: string;
  scopes: Scope[];
  expiresAt: Date | null;
}

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly database: Database,
    private readonly keys: ApiKeysRepository,
    private readonly credentials: Credentials,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a key that carries no more than its account does. The secret is in this answer and
   * nowhere else. Throws `accounts/session-required` and `accounts/too-many-keys`.
   */
  async create(actor: Actor, wish: NewApiKey): Promise<{ key: ApiKeyEntity; secret: string }> {
    requireSession(actor);
    const now = this.clock.now();
    refuseUnfit(actor, wish, now);
    const secret = newApiKeySecret(randomBytes);
    const key: ApiKeyEntity = {
      apiKeyId: newId('apiKey'),
      accountId: actor.accountId,
      name: wish.name,
      secretHash: sha256(secret),
      lastFour: secret.slice(-4),
      scopes: wish.scopes,
      createdAt: new Date(now),
      expiresAt: wish.expiresAt,
      lastUsedAt: null,
      revokedAt: null,
    };
    await this.database.transaction(async (tx) => {
      if ((await this.keys.countKept(tx, actor.accountId)) >= KEYS_MAX) {
        throw new DomainProblem(
          'accounts/too-many-keys',
          `An account may have ${KEYS_MAX} API keys; revoke one first.`,
        );
      }
      await this.keys.insert(tx, key);
    });
    return { key, secret };
  }

  /** The actor's keys that are not revoked, oldest first. */
  async list(actor: Actor, query: PageQuery): Promise<Page<ApiKeyEntity>> {
    const page = pageRequest(query);
    const rows = await this.keys.listKept(actor.accountId, page);
    return pageOf(
      rows,
      page,
      (key) => key.apiKeyId,
      (key) => key,
    );
  }

  /** Revokes one of the actor's keys, at once. Throws `accounts/not-found`. */
  async revoke({ accountId }: Actor, apiKeyId: string): Promise<void> {
    const now = new Date(this.clock.now());
    const revoked =
      isId('apiKey', apiKeyId) &&
      (await this.database.transaction((tx) => this.keys.revoke(tx, { accountId, apiKeyId }, now)));
    if (!revoked) throw new DomainProblem('accounts/not-found', 'You have no such API key.');
    this.credentials.forgetCredential(apiKeyId);
  }
}

function refuseUnfit(actor: Actor, { scopes, expiresAt }: NewApiKey, now: number): void {
  const faults = scopes.flatMap((scope, index) =>
    actor.scopes.has(scope)
      ? []
      : [{ pointer: `/scopes/${index}`, detail: `your account does not have the scope ${scope}` }],
  );
  if (expiresAt !== null && !(expiresAt.getTime() > now)) {
    faults.push({ pointer: '/expiresAt', detail: 'must be an instant in the future' });
  }
  if (faults.length > 0) throw invalid(faults);
}
