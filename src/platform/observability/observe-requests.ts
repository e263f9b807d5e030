import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, register, Registry } from 'prom-client';

/** The process's metrics in Prometheus' text format. */
export const METRICS: Registry = register;

const requests = new Histogram({
  name: 'fermata_http_request_duration_seconds',
  help: 'Time from the request’s arrival to the end of its answer, by route and status.',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
});

/** Gives every answer its request id, one log line and one measurement. */
export function observeRequests(fastify: FastifyInstance): void {
  if (!register.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics();
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    // The route's pattern, never the address: labels must be few and hold nobody's question.
    const route = request.routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / 1000;
    requests.labels(request.method, route, String(reply.statusCode)).observe(seconds);
    request.log.info({
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 100) / 100,
    });
    done();
  });
}
