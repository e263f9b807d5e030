import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '#accounts';
import { SeenLogs } from '#lookup';
import { Config } from '#platform';
import { Views } from '../views.service.js';
import {
  ACTOR_CHOICES,
  PURPOSE_CHOICES,
  SCHEME_CHOICES,
  TERRITORY_CHOICES,
} from './form-choices.js';
import { type DeskAnswer, InquiryDesk } from './inquiry-desk.service.js';
import { type Question, readQuestion } from './question.js';

const CHOICES = {
  actors: ACTOR_CHOICES,
  purposes: PURPOSE_CHOICES,
  schemes: SCHEME_CHOICES,
  territories: TERRITORY_CHOICES,
};

/** The front page: what this is, and the question that anyone may ask. */
@Controller()
@ApiExcludeController()
export class FrontPage {
  constructor(
    private readonly views: Views,
    private readonly desk: InquiryDesk,
    private readonly seen: SeenLogs,
    private readonly config: Config,
  ) {}

  @Get()
  @Public()
  async front(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const question = readQuestion(query);
    const address = this.addressFor(request);
    const answer = question && (await this.desk.answer(question, address, this.seen.by(request)));
    const title = titleOf(question, answer);
    return this.views.page(reply, 'front', { title, question, answer, choices: CHOICES });
  }

  /** Where the reader reaches this registry; a Host that is no host is not repeated. */
  private addressFor({ protocol, host }: FastifyRequest): string {
    if (this.config.PUBLIC_URL) return this.config.PUBLIC_URL.replace(/\/$/, '');
    return `${protocol}://${/^[\w.-]+(?::\d+)?$|^\[[\da-f:]+\](?::\d+)?$/i.test(host) ? host : 'localhost'}`;
  }
}

function titleOf(question: Question | null, answer: DeskAnswer | null): string {
  if (question === null) return 'Fermata – hold, and ask first';
  if (answer === null) return 'Please mend the question – Fermata';
  const [first] = answer.purposes;
  const isOne = answer.purposes.length === 1;
  return `${isOne ? first!.verdict.words : 'At a glance'} – ${answer.identifier} – Fermata`;
}
