import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Acknowledgements } from './acknowledgements.service.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Holds back the answer to every change until a signed checkpoint covers its leaves, and says how
 * large the log was: `Fermata-Log-Size`. Where none comes in five seconds the answer is 202 with the
 * address under which the leaf's state can be asked for (`Fermata-Log-Status`). Routes that only read
 * by another method than GET say so in their config: `isRead`.
 */
export function acknowledgeRequests(
  fastify: FastifyInstance,
  acknowledgements: Acknowledgements,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isRead(request)) return done();
    const end = acknowledgements.watchFrom(done);
    if (reply.raw.closed) end();
    else reply.raw.once('close', end);
  });
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (!isRead(request) && reply.statusCode < 400) await acknowledge(reply, acknowledgements);
    return payload;
  });
}

async function acknowledge(reply: FastifyReply, acknowledgements: Acknowledgements): Promise<void> {
  if (reply.getHeader('idempotency-replayed') === 'true') await acknowledgements.awaitHead();
  const settled = await acknowledgements.settle();
  if (settled === null) return;
  if (settled === 'pending') {
    reply.code(202);
    reply.header('Fermata-Log-Status', `/v1/log/leaves/${acknowledgements.awaited - 1}`);
  }
  reply.header('Fermata-Log-Size', settled === 'pending' ? acknowledgements.awaited : settled.size);
}

/** Whether a request can change nothing: by its method, or as its route's config says. */
function isRead({ method, routeOptions }: FastifyRequest): boolean {
  return (
    SAFE.has(method) || (routeOptions.config as { isRead?: boolean } | undefined)?.isRead === true
  );
}
