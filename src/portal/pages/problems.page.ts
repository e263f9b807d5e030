import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#accounts';
import { DomainProblem, type ProblemKind } from '#kernel';
import { ProblemRegistry } from '#platform';
import { prefersHtml } from '../prefers-html.js';
import { Views } from '../views.service.js';

/** What each `type` of a refusal leads to: a page for people, the same as JSON for programs. */
@Controller('problems')
@ApiExcludeController()
export class ProblemsPage {
  constructor(
    private readonly views: Views,
    private readonly problems: ProblemRegistry,
  ) {}

  @Get()
  @Public()
  list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): unknown {
    const kinds = this.problems.list().map(([code, kind]) => describe(code, kind));
    reply.header('Vary', 'Accept').header('Cache-Control', 'no-cache');
    if (!prefersHtml(request.headers.accept)) return { problems: kinds };
    const modules = [...new Set(kinds.map(({ code }) => code.split('/')[0]!))].map((name) => ({
      name,
      kinds: kinds.filter(({ code }) => code.startsWith(`${name}/`)),
    }));
    const title = 'Problems – Fermata';
    return this.views.page(reply, 'problems', { title, modules });
  }

  @Get(':module/:code')
  @Public()
  read(
    @Param('module') module: string,
    @Param('code') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): unknown {
    const kind = this.problems.find(`${module}/${name}`);
    if (!kind) {
      throw new DomainProblem(
        'request/not-found',
        'There is no such problem; /problems lists them.',
      );
    }
    const problem = describe(`${module}/${name}`, kind);
    reply.header('Vary', 'Accept').header('Cache-Control', 'no-cache');
    if (!prefersHtml(request.headers.accept)) return problem;
    return this.views.page(reply, 'problem', { title: `${kind.title} – Fermata`, problem });
  }
}

function describe(code: string, { status, title, help }: ProblemKind) {
  return { type: `/problems/${code}`, code, status, title, help };
}
