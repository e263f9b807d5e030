import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DomainProblem, isId, newId, sha256 } from '#kernel';
import { Database, type Page, pageOf, type PageQuery, pageRequest } from '#platform';
import { requireSession } from './access/require-session.js';
import { Credentials } from './credentials.service.js';
import type { Actor } from './domain/actor.js';
import { ABSOLUTE_MS, newSessionToken } from './domain/session-lifetime.js';
import type { AccountEntity } from './entities/account.entity.js';
import { type SessionRow, SessionsQuery } from './sessions.query.js';
import { SessionsRepository } from './sessions.repository.js';

/** A session just opened; its token is known here and to the client alone. */
export interface OpenedSession {
  sessionId: string;
  token: string;
  expiresAt: Date;
}

@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
    private readonly query: SessionsQuery,
    private readonly credentials: Credentials,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a session for an account whose password was just checked, in place of the session that
   * came with the request, if any. Null if the password changed or the account was disabled since.
   */
  async open(account: AccountEntity, replaced: Actor | null): Promise<OpenedSession | null> {
    const now = this.clock.now();
    const token = newSessionToken(randomBytes);
    const session = {
      sessionId: newId('session'),
      accountId: account.accountId,
      tokenHash: sha256(token),
      createdAt: new Date(now),
      lastUsedAt: new Date(now),
      expiresAt: new Date(now + ABSOLUTE_MS),
      revokedAt: null,
    };
    const opened = await this.database.transaction((tx) =>
      this.sessions.insertFor(tx, session, account.passwordHash),
    );
    if (!opened) return null;
    if (replaced?.via === 'session') await this.end(replaced, replaced.credentialId);
    return { sessionId: session.sessionId, token, expiresAt: session.expiresAt };
  }

  /** Ends the session of the request. */
  async endCurrent(actor: Actor): Promise<void> {
    requireSession(actor);
    await this.end(actor, actor.credentialId);
  }

  /** Ends one of the actor's sessions. Throws `accounts/not-found`. */
  async revoke(actor: Actor, sessionId: string): Promise<void> {
    if (isId('session', sessionId) && (await this.end(actor, sessionId))) return;
    throw new DomainProblem('accounts/not-found', 'You have no such session.');
  }

  /** The actor's sessions that live, oldest first. */
  async list(actor: Actor, query: PageQuery): Promise<Page<SessionRow>> {
    const page = pageRequest(query);
    const rows = await this.query.listAlive(actor.accountId, page, this.clock.now());
    return pageOf(
      rows,
      page,
      (row) => row.sessionId,
      (row) => row,
    );
  }

  private async end({ accountId }: Actor, sessionId: string): Promise<boolean> {
    const now = new Date(this.clock.now());
    const ended = await this.database.transaction((tx) =>
      this.sessions.revoke(tx, { accountId, sessionId }, now),
    );
    this.credentials.forgetCredential(sessionId);
    return ended;
  }
}
