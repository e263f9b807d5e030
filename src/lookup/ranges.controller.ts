import { randomBytes } from 'node:crypto';
import { PURPOSES } from '#vocabulary';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import {
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, OwnRateLimit, Public } from '#accounts';
import { UNKNOWN_POLICIES } from '#consent/domain';
import { invalid } from '#platform';
import { RANGE_ROWS, RANGE_TYPE } from '#verify';
import { LookupDatabases } from './databases/lookup-databases.service.js';
import { isRangePrefix } from './domain/range.js';
import { writeRange } from './domain/range-text.js';
import { RangeResponse, RangesResponse } from './dto/range.response.js';
import { InquiryRequest } from './dto/lookups.request.js';
import { LookupLimits } from './lookup-limits.service.js';
import { LookupReading } from './lookup-reading.service.js';
import { Receipts } from './receipts/receipts.service.js';
import { SEEN_LOG, SeenLogs } from './seen-logs.service.js';

/** Answers are filled up to a multiple of this: what is read on the way tells less by its length. */
const LENGTH_STEP = 16 * 1024;

type Asked = Record<string, unknown>;

/** Private lookups: what is asked about is one of some hundred, and the registry can't tell which. */
@ApiTags('Lookup')
@Controller('v1/ranges')
export class RangesController {
  constructor(
    private readonly databases: LookupDatabases,
    private readonly seen: SeenLogs,
    private readonly reading: LookupReading,
    private readonly limits: LookupLimits,
    private readonly receipts: Receipts,
  ) {}

  @Get()
  @Public()
  @ApiOperation({
    summary: 'How many bits of a digest a private lookup may name at present',
    description: 'As many as leave some hundred identifiers in a range: see docs/specs/range.md.',
  })
  @ApiOkResponse({ type: RangesResponse })
  async size(@Req() request: FastifyRequest): Promise<RangesResponse> {
    const { bits } = await this.databases.read(this.seen.by(request), (lookup) =>
      lookup.rangeBits(),
    );
    return { bits, digest: 'sha-256', rows: RANGE_ROWS };
  }

  @Get(':bits/:prefix')
  @Public()
  @OwnRateLimit()
  @ApiOperation({
    summary: 'Ask about one work without telling which',
    description:
      'Answers for every identifier whose SHA-256 digest of `scheme:value` begins with these bits. ' +
      `Counts as ${RANGE_ROWS} identifiers. Nothing about who asks may be stated, and no past moment.`,
  })
  @ApiParam({ name: 'bits', schema: { type: 'integer', minimum: 0, maximum: 32 }, example: 0 })
  @ApiParam({
    name: 'prefix',
    example: '0',
    description: 'Those bits in hex, at least one digit; what is left of the last digit is 0',
  })
  @ApiQuery({ name: 'purposes', required: false, isArray: true, explode: false, enum: PURPOSES })
  @ApiQuery({ name: 'unknownPolicy', required: false, enum: UNKNOWN_POLICIES })
  @ApiQuery({ name: 'inquiry', required: false, type: InquiryRequest, style: 'form' })
  @ApiQuery({
    name: 'receipt',
    required: false,
    type: Boolean,
    description: 'Whether the range is to be signed',
  })
  @ApiHeader(SEEN_LOG)
  @ApiOkResponse({ type: RangeResponse })
  async range(
    @Param('bits') bitsText: string,
    @Param('prefix') prefix: string,
    @Query() query: Asked,
    @CurrentActor() actor: Actor | null,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const bits = readBits(bitsText, prefix);
    refuseStated(query);
    const ask = await this.reading.readQuery(query, null);
    await this.limits.consume(request, actor, RANGE_ROWS, reply);
    const answers = await this.databases.read(this.seen.by(request), (lookup) =>
      lookup.lookupRange(ask, { bits, prefix }),
    );
    const range = writeRange(ask, { ...answers, issuer: this.receipts.issuer }, randomBytes);
    const signature = ask.receipt
      ? `,"signature":"${await this.receipts.signText(RANGE_TYPE, answers.log, range)}"`
      : '';
    reply.header('Content-Type', 'application/json; charset=utf-8');
    return padded(`"range":${range}${signature}`);
  }
}

const STATED_BY_NOBODY = ['asOf', 'inquirer'];

function refuseStated(query: Asked): void {
  const stated = STATED_BY_NOBODY.filter((name) => query[name] !== undefined);
  if (stated.length === 0) return;
  const detail = 'a range is answered as of now, and for anybody';
  throw invalid(stated.map((name) => ({ pointer: `/${name}`, detail })));
}

function readBits(text: string, prefix: string): number {
  const bits = /^(?:[0-9]|[12][0-9]|3[0-2])$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(bits)) {
    throw invalid([{ pointer: '/bits', detail: 'must be a number of bits, 0 to 32' }]);
  }
  if (isRangePrefix(bits, prefix)) return bits;
  const detail = `must be ${bits} bits in hex, lower case, and no bit beyond them`;
  throw invalid([{ pointer: '/prefix', detail }]);
}

/** Random, so that compressing it on the way does not take it away again. */
function padded(members: string): string {
  const length = Buffer.byteLength(members) + '{"padding":"",}'.length;
  const missing = (LENGTH_STEP - (length % LENGTH_STEP)) % LENGTH_STEP;
  const padding = randomBytes(Math.ceil(missing / 2))
    .toString('hex')
    .slice(0, missing);
  return `{${members},"padding":"${padding}"}`;
}
