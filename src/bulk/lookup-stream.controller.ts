import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { PURPOSES } from '#vocabulary';
import { Controller, HttpCode, Logger, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, OwnRateLimit, Public } from '#accounts';
import { DomainProblem } from '#kernel';
import { LookupLimits, LookupReading, SEEN_LOG, SeenLogs } from '#lookup';
import { OpenStreams, ProblemFilter, readableOf } from '#platform';
import { BulkAnswers } from './bulk-answers.service.js';
import { bulkBodyOf, typeOf } from './bulk-request.js';
import { BULK_TYPES } from './rows.js';

/** Streams that one client may have open. */
const STREAMS_MAX = 4;

const TYPES = Object.keys(BULK_TYPES);

type Asked = Record<string, unknown>;

@ApiTags('Lookup')
@Controller('v1/lookups')
export class LookupStreamController {
  private readonly logger = new Logger('bulk');

  constructor(
    private readonly reading: LookupReading,
    private readonly limits: LookupLimits,
    private readonly seen: SeenLogs,
    private readonly answers: BulkAnswers,
    private readonly streams: OpenStreams,
    private readonly problems: ProblemFilter,
  ) {}

  @Post('stream')
  @HttpCode(200)
  @Public()
  @OwnRateLimit()
  @RouteConfig({ takesStream: TYPES })
  @ApiOperation({
    summary: 'Ask about any number of identifiers, streamed both ways',
    description:
      'Send one item a line, or a table whose first line names its columns; everything else stands in the query as for a single lookup. ' +
      'Rows are answered in their order, in chunks of up to 10,000, each at one moment. An answer without its last line (`{"end": …}`, or a row whose `fermata_result` is `end`) is not whole. See docs/guides/bulk.md.',
  })
  @ApiConsumes(...TYPES)
  @ApiProduces(...TYPES)
  @ApiQuery({ name: 'purposes', required: false, isArray: true, explode: false, enum: PURPOSES })
  @ApiQuery({
    name: 'receipt',
    required: false,
    type: Boolean,
    description: 'Whether each chunk is to be signed',
  })
  @ApiHeader(SEEN_LOG)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ schema: { type: 'string' }, description: 'The rows, answered.' })
  async stream(
    @Query() query: Asked,
    @CurrentActor() actor: Actor | null,
    @Req() request: FastifyRequest & { clientId?: string },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const { body, format } = bulkBodyOf(request);
    const ask = await this.reading.readQuery(query, actor);
    const seenSize = this.seen.by(request);
    const place = this.streams.take(request.clientId ?? request.ip, STREAMS_MAX);
    const hangUp = (): void => void request.raw.destroy();
    // What ends while its input is not read to the end can't be followed by another request.
    reply.header('Connection', 'close');
    try {
      const lines = this.answers.stream({
        ...{ ask, format, pieces: body.pieces(), chunkMax: this.limits.most(actor), seenSize },
        take: async (rows, isFirst) => {
          if (place.signal.aborted) throw stopping();
          await this.take(() => this.limits.consume(request, actor, rows, reply), {
            ...{ isFirst, signal: place.signal },
          });
        },
        problemOf: (error) => this.problemOf(error, request),
      });
      const first = await lines.next();
      reply.header('Content-Type', typeOf(format));
      return readableOf(after(first, lines), { cut: hangUp, done: place.close });
    } catch (refusal) {
      place.close();
      throw refusal;
    }
  }

  /** The first chunk is refused where the limit is reached; later ones wait their turn. */
  private async take(
    consume: () => Promise<void>,
    { isFirst, signal }: { isFirst: boolean; signal: AbortSignal },
  ): Promise<void> {
    for (;;) {
      try {
        return await consume();
      } catch (refusal) {
        const seconds =
          refusal instanceof DomainProblem ? refusal.extensions['retryAfterSeconds'] : undefined;
        if (isFirst || typeof seconds !== 'number') throw refusal;
        await sleep(seconds * 1_000, undefined, { signal }).catch(() => {
          throw stopping();
        });
      }
    }
  }

  private problemOf(error: unknown, request: FastifyRequest): object {
    const problem = this.problems.bodyOf(error, request);
    if (problem.status >= 500) {
      this.logger.error({ requestId: request.id, err: String((error as Error).stack) });
    }
    return problem;
  }
}

function stopping(): DomainProblem {
  return new DomainProblem('server/overloaded', 'The server is stopping.', {
    retryAfterSeconds: 5,
  });
}

/** The pieces of an answer whose first one is here already. */
async function* after<T>(first: IteratorResult<T, void>, rest: AsyncGenerator<T, void>) {
  try {
    if (first.done) return;
    yield first.value;
    yield* rest;
  } finally {
    await rest.return();
  }
}
