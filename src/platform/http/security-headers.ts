import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** What every answer carries; for data no browser may run, frame or guess anything. */
const OF_DATA = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
};

/**
 * Security headers: pages for people carry the whole set of helmet's, with a policy that runs nothing
 * inline; data carries three constants, because helmet works its headers out anew for each request and
 * a lookup has better things to do.
 */
export async function registerSecurityHeaders(
  fastify: FastifyInstance,
  options: { hsts: boolean },
): Promise<void> {
  await fastify.register(helmet, {
    global: false,
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        upgradeInsecureRequests: null,
      },
    },
    hsts: options.hsts,
  });
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.headers(OF_DATA);
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (String(reply.getHeader('content-type')).startsWith('text/html')) reply.helmet();
    done(null, payload);
  });
}
