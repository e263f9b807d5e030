import cookie from '@fastify/cookie';
import underPressure from '@fastify/under-pressure';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Clock } from '#kernel';
import { DomainProblem } from '#kernel';
import {
  type Config,
  fastifyAdapter,
  observeRequests,
  ProblemFilter,
  refuseNulInAddress,
  registerJsonBody,
  registerStreamedBodies,
  registerSecurityHeaders,
  StructuredLogger,
  validationPipe,
} from '#platform';
import { OpenApi } from '#portal';
import { acknowledgeRequests, Acknowledgements } from '#transparency';

/**
 * The application, ready to listen; `main.ts` and the tests make theirs here. The database that
 * `config` names must be migrated. `clock` is the system's unless a test brings its own.
 */
export async function createApp(config: Config, clock?: Clock): Promise<NestFastifyApplication> {
  const adapter = fastifyAdapter(config);
  const fastify = adapter.getInstance();
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, clock),
    adapter,
    {
      logger: new StructuredLogger(fastify.log),
      bodyParser: false,
      abortOnError: false,
    },
  );
  registerJsonBody(fastify);
  registerStreamedBodies(fastify);
  const problems = app.get(ProblemFilter);
  fastify.setErrorHandler((error, request, reply) => problems.send(error, request, reply));
  observeRequests(fastify);
  refuseNulInAddress(fastify);
  acknowledgeRequests(fastify, app.get(Acknowledgements));
  await app.register(cookie);
  await registerSecurityHeaders(fastify, { hsts: config.NODE_ENV === 'production' });
  await app.register(underPressure, {
    maxEventLoopDelay: config.LAG_MAX_MS,
    pressureHandler: (_request: unknown, _reply: unknown, type: string) => {
      throw new DomainProblem('server/overloaded', `The server is too busy (${type}).`, {
        retryAfterSeconds: 2,
      });
    },
  });
  app.useGlobalPipes(validationPipe());
  app.get(OpenApi).describe(app);
  try {
    await app.init();
    await fastify.ready();
  } catch (error) {
    // What had started, signs and tells in the background.
    await app.close().catch(() => undefined);
    throw error;
  }
  return app;
}
