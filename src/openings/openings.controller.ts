import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '#accounts';
import { DomainProblem, sha256 } from '#kernel';
import { readOpeningsPath, writeOpening } from './domain/index.js';
import { OpeningsQuery } from './openings.query.js';

/** The openings of the log's leaves as files beside its bundles. Unlike those they can be erased. */
@Controller('log/openings')
@ApiExcludeController()
export class OpeningsController {
  constructor(private readonly query: OpeningsQuery) {}

  @Get('*')
  @Public()
  async file(
    @Param('*') path: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
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
