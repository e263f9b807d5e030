import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OwnRateLimit, Public } from '#accounts';
import { DomainProblem } from '#kernel';
import { LogProofs } from './log-proofs.service.js';

/** `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]` of c2sp.org/tlog-tiles, and nothing else. */
const TILE =
  /^(?:[0-9]|[1-5][0-9]|6[0-3]|entries)\/(?:x\d{3}\/)*\d{3}(?:\.p\/(?:[1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]))?$/;

/**
 * The log as static files (c2sp.org/tlog-tiles), for whoever has no web server in front of the public
 * folder. What they hold never changes, but for the checkpoint.
 */
@Controller('log')
@ApiExcludeController()
export class LogFilesController {
  constructor(private readonly proofs: LogProofs) {}

  @Get('checkpoint')
  @Public()
  @OwnRateLimit()
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=1')
  checkpoint(): string {
    return this.proofs.latest().note;
  }

  @Get('tile/*')
  @Public()
  @OwnRateLimit()
  async tile(
    @Param('*') path: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const file = TILE.test(path) ? await this.proofs.file(`tile/${path}`) : null;
    if (file === null)
      throw new DomainProblem('transparency/no-such-file', 'The log has no such file.');
    reply.header('Content-Type', 'application/octet-stream');
    reply.header('Cache-Control', 'public, max-age=31536000, immutable');
    return file;
  }
}
