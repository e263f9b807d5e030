import type { FastifyInstance } from 'fastify';
import type { Acknowledgements } from './acknowledgements.service.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Holds back the answer to every change until a signed checkpoint covers its leaves, and says how
 * large the log was: `Fermata-Log-Size`. Where none comes in five seconds the answer is 202 with the
 * address under which the leaf's state can be asked for (`Fermata-Log-Status`).
 */
export function acknowledgeRequests(
  fastify: FastifyInstance,
  acknowledgements: Acknowledgements,
): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (SAFE.has(request.method)) done();
    else acknowledgements.watch(done);
  });
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (SAFE.has(request.method)) return payload;
    if (reply.statusCode >= 400) return payload;
    if (reply.getHeader('idempotency-replayed') === 'true') await acknowledgements.awaitHead();
    const settled = await acknowledgements.settle();
    if (settled === null) return payload;
    if (settled === 'pending') {
      reply.code(202);
      reply.header('Fermata-Log-Status', `/v1/log/leaves/${acknowledgements.awaited - 1}`);
    }
    reply.header(
      'Fermata-Log-Size',
      settled === 'pending' ? acknowledgements.awaited : settled.size,
    );
    return payload;
  });
}
