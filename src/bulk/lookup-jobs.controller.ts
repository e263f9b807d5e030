import type { Readable } from 'node:stream';
import { PURPOSES } from '#vocabulary';
import {
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  SetMetadata,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { DomainProblem } from '#kernel';
import { LookupReading } from '#lookup';
import { CREATES, idempotencyKeyOf, OpenStreams } from '#platform';
import { bulkBodyOf, typeOf } from './bulk-request.js';
import { readRange } from './domain/index.js';
import { LookupJobResponse, LookupJobsResponse } from './dto/lookup-job.response.js';
import { JobFiles } from './job-files.service.js';
import { LookupJobsService } from './lookup-jobs.service.js';
import { BULK_TYPES } from './rows.js';

const TYPES = Object.keys(BULK_TYPES);
const UPLOADS_MAX = 4;

type Asked = Record<string, unknown>;

@ApiTags('Lookup')
@Controller('v1/lookup-jobs')
export class LookupJobsController {
  constructor(
    private readonly reading: LookupReading,
    private readonly jobs: LookupJobsService,
    private readonly files: JobFiles,
    private readonly streams: OpenStreams,
  ) {}

  // The key is honoured by the job itself: a file may arrive for longer than a transaction may last.
  @Post()
  @HttpCode(202)
  @SetMetadata(CREATES, {})
  @RequireScope('lookup:read')
  @RouteConfig({ takesStream: TYPES })
  @ApiOperation({
    summary: 'Upload a file of identifiers to be answered while you are away',
    description:
      'The file is written and asked about as for a streamed lookup. Each chunk of up to 10,000 rows is answered at one moment. See docs/guides/bulk.md.',
  })
  @ApiConsumes(...TYPES)
  @ApiQuery({ name: 'purposes', required: false, isArray: true, explode: false, enum: PURPOSES })
  @ApiQuery({
    name: 'receipt',
    required: false,
    type: Boolean,
    description: 'Whether each chunk is to be signed',
  })
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiAcceptedResponse({ type: LookupJobResponse })
  async create(
    @Query() query: Asked,
    @CurrentActor() actor: Actor,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LookupJobResponse> {
    const { body, format } = bulkBodyOf(request);
    const ask = await this.reading.readQuery(query, actor);
    const idempotencyKey = key === undefined ? null : idempotencyKeyOf(key);
    const place = this.streams.take(`account:${actor.accountId}`, UPLOADS_MAX);
    reply.header('Connection', 'close');
    try {
      const wanted = { ask, format, body, idempotencyKey };
      const { job, isReplay } = await this.jobs.create(actor, wanted);
      reply.header('Location', `/v1/lookup-jobs/${job.jobId}`).header('Retry-After', '1');
      if (isReplay) reply.header('Idempotency-Replayed', 'true');
      return LookupJobResponse.from(job);
    } finally {
      place.close();
    }
  }

  @Get()
  @RequireScope('lookup:read')
  @ApiOperation({ summary: 'List your lookup jobs, newest first' })
  @ApiOkResponse({ type: LookupJobsResponse })
  async list(@CurrentActor() actor: Actor): Promise<LookupJobsResponse> {
    return { jobs: (await this.jobs.list(actor)).map(LookupJobResponse.from) };
  }

  @Get(':job')
  @RequireScope('lookup:read')
  @ApiOperation({ summary: 'Read how far a lookup job is; 202 until it has ended' })
  @ApiOkResponse({ type: LookupJobResponse })
  @ApiAcceptedResponse({ type: LookupJobResponse, description: 'It has not ended yet.' })
  async read(
    @CurrentActor() actor: Actor,
    @Param('job') jobId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LookupJobResponse> {
    const job = await this.jobs.get(actor, jobId);
    if (job.endedAt === null) reply.status(202).header('Retry-After', '2');
    return LookupJobResponse.from(job);
  }

  @Get(':job/result')
  @RequireScope('lookup:read')
  @ApiOperation({
    summary: 'Download the result of a lookup job, or go on where a download broke off',
    description: 'Takes Range with one range of bytes, If-Range and If-None-Match.',
  })
  @ApiProduces(...TYPES)
  @ApiOkResponse({ schema: { type: 'string' } })
  async result(
    @CurrentActor() actor: Actor,
    @Param('job') jobId: string,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable | null> {
    const job = await this.jobs.getFinished(actor, jobId);
    const size = Number(job.resultBytes);
    const etag = `"${jobId}.${job.resultEpoch}"`;
    reply.headers({ ETag: etag, 'Accept-Ranges': 'bytes', 'Content-Type': typeOf(job.format) });
    if (headers['if-none-match'] === etag) {
      reply.status(304);
      return null;
    }
    const isCurrent = headers['if-range'] === undefined || headers['if-range'] === etag;
    const range = isCurrent ? readRange(headers.range, size) : null;
    if (range === 'unsatisfiable') {
      reply.status(416).headers({ 'Content-Range': `bytes */${size}`, 'Content-Length': '0' });
      return null;
    }
    const { first, last } = range ?? { first: 0, last: size - 1 };
    const bytes = await this.files.result(jobId, job.resultEpoch, { first, last });
    if (bytes === null) throw new DomainProblem('bulk/job-not-found', 'Its result is lost.');
    reply.header('Content-Length', String(last - first + 1));
    if (range) reply.status(206).header('Content-Range', `bytes ${first}-${last}/${size}`);
    return bytes;
  }

  @Delete(':job')
  @HttpCode(204)
  @RequireScope('lookup:read')
  @ApiOperation({ summary: 'Delete a lookup job with its file and its result, finished or not' })
  @ApiNoContentResponse({ description: 'Deleted.' })
  async delete(@CurrentActor() actor: Actor, @Param('job') jobId: string): Promise<void> {
    await this.jobs.delete(actor, jobId);
  }
}
