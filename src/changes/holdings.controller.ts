import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { Creates } from '#platform';
import { ChangesQueryRequest, positionOf } from './dto/changes.request.js';
import { CreateHoldingRequest } from './dto/holding.request.js';
import {
  HoldingChangesResponse,
  HoldingResponse,
  HoldingsResponse,
} from './dto/holding.response.js';
import { HoldingsService } from './holdings.service.js';

const PAGE = 500;

@ApiTags('Changes')
@Controller('v1/holdings')
export class HoldingsController {
  constructor(private readonly holdings: HoldingsService) {}

  @Post()
  @Creates()
  @RequireScope('lookup:read')
  @RouteConfig({ bodyLimit: 2 * 1024 * 1024 })
  @ApiOperation({
    summary: 'Have identifiers that you hold watched for changes of their answers',
    description: 'A list of up to 10,000, or all that a finished lookup job asked about.',
  })
  @ApiCreatedResponse({ type: HoldingResponse })
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: CreateHoldingRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HoldingResponse> {
    const holding = await this.holdings.create(actor, body);
    reply.header('Location', `/v1/holdings/${holding.holdingId}`);
    return HoldingResponse.from(holding);
  }

  @Get()
  @RequireScope('lookup:read')
  @ApiOperation({ summary: 'List your holdings' })
  @ApiOkResponse({ type: HoldingsResponse })
  async list(@CurrentActor() actor: Actor): Promise<HoldingsResponse> {
    return { holdings: (await this.holdings.list(actor)).map(HoldingResponse.from) };
  }

  @Get(':holding')
  @RequireScope('lookup:read')
  @ApiOperation({ summary: 'Read a holding and how far its webhook was told' })
  @ApiOkResponse({ type: HoldingResponse })
  async read(
    @CurrentActor() actor: Actor,
    @Param('holding') holdingId: string,
  ): Promise<HoldingResponse> {
    return HoldingResponse.from(await this.holdings.get(actor, holdingId));
  }

  @Get(':holding/changes')
  @RequireScope('lookup:read')
  @ApiOperation({
    summary: 'Which of what you hold may have another answer since a log size',
    description: 'A page may be empty and still have a nextCursor: go on until it is null.',
  })
  @ApiOkResponse({ type: HoldingChangesResponse })
  async changes(
    @CurrentActor() actor: Actor,
    @Param('holding') holdingId: string,
    @Query() query: ChangesQueryRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HoldingChangesResponse> {
    const limit = query.limit ?? PAGE;
    const isSaid = query.since !== undefined || query.cursor !== undefined;
    const from = isSaid ? positionOf(query) : null;
    const page = await this.holdings.read(actor, holdingId, from, limit);
    const answer = HoldingChangesResponse.from(page);
    if (answer.nextCursor !== null) {
      const next = `/v1/holdings/${holdingId}/changes?cursor=${answer.nextCursor}&limit=${limit}`;
      reply.header('Link', `<${next}>; rel="next"`);
    }
    return answer;
  }

  @Post(':holding/resume')
  @HttpCode(200)
  @RequireScope('lookup:read')
  @ApiOperation({ summary: 'Go on telling the webhook where that was given up, or try again now' })
  @ApiOkResponse({ type: HoldingResponse })
  async resume(
    @CurrentActor() actor: Actor,
    @Param('holding') holdingId: string,
  ): Promise<HoldingResponse> {
    return HoldingResponse.from(await this.holdings.resume(actor, holdingId));
  }

  @Delete(':holding')
  @HttpCode(204)
  @RequireScope('lookup:read')
  @ApiOperation({ summary: 'Delete a holding: nobody is told of it any more' })
  @ApiNoContentResponse({ description: 'Deleted.' })
  async delete(@CurrentActor() actor: Actor, @Param('holding') holdingId: string): Promise<void> {
    await this.holdings.delete(actor, holdingId);
  }
}
