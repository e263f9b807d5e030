import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { DomainProblem, invariant } from '#kernel';
import { Config, RateLimits } from '#platform';
import type { Actor } from '../domain/actor.js';
import { Authentication } from '../passport/authentication.js';
import { ACCESS, type AccessRule, OWN_RATE_LIMIT } from './access.decorators.js';
import type { AccessRequest } from './access-request.js';
import { clientOfAddress } from './client-of-address.js';
import { refuseCrossSite } from './cross-site.js';
import { clearSessionCookie, sessionCookieOf } from './session-cookie.js';

/**
 * Stands before every route and lets nothing through that did not declare its access. Sets
 * `request.actor` and `request.clientId`, and counts the general limit on requests.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
    private readonly limits: RateLimits,
    private readonly config: Config,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, targets);
    invariant(rule, 'a route without declared access was served; AccessAudit refuses to start it');
    const limited = !this.reflector.getAllAndOverride<boolean | undefined>(OWN_RATE_LIMIT, targets);
    const http = context.switchToHttp();
    const request = http.getRequest<AccessRequest>();
    request.clientId = clientOfAddress(request.ip);
    const { authorization, cookie } = request.headers;
    if (authorization === undefined && cookie === undefined && rule.kind === 'public' && !limited) {
      // The hot path of lookups: no promise, no passport.
      return true;
    }
    return this.admit(rule, limited, request, http.getResponse<FastifyReply>());
  }

  private async admit(
    rule: AccessRule,
    limited: boolean,
    request: AccessRequest,
    reply: FastifyReply,
  ): Promise<boolean> {
    const actor = await this.findActor(request, reply);
    if (actor) {
      request.actor = actor;
      request.clientId = `account:${actor.accountId}`;
    }
    if (limited) await this.count(request, reply);
    refuseUnlessAllowed(rule, actor);
    // Answers to somebody are for nobody else; a handler that knows better may say so.
    if (rule.kind !== 'public') reply.header('Cache-Control', 'no-store');
    return true;
  }

  private async findActor(request: AccessRequest, reply: FastifyReply): Promise<Actor | null> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const actor = await this.authentication.byAuthorization(authorization);
      if (actor) return actor;
      // Guessing keys is counted on every route, so that it can't go faster than anything else.
      await this.count(request, reply);
      throw notSignedIn(
        'The credential in Authorization is malformed, unknown, expired or revoked.',
      );
    }
    const token = sessionCookieOf(request, this.config);
    if (token === undefined) return null;
    refuseCrossSite(request, this.config, { whenUnsaid: 'refuse' });
    const actor = await this.authentication.bySessionCookie(token);
    // Browsers send a stale cookie unasked. Refusing it would lock its owner out of signing in.
    if (!actor) clearSessionCookie(reply, this.config);
    return actor;
  }

  private count(request: AccessRequest, reply: FastifyReply): Promise<void> {
    const quota = this.config.REQUESTS_PER_MINUTE;
    const policy = { name: 'requests', quota, windowSeconds: 60 };
    return this.limits.consume(policy, request.clientId!, 1, reply);
  }
}

function refuseUnlessAllowed(rule: AccessRule, actor: Actor | null): void {
  if (rule.kind === 'public') return;
  if (!actor) {
    throw notSignedIn('Sign in, or send an API key as "Authorization: Bearer …".');
  }
  if (rule.kind === 'scope' && !actor.scopes.has(rule.scope)) {
    const holder = actor.via === 'session' ? 'account' : 'API key';
    throw new DomainProblem(
      'accounts/not-allowed',
      `This needs the scope ${rule.scope}, which this ${holder} does not have.`,
      { scope: rule.scope },
    );
  }
}

function notSignedIn(detail: string): DomainProblem {
  return new DomainProblem('accounts/not-signed-in', detail);
}
