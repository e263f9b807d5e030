import { Injectable } from '@nestjs/common';
import passport, { type Strategy } from 'passport';
import type { Actor } from '../domain/actor.js';
import type { AccountEntity } from '../entities/account.entity.js';
import { BearerStrategy } from './bearer.strategy.js';
import { LocalStrategy } from './local.strategy.js';
import { SessionCookieStrategy } from './session-cookie.strategy.js';

/**
 * Asks passport. Each strategy sees only the part of the request that it is about: given the whole
 * one, passport would hang `logIn` and its like on it, and the bearer strategy would take an
 * `access_token` from the query or the body as well, where secrets end up in logs.
 *
 * The strategies are handed over as objects, not by name, because names live in one table of the
 * whole process, where a second application (as in tests) would replace those of the first.
 */
@Injectable()
export class Authentication {
  constructor(
    private readonly bearer: BearerStrategy,
    private readonly sessionCookie: SessionCookieStrategy,
    private readonly local: LocalStrategy,
  ) {}

  /** The actor of an Authorization header; null if the header is anything but a good one. */
  byAuthorization(authorization: string): Promise<Actor | null> {
    return ask(this.bearer, { headers: { authorization } });
  }

  /** The actor of a session cookie. */
  bySessionCookie(sessionCookie: string): Promise<Actor | null> {
    return ask(this.sessionCookie, { sessionCookie });
  }

  /** The account with this address and password. */
  byPassword(body: { email: string; password: string }): Promise<AccountEntity | null> {
    return ask(this.local, { body });
  }
}

function ask<T>(strategy: Strategy, request: object): Promise<T | null> {
  // Passport writes the outcome's callbacks on the object it is given; each request needs its own.
  const attempt = Object.create(strategy) as Strategy;
  return new Promise((resolve, reject) => {
    const answer = (error: unknown, user?: T | false | null) =>
      error ? reject(error) : resolve(user || null);
    passport.authenticate(attempt, { session: false }, answer)(request, undefined, reject);
  });
}
