import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Config, type Transaction } from '#platform';
import { requireSession } from './access/require-session.js';
import { clearSessionCookie } from './access/session-cookie.js';
import { AccountErasureRepository, type ErasableAccount } from './account-erasure.repository.js';
import { AccountsService, type Caller } from './accounts.service.js';
import { Credentials } from './credentials.service.js';
import type { Actor } from './domain/actor.js';

/** The part of an erasure that accounts do themselves. */
@Injectable()
export class AccountErasure {
  constructor(
    private readonly accounts: AccountsService,
    private readonly rows: AccountErasureRepository,
    private readonly credentials: Credentials,
    private readonly config: Config,
  ) {}

  /** Refuses API keys: only a person who is signed in asks for all that is kept. */
  requirePerson(actor: Actor): void {
    requireSession(actor);
  }

  /** Lets only a person pass who is signed in and gives the password once more. */
  async confirm(actor: Actor, password: string, caller: Caller): Promise<void> {
    await this.accounts.confirmPassword(actor, password, caller);
  }

  lock(tx: Transaction, accountIds: readonly string[]): Promise<ErasableAccount[]> {
    return this.rows.lock(tx, accountIds);
  }

  erase(tx: Transaction, accountIds: readonly string[], at: Date): Promise<void> {
    return this.rows.erase(tx, accountIds, at);
  }

  /** To be called after the commit: credentials that this process remembers open nothing more. */
  signOut(accountIds: readonly string[], reply?: FastifyReply): void {
    for (const accountId of accountIds) this.credentials.forgetAccount(accountId);
    if (reply) clearSessionCookie(reply, this.config);
  }

  listErased(): Promise<{ id: string; erasedAt: Date }[]> {
    return this.rows.listErased();
  }

  describe(accountId: string): Promise<Record<string, unknown>> {
    return this.rows.describe(accountId);
  }
}
