import type { FastifyInstance } from 'fastify';

export const NDJSON = 'application/x-ndjson';

/** 10,000 items of about 200 bytes. */
export const LOOKUPS_BODY_LIMIT = 2 * 1024 * 1024;

/**
 * Lets Fastify take NDJSON as text, and gives routes that name a `bodyLimit` in their config that
 * limit: Nest has no decorator for it. Must run before routes are registered.
 */
export function registerLookupBody(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    NDJSON,
    { parseAs: 'string', bodyLimit: LOOKUPS_BODY_LIMIT },
    (_request, text, done) => done(null, text),
  );
  fastify.addHook('onRoute', (route) => {
    const { bodyLimit } = (route.config ?? {}) as { bodyLimit?: number };
    if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
  });
}
