import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainProblem } from '#kernel';

/** What a body goes by between its arrival and the route that takes it piece by piece. */
const STREAMED = 'application/x-fermata-streamed';

/** How long a client may send nothing while its next piece is waited for. */
const SILENCE_MS = 30_000;

/** Connections whose request may take as long as it likes, as long as it goes on. */
const streaming = new WeakSet<Socket>();

/** A body on its way in: nothing of it was read, and what is not asked for stays with the client. */
export class StreamedBody {
  constructor(
    /** Its Content-Type without parameters. */
    readonly type: string,
    private readonly message: IncomingMessage,
    /** Bytes as Content-Length has it; undefined where the client did not say. */
    readonly length: number | undefined,
    private readonly silenceMs = SILENCE_MS,
  ) {}

  /**
   * Its pieces as they come. A piece is read when it is asked for, so a reader that waits makes the
   * client wait. Throws `request/timeout` where the client is silent for half a minute meanwhile, and
   * `request/malformed` where the connection ends before the body.
   */
  async *pieces(): AsyncGenerator<Buffer, void> {
    // Not to be destroyed with the iterator: the answer goes out on the same connection.
    const iterator = this.message.iterator({ destroyOnReturn: false });
    streaming.add(this.message.socket);
    try {
      for (;;) {
        const { done, value } = await this.inTime(iterator.next());
        if (done) return;
        yield value as Buffer;
      }
    } finally {
      streaming.delete(this.message.socket);
    }
  }

  private async inTime<T>(next: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      const seconds = this.silenceMs / 1_000;
      const detail = `Nothing came for ${seconds} seconds, and the body was not at its end.`;
      timer = setTimeout(
        () => reject(new DomainProblem('request/timeout', detail)),
        this.silenceMs,
      );
    });
    next.catch(() => undefined);
    try {
      return await Promise.race([next, silence]);
    } catch (error) {
      if (error instanceof DomainProblem) throw error;
      throw new DomainProblem('request/malformed', 'The connection ended before the body did.');
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The body of a route that takes streams. Throws `request/unsupported-media-type` on any other. */
export function streamedBodyOf(request: Pick<FastifyRequest, 'body'>): StreamedBody {
  if (request.body instanceof StreamedBody) return request.body;
  throw new DomainProblem(
    'request/unsupported-media-type',
    'The Content-Type of the body is not taken here.',
  );
}

/**
 * Routes whose config names `takesStream`, a list of content types, get bodies of these types as
 * {@link StreamedBody}. Must run before routes are registered.
 */
export function registerStreamedBodies(fastify: FastifyInstance): void {
  // Of these routes alone, so that a lookup pays nothing for it.
  fastify.addHook('onRoute', (route) => {
    const { takesStream } = (route.config ?? {}) as { takesStream?: readonly string[] };
    if (!takesStream) return;
    route.preParsing = (request, _reply, payload, done) => {
      take(request, takesStream);
      done(null, payload);
    };
  });
  fastify.addContentTypeParser(STREAMED, (request, _payload, done) => {
    const { streamed } = request as { streamed?: StreamedBody };
    if (streamed) done(null, streamed);
    else done(Object.assign(new Error('not taken here'), { statusCode: 415 }), undefined);
  });
  keepReceiving(fastify);
}

/** Has a body of these types go past whoever would read it whole; a packed one is not taken. */
function take(request: FastifyRequest, types: readonly string[]): void {
  const { headers } = request.raw;
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const isPacked = (headers['content-encoding'] ?? 'identity') !== 'identity';
  if (isPacked || !types.includes(type)) return;
  const length = Number(headers['content-length'] ?? NaN);
  Object.assign(request, {
    streamed: new StreamedBody(type, request.raw, Number.isFinite(length) ? length : undefined),
  });
  headers['content-type'] = STREAMED;
}

/**
 * Node ends a request that did not arrive within half a minute. A stream may take longer; it is held
 * to its own limit on silence instead.
 */
function keepReceiving(fastify: FastifyInstance): void {
  const { server } = fastify;
  const standard = server.listeners('clientError') as ((error: Error, socket: Socket) => void)[];
  server.removeAllListeners('clientError');
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && streaming.has(socket)) return;
    for (const listener of standard) listener.call(server, error, socket);
  });
}
