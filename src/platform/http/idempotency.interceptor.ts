import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { canonicalJson, Clock, DomainProblem, sha256 } from '#kernel';
import { Database, type Transaction } from '../database/database.js';
import { IdempotencyRecords } from './idempotency.repository.js';
import { invalid } from './validation.pipe.js';

/** Where {@link Creates} leaves its mark on a handler; the API's description reads it. */
export const CREATES = 'fermata:creates';

interface CreatesOptions {
  /**
   * Members of the body that don't count when two requests are compared: passwords, because a fast
   * digest at rest would be a place to guess them.
   */
  omitFromDigest?: readonly string[];
}

/**
 * Same key and same request → the first answer again, with `Idempotency-Replayed: true`; same key,
 * other request → `request/idempotency-key-reused`; still running → `request/idempotency-in-progress`.
 *
 * The record is written in the transaction that does the work, so either both exist or neither.
 * Refusals are not recorded: nothing happened, so the same key may be used for the mended request.
 * Follows draft-ietf-httpapi-idempotency-key-header-07 but for one thing: the header is optional.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly records: IdempotencyRecords,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const creates = this.reflector.get<CreatesOptions | undefined>(CREATES, context.getHandler());
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & { clientId?: string }>();
    const header = request.headers['idempotency-key'];
    if (!creates || header === undefined) return next.handle();
    const key = idempotencyKeyOf(header);
    const reply = http.getResponse<FastifyReply>();
    return from(
      this.database.enclosing((tx) =>
        this.answerOnce(tx, {
          clientId: request.clientId ?? `address:${request.ip}`,
          key,
          digest: digestOf(request, creates.omitFromDigest ?? []),
          reply,
          handle: () => lastValueFrom(next.handle()),
        }),
      ),
    );
  }

  private async answerOnce(tx: Transaction, call: Call): Promise<unknown> {
    const { clientId, key, digest, reply } = call;
    if (!(await this.records.lock(tx, { clientId, key }))) {
      throw new DomainProblem('request/idempotency-in-progress', 'Try again in a moment.', {
        retryAfterSeconds: 1,
      });
    }
    const first = await this.records.find(tx, { clientId, key });
    if (first) {
      if (!digest.equals(first.digest)) {
        throw new DomainProblem(
          'request/idempotency-key-reused',
          'This key was sent before with another method, path or body.',
        );
      }
      reply.headers(first.headers).header('Idempotency-Replayed', 'true');
      return JSON.parse(first.body);
    }
    const body = await call.handle();
    const headers = Object.fromEntries(
      ['location', 'etag'].flatMap((name) => {
        const value = reply.getHeader(name);
        return value === undefined ? [] : [[name, String(value)]];
      }),
    );
    await this.records.append(tx, {
      clientId,
      key,
      digest,
      headers,
      body: JSON.stringify(replayOf(body) ?? null),
      createdAt: this.clock.now(),
    });
    return body;
  }
}

/**
 * Marks a POST that creates something: it honours `Idempotency-Key`. An answer with a secret has a
 * method `toReplay()`, which gives the form that is kept and sent again. Bound to these routes alone,
 * so that lookups pass through no interceptor.
 */
export const Creates = (options: CreatesOptions = {}) =>
  applyDecorators(SetMetadata(CREATES, options), UseInterceptors(IdempotencyInterceptor));

interface Call {
  clientId: string;
  key: string;
  digest: Buffer;
  reply: FastifyReply;
  handle: () => Promise<unknown>;
}

function digestOf(request: FastifyRequest, omitted: readonly string[]): Buffer {
  let body = request.body ?? null;
  if (omitted.length > 0 && typeof body === 'object' && body !== null) {
    body = Object.fromEntries(Object.entries(body).filter(([name]) => !omitted.includes(name)));
  }
  return sha256(canonicalJson([request.method, request.url, body]));
}

function replayOf(body: unknown): unknown {
  const { toReplay } = (body ?? {}) as { toReplay?: unknown };
  return typeof toReplay === 'function' ? toReplay.call(body) : body;
}

/** The key that a client sent. Throws `request/invalid` on what is none. */
export function idempotencyKeyOf(header: string | string[]): string {
  const text = (Array.isArray(header) ? header.join() : header).replace(/^"(.*)"$/, '$1');
  if (!/^[\x21-\x7e]{1,255}$/.test(text)) {
    throw invalid([
      {
        pointer: '/headers/idempotency-key',
        detail: 'Idempotency-Key must be 1 to 255 printable ASCII characters, for example a UUID',
      },
    ]);
  }
  return text;
}
