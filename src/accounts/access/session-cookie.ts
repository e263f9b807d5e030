import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#platform';
import { ABSOLUTE_MS } from '../domain/session-lifetime.js';

/**
 * The `__Host-` prefix makes browsers refuse the cookie unless it is Secure, of this host alone and
 * for all of it; over plain http (development) it could not be set at all.
 */
function cookieOf(config: Config): { name: string; secure: boolean } {
  const secure = config.PUBLIC_URL?.startsWith('https:') ?? false;
  return { name: secure ? '__Host-fermata' : 'fermata', secure };
}

/** The session token that a cookie brought, well-formed or not. */
export function sessionCookieOf(request: FastifyRequest, config: Config): string | undefined {
  return request.headers.cookie === undefined ? undefined : request.cookies[cookieOf(config).name];
}

export function setSessionCookie(reply: FastifyReply, config: Config, token: string): void {
  const { name, secure } = cookieOf(config);
  void reply.setCookie(name, token, {
    path: '/',
    httpOnly: true,
    secure,
    sameSite: 'lax',
    maxAge: ABSOLUTE_MS / 1000,
  });
}

export function clearSessionCookie(reply: FastifyReply, config: Config): void {
  const { name, secure } = cookieOf(config);
  void reply.clearCookie(name, { path: '/', httpOnly: true, secure, sameSite: 'lax' });
}
