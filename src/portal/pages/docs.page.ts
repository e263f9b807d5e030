import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '#accounts';
import { OpenApi } from '../openapi/open-api.service.js';
import { Views } from '../views.service.js';

/** The description of the API: for programs as a document, for people as a page to try it on. */
@Controller()
@ApiExcludeController()
export class DocsPage {
  constructor(
    private readonly views: Views,
    private readonly openApi: OpenApi,
  ) {}

  @Get('docs')
  @Public()
  docs(@Res({ passthrough: true }) reply: FastifyReply): string {
    return this.views.page(reply, 'docs', { title: 'API – Fermata', withScript: true });
  }

  @Get('openapi.json')
  @Public()
  document(
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string | undefined {
    const etag = this.openApi.etag();
    reply.headers({ ETag: etag, 'Cache-Control': 'public, max-age=300' });
    if (known !== undefined && (known.trim() === '*' || known.includes(etag))) {
      reply.status(304);
      return undefined;
    }
    reply.header('Content-Type', 'application/json; charset=utf-8');
    return this.openApi.json();
  }
}
