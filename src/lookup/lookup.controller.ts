import { PURPOSES } from '#vocabulary';
import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, OwnRateLimit, Public } from '#accounts';
import { UNKNOWN_POLICIES } from '#consent/domain';
import { SCHEMES } from '#identifiers';
import { LookupDatabases } from './databases/lookup-databases.service.js';
import { SEEN_LOG, SeenLogs } from './seen-logs.service.js';
import { LookupResponse, LookupsResponse } from './dto/lookup.response.js';
import { InquiryRequest, LookupsRequest } from './dto/lookups.request.js';
import { LookupLimits } from './lookup-limits.service.js';
import { LOOKUPS_BODY_LIMIT, NDJSON } from './lookup-body.js';
import { LookupReading } from './lookup-reading.service.js';
import { writeLines, writeMany, writeOne } from './lookup-text.js';
import { Receipts } from './receipts/receipts.service.js';

const JSON_TYPE = 'application/json; charset=utf-8';

const RECEIPT = {
  name: 'receipt',
  required: false,
  type: Boolean,
  description: 'Whether the answer is to be signed; see docs/specs/receipt.md',
};

// Not named Query: decorator metadata would take the decorator of that name for its class.
type Asked = Record<string, unknown>;

@ApiTags('Lookup')
@Controller('v1')
export class LookupController {
  constructor(
    private readonly databases: LookupDatabases,
    private readonly seen: SeenLogs,
    private readonly reading: LookupReading,
    private readonly limits: LookupLimits,
    private readonly receipts: Receipts,
  ) {}

  @Get('lookup/:scheme/:value')
  @Public()
  @OwnRateLimit()
  @ApiOperation({ summary: 'Ask what may be done with one work, by an identifier of it' })
  @ApiParam({ name: 'scheme', enum: Object.keys(SCHEMES), example: 'isrc' })
  @ApiParam({ name: 'value', example: 'US-UG1-19-04206' })
  @ApiQuery({ name: 'purposes', required: false, isArray: true, explode: false, enum: PURPOSES })
  @ApiQuery({ name: 'unknownPolicy', required: false, enum: UNKNOWN_POLICIES })
  @ApiQuery({ name: 'asOf', required: false, example: '2026-06-01T12:00:00Z' })
  @ApiQuery({ name: 'inquiry', required: false, type: InquiryRequest, style: 'form' })
  @ApiQuery(RECEIPT)
  @ApiHeader(SEEN_LOG)
  @ApiOkResponse({ type: LookupResponse })
  async one(
    @Param('scheme') scheme: string,
    @Param('value') value: string,
    @Query() query: Asked,
    @CurrentActor() actor: Actor | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.limits.consume(request, actor, 1, reply);
    const ask = await this.reading.readRepeated(queryTextOf(request), query, actor);
    const answer = await this.databases.read(this.seen.by(request), (lookup) =>
      lookup.lookupOne(ask, scheme, value),
    );
    const receipt = await this.receipts.open(ask, answer, 1);
    reply.header('Content-Type', JSON_TYPE);
    return writeOne(ask, answer, receipt);
  }

  @Post('lookups')
  @HttpCode(200)
  @Public()
  @OwnRateLimit()
  @RouteConfig({ bodyLimit: LOOKUPS_BODY_LIMIT, isRead: true })
  @ApiOperation({
    summary: 'Ask about up to 10,000 identifiers at one moment',
    description:
      'Send JSON, or one item a line as application/x-ndjson with everything else in the query ' +
      'as for a single lookup. Lines are answered by lines, with a line {"summary": …} at the end; ' +
      'JSON is too where Accept names application/x-ndjson.',
  })
  @ApiConsumes('application/json', NDJSON)
  @ApiProduces('application/json', NDJSON)
  @ApiQuery(RECEIPT)
  @ApiHeader(SEEN_LOG)
  @ApiBody({ type: LookupsRequest })
  @ApiOkResponse({ type: LookupsResponse })
  async many(
    @Body() body: unknown,
    @Query() query: Asked,
    @CurrentActor() actor: Actor | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const { ask, items } = await this.reading.readBatch(body, query, actor);
    await this.limits.consume(request, actor, items.length, reply);
    const answers = await this.databases.read(this.seen.by(request), (lookup) =>
      lookup.lookupMany(ask, items),
    );
    const receipt = await this.receipts.open(ask, answers, items.length);
    const asLines = typeof body === 'string' || request.headers.accept?.includes(NDJSON);
    reply.header('Content-Type', asLines ? NDJSON : JSON_TYPE);
    const write = asLines ? writeLines : writeMany;
    return Readable.from(write(ask, items, answers, receipt), { objectMode: false });
  }
}

function queryTextOf({ url }: FastifyRequest): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at);
}
