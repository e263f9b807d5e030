import type { FastifyRequest } from 'fastify';
import { DomainProblem } from '#kernel';
import type { Config } from '#platform';
import { isSameOrigin } from '../domain/same-origin.js';

/**
 * Refuses with `accounts/cross-site` a change that a browser makes for a page of another site.
 * `whenUnsaid` says what to do with a client that sends neither Origin nor Sec-Fetch-Site: with a
 * session cookie it is refused.
 */
export function refuseCrossSite(
  request: FastifyRequest,
  config: Config,
  { whenUnsaid }: { whenUnsaid: 'refuse' | 'allow' },
): void {
  const { origin } = request.headers;
  const header = request.headers['sec-fetch-site'];
  const fetchSite = Array.isArray(header) ? header.join() : header;
  if (whenUnsaid === 'allow' && origin === undefined && fetchSite === undefined) return;
  // A page can't choose the Host that its browser sends, so what it names is where we are.
  const own = [`${request.protocol}://${request.host}`];
  if (config.PUBLIC_URL) own.push(new URL(config.PUBLIC_URL).origin);
  if (isSameOrigin({ method: request.method, fetchSite, origin }, own)) return;
  throw new DomainProblem(
    'accounts/cross-site',
    'A change with a session cookie must come from the registry’s own pages; programs send the token as "Authorization: Bearer …".',
  );
}
