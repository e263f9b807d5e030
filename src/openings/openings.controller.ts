import { Controller, Get, Headers, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type AccessRequest, OwnRateLimit, Public } from '#accounts';
import { DomainProblem, sha256 } from '#kernel';
import { type RatePolicy, RateLimits } from '#platform';
import { readOpeningsPath, writeOpening } from './domain/index.js';
import { OpeningsQuery } from './openings.query.js';

/**
 * Each file is made by statements over the database, unlike the log's own, so that nobody's replay starves
 * lookups: ten files a second are 150,000 leaves a minute.
 */
const OPENINGS: RatePolicy = { name: 'openings', quota: 600, windowSeconds: 60 };

/** The openings of the log's leaves as files beside its bundles. Unlike those they can be erased. */
@Controller('log/openings')
@ApiExcludeController()
export class OpeningsController {
  constructor(
    private readonly query: OpeningsQuery,
    private readonly limits: RateLimits,
  ) {}

  @Get('*')
  @Public()
  @OwnRateLimit()
  async file(
    @Param('*') path: string,
    @Headers('if-none-match') known: string | undefined,
    @Req() request: AccessRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.limits.consume(OPENINGS, request.clientId!, 1, reply);
    const range = readOpeningsPath(path);
    if (!range || range.first + range.width > (await this.query.logSize())) {
      throw new DomainProblem('request/not-found', 'The log has no openings under this path.');
    }
    const openings = await this.query.listOpenings(range);
    const text = openings.map((opening) => `${writeOpening(opening)}\n`).join('');
    const etag = `"${sha256(text).toString('base64url')}"`;
    // Whatever is erased must not live on in caches.
    reply.header('Cache-Control', 'no-cache').header('ETag', etag);
    reply.header('Content-Type', 'application/x-ndjson');
    if (known !== etag) return text;
    reply.code(304);
    return '';
  }
}
