import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainProblem } from '#kernel';
import { ProblemRegistry } from './problem-registry.js';

/** What a refusal looks like on the wire (RFC 9457). */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  [extension: string]: unknown;
}

/** Faults that Fastify and Node find before a route runs, by the status they carry. */
const BY_STATUS: Record<number, [code: string, detail: string]> = {
  400: ['request/malformed', 'The body could not be read.'],
  401: ['accounts/not-signed-in', 'Sign in, or send an API key as "Authorization: Bearer …".'],
  403: ['accounts/not-allowed', 'This account may not do that.'],
  404: ['request/not-found', 'There is nothing at this address.'],
  405: ['request/method-not-allowed', 'This address does not take that method.'],
  408: ['request/timeout', 'The request did not arrive in time.'],
  413: ['request/too-large', 'The body is larger than this operation takes.'],
  414: ['request/malformed', 'The address is too long.'],
  415: ['request/unsupported-media-type', 'The Content-Type of the body is not taken here.'],
  429: ['request/rate-limited', 'Too many requests from this client.'],
  431: ['request/malformed', 'The headers are too large.'],
  503: ['server/overloaded', 'The registry is too busy to take this request now.'],
};

/** PostgreSQL says these when a limit of ours cut a statement or no connection was free. */
const OVERLOAD = new Set(['57014', '55P03', '53300', '57P01', '57P02', '57P03', '40001', '40P01']);

/** How the driver tells that the database went away, now or since the last statement. */
const LOST = new Set(['ECONNRESET', 'EPIPE']);
const LOST_SENTENCES =
  /^(Connection terminated|Client (has encountered a connection|was closed))|query runner (was )?already released/i;

/** Turns whatever went wrong into one RFC 9457 problem. The only translation in the house. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('problem');

  constructor(private readonly registry: ProblemRegistry) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.send(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also Fastify's own error handler, for faults from outside Nest's pipeline. */
  send(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const body = this.bodyOf(error, request);
    if (body.status >= 500) {
      const about = { requestId: request.id, route: request.routeOptions?.url };
      // A refusal that the house foresaw has a sentence that says all; a stack would say nothing more.
      if (error instanceof DomainProblem && body.status === 503) {
        this.logger.warn({ ...about, code: error.code, detail: error.detail });
      } else {
        this.logger.error({ ...about, err: error instanceof Error ? error.stack : String(error) });
      }
    }
    if (reply.sent || reply.raw.headersSent) {
      // The answer has begun; cutting it is the only way left to say that it is not whole.
      reply.raw.destroy();
      return;
    }
    const retryAfter = body['retryAfterSeconds'];
    if (body.status === 401) reply.header('WWW-Authenticate', 'Bearer realm="fermata"');
    if (typeof retryAfter === 'number') reply.header('Retry-After', String(retryAfter));
    void reply
      .status(body.status)
      .header('Content-Type', 'application/problem+json; charset=utf-8')
      .header('Cache-Control', 'no-store')
      .send(JSON.stringify(body));
  }

  /** The problem for one error, without sending it; bulk answers use it line by line. */
  bodyOf(error: unknown, request: Pick<FastifyRequest, 'id'>): ProblemBody {
    const [code, detail, extensions] = classify(error);
    const kind = this.registry.find(code);
    if (!kind)
      return this.bodyOf(new DomainProblem('server/fault', `unknown code ${code}`), request);
    return {
      type: `/problems/${code}`,
      title: kind.title,
      status: kind.status,
      detail: kind.status === 500 ? 'An unexpected fault was logged.' : detail,
      instance: `urn:request:${request.id}`,
      ...extensions,
    };
  }
}

function classify(error: unknown): [string, string, Readonly<Record<string, unknown>>] {
  if (error instanceof DomainProblem) return [error.code, error.detail, error.extensions];
  const fault = error as Record<'statusCode' | 'code' | 'syscall' | 'message', unknown> | null;
  const message = typeof fault?.message === 'string' ? fault.message : '';
  if (typeof fault?.code === 'string' && OVERLOAD.has(fault.code)) {
    return ['server/overloaded', 'The database was too busy.', { retryAfterSeconds: 1 }];
  }
  if (message.startsWith('timeout exceeded when trying to connect')) {
    return ['server/overloaded', 'The database was too busy.', { retryAfterSeconds: 1 }];
  }
  const lost = fault?.syscall === 'connect' || LOST.has(String(fault?.code));
  if (lost || LOST_SENTENCES.test(message)) {
    return ['server/overloaded', 'The database is out of reach.', { retryAfterSeconds: 5 }];
  }
  if (fault?.code === 'FST_ERR_BAD_URL') {
    return ['request/malformed', 'The address holds a broken escape or is no UTF-8.', {}];
  }
  if (fault?.code === 'FE410') {
    return ['request/erased', 'The account, party or work was erased meanwhile.', {}];
  }
  const status = error instanceof HttpException ? error.getStatus() : fault?.statusCode;
  const known = typeof status === 'number' ? BY_STATUS[status] : undefined;
  if (known) {
    // Fastify's sentences on bad bodies name the fault; for the rest ours are clearer.
    const detail = status === 400 && message ? `${known[1]} ${message}` : known[1];
    return [known[0], detail, status === 503 ? { retryAfterSeconds: 2 } : {}];
  }
  return ['server/fault', message, {}];
}
