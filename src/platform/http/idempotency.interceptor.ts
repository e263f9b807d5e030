import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { canonicalJson, DomainProblem, sha256 } from '#kernel';
import { Database } from '../database/database.js';
import {
  AnsweredBefore,
  FirstAnswers,
  inProgress,
  type KeyedCall,
  settled,
} from './first-answers.service.js';
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
  /**
   * The handler takes the key ({@link RequestKey}) along to where its work is done, by
   * {@link FirstAnswers}, in place of one transaction around the whole request: for work that shares
   * a transaction with that of other requests.
   */
  passesKeyOn?: boolean;
}

interface Request extends FastifyRequest {
  clientId?: string;
  keyedCall?: KeyedCall;
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
  /** What handlers that pass keys on are at work on in this process. */
  private readonly running = new Set<string>();

  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
    private readonly answers: FirstAnswers,
    private readonly records: IdempotencyRecords,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const creates = this.reflector.get<CreatesOptions | undefined>(CREATES, context.getHandler());
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const header = request.headers['idempotency-key'];
    if (!creates || header === undefined) return next.handle();
    const call = {
      clientId: request.clientId ?? `address:${request.ip}`,
      key: idempotencyKeyOf(header),
      digest: digestOf(request, creates.omitFromDigest ?? []),
    };
    const reply = http.getResponse<FastifyReply>();
    const handle = () => lastValueFrom(next.handle());
    if (!creates.passesKeyOn) return from(orAgain(reply, this.enclosed(call, reply, handle)));
    request.keyedCall = call;
    return from(orAgain(reply, this.passedOn(call, handle)));
  }

  /** In one transaction from the first statement of the request to its record. */
  private async enclosed(
    call: KeyedCall,
    reply: FastifyReply,
    handle: () => Promise<unknown>,
  ): Promise<unknown> {
    const answerOf = (body: unknown) => ({ headers: keptHeaders(reply), body });
    const [outcome] = await this.database.enclosing((tx) =>
      this.answers.carryOut(tx, [{ keyed: { ...call, answerOf } }], async () => [await handle()]),
    );
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }

  private async passedOn(call: KeyedCall, handle: () => Promise<unknown>): Promise<unknown> {
    const name = `${call.clientId} ${call.key}`;
    if (this.running.has(name)) throw inProgress();
    this.running.add(name);
    try {
      return await handle();
    } catch (refusal) {
      if (!(refusal instanceof DomainProblem)) throw refusal;
      // Refused before anybody looked for the key: what can't be done any more may have been done.
      const [first] = await this.records.find(this.database.reader, [call]);
      throw first ? settled(call, first) : refusal;
    } finally {
      this.running.delete(name);
    }
  }
}

/** Of work that was answered before, the first answer. */
async function orAgain(reply: FastifyReply, work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AnsweredBefore)) throw error;
    reply.headers(error.first.headers).header('Idempotency-Replayed', 'true');
    return JSON.parse(error.first.body);
  }
}

function keptHeaders(reply: FastifyReply): Record<string, string> {
  return Object.fromEntries(
    ['location', 'etag'].flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

/**
 * Marks a POST that creates something: it honours `Idempotency-Key`. An answer with a secret has a
 * method `toReplay()`, which gives the form that is kept and sent again. Bound to these routes alone,
 * so that lookups pass through no interceptor.
 */
export const Creates = (options: CreatesOptions = {}) =>
  applyDecorators(SetMetadata(CREATES, options), UseInterceptors(IdempotencyInterceptor));

/** The call of a request with a key, on a route that passes keys on; else undefined. */
export const RequestKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): KeyedCall | undefined =>
    context.switchToHttp().getRequest<Request>().keyedCall,
);

function digestOf(request: FastifyRequest, omitted: readonly string[]): Buffer {
  let body = request.body ?? null;
  if (omitted.length > 0 && typeof body === 'object' && body !== null) {
    body = Object.fromEntries(Object.entries(body).filter(([name]) => !omitted.includes(name)));
  }
  return sha256(canonicalJson([request.method, request.url, body]));
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
