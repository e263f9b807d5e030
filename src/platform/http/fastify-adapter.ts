import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type FastifyError, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Config } from '../config/load-config.js';

const MIB = 1024 * 1024;

/** Bodies of ordinary routes; bulk routes name their own limit. */
const BODY_LIMIT = MIB;

/**
 * Nest puts its own error handler in front of ours for faults from outside its pipeline, such as a
 * body that could not be read. They are problems like all others, so ours stays the only one.
 */
class OneErrorHandlerAdapter extends FastifyAdapter {
  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return undefined as never;
  }
}

/**
 * Fastify with the limits of docs/operations: slow clients are cut (headers within 10 s, the whole
 * request within 30 s), bodies are bounded, secrets never reach the log.
 */
export function fastifyAdapter(config: Config): FastifyAdapter {
  return new OneErrorHandlerAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: (_address, hop) => hop < config.TRUSTED_PROXIES,
    requestTimeout: 30_000,
    keepAliveTimeout: 15_000,
    // A stop lets running requests finish; what is still asked on an open connection is answered too.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
    },
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 1_000 },
    routerOptions: { maxParamLength: 1_024 },
    // Addresses that the router itself can't read are problems like all others.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      reply.header('X-Request-Id', request.id);
      reply.server.errorHandler(error, request, reply);
    },
    logger: {
      level: config.LOG_LEVEL,
      // Data goes to stdout, what the server tells of itself to stderr.
      stream: process.stderr,
      redact: {
        paths: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
        censor: '[redacted]',
      },
      serializers: {
        req: (request: { method: string; url: string; id: string }) => ({
          method: request.method,
          // Queries may name what somebody asked about; the path alone tells the route.
          path: request.url.split('?')[0],
        }),
      },
    },
    // observeRequests writes one line a request; Fastify's own two say less.
    logController: new LogController({ disableRequestLogging: true }),
  });
}
