import type { Readable } from 'node:stream';
import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#accounts';
import { type OpenStream, OpenStreams, readableOf } from '#platform';
import { Checkpoints } from '#transparency';
import { changeEvents } from './change-stream.js';
import { Changes, type ChangesPage } from './changes.service.js';
import type { Position } from './domain/index.js';
import { ChangeFeedRequest, positionOf, readCursor } from './dto/changes.request.js';
import { ChangesResponse } from './dto/changes.response.js';

const PAGE = 100;
const EVENTS = 'text/event-stream';

/** Streams and long polls that one client may have open. */
const STREAMS_MAX = 4;

/** How long an event stream may be left unread. */
const UNREAD_MS = 30_000;

type Asking = FastifyRequest & { clientId?: string };

@ApiTags('Changes')
@Controller('v1/changes')
export class ChangesController {
  constructor(
    private readonly changes: Changes,
    private readonly checkpoints: Checkpoints,
    private readonly streams: OpenStreams,
  ) {}

  @Get()
  @Public()
  @ApiOperation({
    summary: 'What changed since a log size, and for which works',
    description:
      'Leaves in the order of the log, up to the last published checkpoint, each with the works whose answers it may have changed. With `wait` the answer waits for a change; with Accept: text/event-stream changes are sent as they are published. See docs/guides/bulk.md.',
  })
  @ApiProduces('application/json', EVENTS)
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Of an event stream: goes on.',
  })
  @ApiOkResponse({ type: ChangesResponse })
  async read(
    @Query() query: ChangeFeedRequest,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: Asking,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChangesResponse | Readable> {
    const from = positionOf(query);
    reply.header('Cache-Control', 'no-store').header('Vary', 'Accept');
    if (request.headers.accept?.includes(EVENTS)) {
      const position = lastEventId ? readCursor(lastEventId, '/headers/last-event-id') : from;
      return this.stream(position, request, reply);
    }
    const limit = query.limit ?? PAGE;
    const page = await this.readOrWait(from, { limit, wait: query.wait ?? 0 }, request, reply);
    const answer = ChangesResponse.from(page);
    if (answer.nextCursor !== null) {
      const next = `/v1/changes?cursor=${answer.nextCursor}&limit=${limit}`;
      reply.header('Link', `<${next}>; rel="next"`);
    }
    return answer;
  }

  private async readOrWait(
    from: Position,
    { limit, wait }: { limit: number; wait: number },
    request: Asking,
    reply: FastifyReply,
  ): Promise<ChangesPage> {
    const page = await this.changes.read(from, limit);
    if (page.changes.length > 0 || wait === 0) return page;
    const place = this.take(request, reply);
    try {
      const size = Math.max(page.logSize, from.index);
      await this.checkpoints.beyond(size, wait * 1_000, place.signal);
    } finally {
      place.close();
    }
    return this.changes.read(from, limit);
  }

  private stream(from: Position, request: Asking, reply: FastifyReply): Readable {
    const place = this.take(request, reply);
    // Proxies that gather answers would hold the events back.
    reply.headers({ 'Content-Type': EVENTS, 'X-Accel-Buffering': 'no', Connection: 'close' });
    const events = changeEvents(this.changes, from, {
      stream: place,
      later: (size, ms) => this.checkpoints.beyond(Math.max(size, from.index), ms, place.signal),
    });
    return readableOf(events, {
      ...{ cut: () => void request.raw.destroy(), done: place.close, unreadMs: UNREAD_MS },
    });
  }

  /** A place that is given back as soon as the client is gone. */
  private take(request: Asking, reply: FastifyReply): OpenStream {
    const place = this.streams.take(request.clientId ?? request.ip, STREAMS_MAX);
    reply.raw.once('close', place.close);
    return place;
  }
}
