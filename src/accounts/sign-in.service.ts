import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DomainProblem } from '#kernel';
import { Config } from '#platform';
import type { AccessRequest } from './access/access-request.js';
import { clientOfAddress } from './access/client-of-address.js';
import { refuseCrossSite } from './access/cross-site.js';
import { clearSessionCookie, setSessionCookie } from './access/session-cookie.js';
import type { Actor } from './domain/actor.js';
import { emailKey } from './domain/email.js';
import type { AccountEntity } from './entities/account.entity.js';
import { Authentication } from './passport/authentication.js';
import { type OpenedSession, SessionsService } from './sessions.service.js';
import { SignInAttempts } from './sign-in-attempts.service.js';

/** One sign-in as it came: what was typed, and where the answer's cookie goes. */
export interface SignIn {
  email: string;
  password: string;
}

/** Signing in and out, cookie and all. */
@Injectable()
export class SignInService {
  constructor(
    private readonly attempts: SignInAttempts,
    private readonly authentication: Authentication,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  /**
   * Opens a session for the right address and password. An unknown address and a wrong password
   * get the same answer, `accounts/sign-in-refused`, after the same work. Throws
   * `request/rate-limited`, and `accounts/disabled` to those who know the password.
   */
  async signIn(
    { email, password }: SignIn,
    request: AccessRequest,
    reply: FastifyReply,
  ): Promise<{ account: AccountEntity; session: OpenedSession }> {
    // Else another site could sign a visitor in to an account that is not the visitor's.
    refuseCrossSite(request, this.config, { whenUnsaid: 'allow' });
    const client = clientOfAddress(request.ip);
    await this.attempts.take({ client, emailKey: emailKey(email) }, reply);
    const account = await this.authentication.byPassword({ email, password });
    if (!account) throw refused();
    if (account.disabledAt) {
      throw new DomainProblem('accounts/disabled', 'This account has been disabled.');
    }
    const session = await this.sessions.open(account, request.actor ?? null);
    if (!session) throw refused();
    setSessionCookie(reply, this.config, session.token);
    return { account, session };
  }

  /** Ends the session of the request and takes its cookie back. */
  async signOut(actor: Actor, reply: FastifyReply): Promise<void> {
    await this.sessions.endCurrent(actor);
    clearSessionCookie(reply, this.config);
  }
}

function refused(): DomainProblem {
  return new DomainProblem(
    'accounts/sign-in-refused',
    'The e-mail address or the password is wrong.',
  );
}
