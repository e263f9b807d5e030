import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PageQuery } from '#platform';
import { CurrentActor, Public, RequireScope } from './access/access.decorators.js';
import type { AccessRequest } from './access/access-request.js';
import type { Actor } from './domain/actor.js';
import { OpenedSessionResponse, SessionPageResponse } from './dto/session.response.js';
import { SignInRequest } from './dto/sign-in.request.js';
import { SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';

@ApiTags('accounts')
@Controller('v1/sessions')
export class SessionsController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionsService,
  ) {}

  /**
   * The one creating POST without Idempotency-Key: its answer is a secret, and to repeat it the
   * secret would have to be kept. A second sign-in is harmless; the first session merely idles out.
   */
  @Post()
  @Public()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Sign in: open a session, as a token and as a cookie' })
  @ApiCreatedResponse({ type: OpenedSessionResponse })
  async signIn(
    @Body() body: SignInRequest,
    @Req() request: AccessRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpenedSessionResponse> {
    return OpenedSessionResponse.from(await this.signIns.signIn(body, request, reply));
  }

  @Get()
  @RequireScope('account:manage')
  @ApiOperation({ summary: 'List one’s own sessions' })
  @ApiOkResponse({ type: SessionPageResponse })
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: PageQuery,
  ): Promise<SessionPageResponse> {
    return SessionPageResponse.from(await this.sessions.list(actor, query), actor);
  }

  @Delete('current')
  @HttpCode(204)
  @RequireScope('account:manage')
  @ApiOperation({ summary: 'Sign out: end the session of this request' })
  @ApiNoContentResponse({ description: 'Ended.' })
  async signOut(
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.signIns.signOut(actor, reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('account:manage')
  @ApiOperation({ summary: 'End one of one’s own sessions' })
  @ApiNoContentResponse({ description: 'Ended.' })
  async revoke(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.sessions.revoke(actor, id);
  }
}
