import { Body, Controller, Delete, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { Creates, RateLimits, type RatePolicy } from '#platform';
import { CreateWebhookRequest } from './dto/notices.request.js';
import {
  AttemptsResponse,
  PingResponse,
  WebhookResponse,
  WebhookSecretResponse,
  WebhooksResponse,
} from './dto/webhook.response.js';
import { WebhooksService } from './webhooks.service.js';

/** Each ping makes this server call on a stranger's; nobody may use it to knock on doors. */
const PINGS: RatePolicy = { name: 'pings', quota: 20, windowSeconds: 3_600 };

@ApiTags('notices')
@Controller('v1/parties/:id/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly limits: RateLimits,
  ) {}

  @Post()
  @Creates()
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Have a server of yours told of every leaf that concerns the party' })
  @ApiCreatedResponse({ type: WebhookSecretResponse })
  async create(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Body() { url }: CreateWebhookRequest,
  ): Promise<WebhookSecretResponse> {
    return WebhookSecretResponse.from(await this.webhooks.create(actor, party, url));
  }

  @Get()
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'List the webhooks of a party of yours and how they are doing' })
  @ApiOkResponse({ type: WebhooksResponse })
  async list(@CurrentActor() actor: Actor, @Param('id') party: string): Promise<WebhooksResponse> {
    return { webhooks: (await this.webhooks.listOf(actor, party)).map(WebhookResponse.from) };
  }

  @Delete(':webhook')
  @HttpCode(204)
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Delete a webhook' })
  @ApiNoContentResponse({ description: 'Deleted.' })
  async delete(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Param('webhook') webhook: string,
  ): Promise<void> {
    await this.webhooks.delete(actor, party, webhook);
  }

  @Post(':webhook/secret')
  @Creates()
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Give a webhook a new secret; for a day the old one signs as well' })
  @ApiCreatedResponse({ type: WebhookSecretResponse })
  async rotate(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Param('webhook') webhook: string,
  ): Promise<WebhookSecretResponse> {
    return WebhookSecretResponse.from(await this.webhooks.rotate(actor, party, webhook));
  }

  @Post(':webhook/resume')
  @HttpCode(200)
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Go on delivering where a webhook was paused, or try again now' })
  @ApiOkResponse({ type: WebhookResponse })
  async resume(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Param('webhook') webhook: string,
  ): Promise<WebhookResponse> {
    return WebhookResponse.from(await this.webhooks.resume(actor, party, webhook));
  }

  @Post(':webhook/ping')
  @HttpCode(200)
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Send a test event now and say what became of it; 20 times an hour' })
  @ApiOkResponse({ type: PingResponse })
  async ping(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Param('webhook') webhook: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PingResponse> {
    await this.limits.consume(PINGS, actor.accountId, 1, reply);
    return PingResponse.from(await this.webhooks.ping(actor, party, webhook));
  }

  @Get(':webhook/attempts')
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'The last hundred deliveries and tries of a webhook, newest first' })
  @ApiOkResponse({ type: AttemptsResponse })
  async attempts(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Param('webhook') webhook: string,
  ): Promise<AttemptsResponse> {
    return AttemptsResponse.from(await this.webhooks.attempts(actor, party, webhook));
  }
}
