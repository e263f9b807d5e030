import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { Creates, PageQuery, pageRequest, RateLimits, type RatePolicy } from '#platform';
import { StartVerificationRequest } from './dto/verification.request.js';
import { VerificationPageResponse, VerificationResponse } from './dto/verification.response.js';
import { VerificationsService } from './verifications.service.js';

const HOUR_SECONDS = 3_600;

/** Each check makes this server call on a stranger's; nobody may use it to knock on doors. */
const CHECKS: RatePolicy = { name: 'checks', quota: 10, windowSeconds: HOUR_SECONDS };
const ACCOUNT_CHECKS: RatePolicy = {
  name: 'checks-of-account',
  quota: 60,
  windowSeconds: HOUR_SECONDS,
};

@ApiTags('verifications')
@Controller('v1')
export class VerificationsController {
  constructor(
    private readonly verifications: VerificationsService,
    private readonly limits: RateLimits,
  ) {}

  @Post('parties/:id/verifications')
  @Creates()
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Start proving that a party of yours controls a domain' })
  @ApiCreatedResponse({ type: VerificationResponse })
  async start(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: StartVerificationRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VerificationResponse> {
    const view = await this.verifications.start(actor, id, body);
    reply.header('Location', `/v1/verifications/${view.verification.verificationId}`);
    return VerificationResponse.from(view);
  }

  @Get('parties/:id/verifications')
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'List the verifications of a party of yours, in every state' })
  @ApiOkResponse({ type: VerificationPageResponse })
  async listOf(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<VerificationPageResponse> {
    const page = await this.verifications.listOf(actor, id, pageRequest(query));
    return VerificationPageResponse.from(page);
  }

  @Get('verifications/:id')
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Show a verification of a party of yours, with what to publish' })
  @ApiOkResponse({ type: VerificationResponse })
  async get(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<VerificationResponse> {
    return VerificationResponse.from(await this.verifications.get(actor, id));
  }

  @Post('verifications/:id/check')
  @HttpCode(200)
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Look at the domain now and say what was found; 10 times an hour' })
  @ApiOkResponse({ type: VerificationResponse })
  async check(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VerificationResponse> {
    const view = await this.verifications.get(actor, id);
    await this.limits.consume(ACCOUNT_CHECKS, actor.accountId, 1, reply);
    await this.limits.consume(CHECKS, id, 1, reply);
    return VerificationResponse.from(await this.verifications.check(actor, view));
  }
}
