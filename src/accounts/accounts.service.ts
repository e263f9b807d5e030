import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock, DomainProblem, newId } from '#kernel';
import { Database, invalid } from '#platform';
import { requireSession } from './access/require-session.js';
import { AccountsRepository } from './accounts.repository.js';
import { Credentials } from './credentials.service.js';
import type { Actor } from './domain/actor.js';
import { emailKey } from './domain/email.js';
import { judgePassword, PASSWORD_REFUSALS } from './domain/password-policy.js';
import type { Role } from './domain/scopes.js';
import { AccountEntity } from './entities/account.entity.js';
import { PasswordHasher } from './password-hasher.service.js';
import { SessionsRepository } from './sessions.repository.js';
import { SignInAttempts } from './sign-in-attempts.service.js';

export interface SignUp {
  email: string;
  password: string;
  displayName: string;
  role: Exclude<Role, 'operator'>;
}

export interface PasswordChange {
  current: string;
  next: string;
}

/** By whom attempts count, and the answer that says how many are left. */
export interface Caller {
  client: string;
  reply: FastifyReply;
}

@Injectable()
export class AccountsService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly hasher: PasswordHasher,
    private readonly attempts: SignInAttempts,
    private readonly credentials: Credentials,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes an account. Refuses a password against the policy with `request/invalid` and a taken
   * address with `accounts/email-taken`. That refusal tells a stranger that the address has an
   * account. The way around it is to answer always the same and to write to the address; there is
   * no mailer yet, and without one the honest owner would be told nothing at all. The limit on
   * attempts from one address keeps it from being asked for whole lists.
   */
  async signUp(request: SignUp, caller: Caller): Promise<AccountEntity> {
    await this.attempts.take({ client: caller.client }, caller.reply);
    refuseWeakPassword(request.password, request, '/password');
    const key = emailKey(request.email);
    if (await this.accounts.findByEmailKey(key)) throw emailTaken();
    const account: AccountEntity = {
      accountId: newId('account'),
      email: request.email.trim(),
      emailKey: key,
      passwordHash: await this.hasher.hash(request.password),
      displayName: request.displayName,
      roles: [request.role],
      createdAt: new Date(this.clock.now()),
      disabledAt: null,
      erasedAt: null,
    };
    const inserted = await this.database.transaction((tx) => this.accounts.insert(tx, account));
    if (!inserted) throw emailTaken();
    return account;
  }

  /** The account of the actor. */
  async get(actor: Actor): Promise<AccountEntity> {
    const account = await this.accounts.find(actor.accountId);
    if (!account) throw new DomainProblem('accounts/not-found', 'There is no such account.');
    return account;
  }

  /**
   * Sets a new password and ends all other sessions of the account. API keys stay: they carry no
   * password, and programs would stop. Throws `accounts/wrong-password`.
   */
  async changePassword(actor: Actor, change: PasswordChange, caller: Caller): Promise<void> {
    const { current, next } = change;
    const account = await this.confirmPassword(actor, current, caller);
    refuseWeakPassword(next, account, '/newPassword');
    const passwordHash = await this.hasher.hash(next);
    const { accountId, credentialId } = actor;
    await this.database.transaction(async (tx) => {
      // The account first: opening a session locks it, so none is opened with the old password.
      await this.accounts.setPasswordHash(tx, accountId, passwordHash);
      const now = new Date(this.clock.now());
      await this.sessions.revokeAll(tx, { accountId, except: credentialId }, now);
    });
    this.credentials.forgetAccount(accountId);
  }

  /**
   * The account, if a person is signed in and gives its password once more: for what can't be undone.
   * Throws `accounts/wrong-password`, after which nothing was changed.
   */
  async confirmPassword(actor: Actor, password: string, caller: Caller): Promise<AccountEntity> {
    requireSession(actor);
    const account = await this.get(actor);
    // A stolen session must not become a place to guess the password.
    await this.attempts.take({ client: caller.client, emailKey: account.emailKey }, caller.reply);
    if (!(await this.hasher.verify(account.passwordHash, password))) {
      throw new DomainProblem(
        'accounts/wrong-password',
        'The current password is not right; nothing was changed.',
      );
    }
    return account;
  }

  /** Disables an account: its sessions end, its keys open nothing. What it declared stays. */
  async disable(accountId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const now = new Date(this.clock.now());
      await this.accounts.setDisabled(tx, accountId, now);
      await this.sessions.revokeAll(tx, { accountId }, now);
    });
    this.credentials.forgetAccount(accountId);
  }
}

function refuseWeakPassword(
  password: string,
  account: { email: string; displayName: string },
  pointer: string,
): void {
  const verdict = judgePassword(password, account);
  if (verdict === 'acceptable') return;
  throw invalid([{ pointer, detail: `the password ${PASSWORD_REFUSALS[verdict]}` }]);
}

function emailTaken(): DomainProblem {
  return new DomainProblem(
    'accounts/email-taken',
    'There is an account with this e-mail address already; sign in instead.',
  );
}
