import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { Creates, pageRequest } from '#platform';
import { MandateQueryRequest, ProposeMandateRequest } from './dto/mandate.request.js';
import { MandatePageResponse, MandateResponse } from './dto/mandate.response.js';
import { MandatesService } from './mandates.service.js';

@ApiTags('mandates')
@Controller('v1')
export class MandatesController {
  constructor(private readonly mandates: MandatesService) {}

  @Post('mandates')
  @Creates()
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Propose that a party of yours may act in the name of another party' })
  @ApiCreatedResponse({ type: MandateResponse })
  async propose(
    @CurrentActor() actor: Actor,
    @Body() body: ProposeMandateRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MandateResponse> {
    const named = await this.mandates.propose(actor, {
      ...body,
      validFrom: body.validFrom ? Date.parse(body.validFrom) : undefined,
      validUntil: body.validUntil ? Date.parse(body.validUntil) : null,
    });
    reply.header('Location', `/v1/mandates/${named.mandate.mandateId}`);
    return MandateResponse.from(named);
  }

  @Get('mandates/:id')
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Show a mandate, with all that it allows in plain words' })
  @ApiOkResponse({ type: MandateResponse })
  async get(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<MandateResponse> {
    return MandateResponse.from(await this.mandates.get(actor, id));
  }

  @Get('parties/:id/mandates')
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'List the mandates that a party of yours has given or holds' })
  @ApiOkResponse({ type: MandatePageResponse })
  async listOf(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() query: MandateQueryRequest,
  ): Promise<MandatePageResponse> {
    const page = await this.mandates.listOf(actor, id, query, pageRequest(query));
    return MandatePageResponse.from(page);
  }

  @Post('mandates/:id/confirm')
  @HttpCode(200)
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Confirm, as the principal, that the other party may act in your name' })
  @ApiOkResponse({ type: MandateResponse })
  async confirm(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<MandateResponse> {
    return MandateResponse.from(await this.mandates.step(actor, id, 'confirm'));
  }

  @Post('mandates/:id/decline')
  @HttpCode(200)
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Decline, as the principal, a mandate that was proposed to you' })
  @ApiOkResponse({ type: MandateResponse })
  async decline(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<MandateResponse> {
    return MandateResponse.from(await this.mandates.step(actor, id, 'decline'));
  }

  @Post('mandates/:id/revoke')
  @HttpCode(200)
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Revoke a mandate, from either side, with effect from now' })
  @ApiOkResponse({ type: MandateResponse })
  async revoke(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<MandateResponse> {
    return MandateResponse.from(await this.mandates.step(actor, id, 'revoke'));
  }
}
