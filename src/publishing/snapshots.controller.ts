import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnRateLimit, Public } from '#accounts';
import { Clock, DomainProblem } from '#kernel';
import { MANIFEST_FILES, SnapshotShelf } from './snapshot-shelf.service.js';

const SENDING = { maxAge: 365 * 24 * 3_600_000, immutable: true, contentType: false };

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json; charset=utf-8',
  jws: 'application/jose; charset=utf-8',
  'tlog-proof': 'text/plain; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/**
 * Published snapshots as static files, for whoever has no web server in front of their folder. Only what
 * a manifest lists is served, and nothing of a snapshot that has expired.
 */
@Controller('snapshots')
@ApiExcludeController()
export class SnapshotsController {
  constructor(
    private readonly shelf: SnapshotShelf,
    private readonly clock: Clock,
  ) {}

  @Get('latest/manifest.json')
  @Public()
  @OwnRateLimit()
  async latest(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const held = await this.shelf.latest(this.clock.now());
    if (held === null) {
      throw new DomainProblem('publishing/no-snapshot', 'There is no snapshot that still holds.');
    }
    const tag = `"${held.digest}"`;
    reply.header('ETag', tag).header('Cache-Control', 'public, max-age=60');
    const known = request.headers['if-none-match'];
    if (known?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)) {
      return reply.code(304).send();
    }
    return reply.type(TYPES['json']!).send(held.bytes);
  }

  @Get(':size/*')
  @Public()
  @OwnRateLimit()
  async file(
    @Param('size') size: string,
    @Param('*') path: string,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const held = await this.shelf.find(size, this.clock.now());
    const isListed =
      held !== null &&
      (MANIFEST_FILES.includes(path) || held.manifest.files.some((file) => file.path === path));
    if (!isListed) {
      throw new DomainProblem('publishing/no-such-file', 'No snapshot at hand lists this file.');
    }
    reply.type(TYPES[path.slice(path.lastIndexOf('.') + 1)]!);
    // Answers Range, If-Range and If-None-Match.
    return reply.sendFile(path, held.folder, SENDING);
  }
}
