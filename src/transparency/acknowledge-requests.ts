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
    const size = acknowledgements.written;
    if (size === 0 || reply.statusCode >= 400) return payload;
    const checkpoint = await acknowledgements.covering(size);
    reply.header('Fermata-Log-Size', checkpoint?.size ?? size);
    if (checkpoint === null) {
      reply.code(202);
      reply.header('Fermata-Log-Status', `/v1/log/leaves/${size - 1}`);
    }
    return payload;
  });
}
