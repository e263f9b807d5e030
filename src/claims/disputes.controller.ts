import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, Public, RequireScope } from '#accounts';
import { Creates, pageOf, PageQuery, pageRequest } from '#platform';
import { WorksService } from '#works';
import { DisputesQuery } from './disputes.query.js';
import { DisputesService } from './disputes.service.js';
import { OpenDisputeRequest, ResolveDisputeRequest } from './dto/dispute.request.js';
import { DisputePageResponse, DisputeResponse } from './dto/dispute.response.js';

@ApiTags('Claims')
@Controller('v1')
export class DisputesController {
  constructor(
    private readonly disputes: DisputesService,
    private readonly query: DisputesQuery,
    private readonly works: WorksService,
  ) {}

  @Post('disputes')
  @Creates()
  @RequireScope('claims:write')
  @ApiOperation({ summary: 'Dispute verified claims that yours excludes' })
  @ApiCreatedResponse({ type: DisputeResponse })
  async open(
    @CurrentActor() actor: Actor,
    @Body() body: OpenDisputeRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DisputeResponse> {
    const dispute = await this.disputes.open(actor, body);
    reply.header('Location', `/v1/disputes/${dispute.disputeId}`);
    return DisputeResponse.from(dispute);
  }

  @Get('disputes/:dispute')
  @Public()
  @ApiOperation({ summary: 'Read a dispute' })
  @ApiOkResponse({ type: DisputeResponse })
  async read(@Param('dispute') disputeId: string): Promise<DisputeResponse> {
    return DisputeResponse.from(await this.disputes.get(disputeId));
  }

  @Get('works/:work/disputes')
  @Public()
  @ApiOperation({ summary: 'List the disputes over a work, open and ended' })
  @ApiOkResponse({ type: DisputePageResponse })
  async listOfWork(
    @Param('work') workId: string,
    @Query() query: PageQuery,
  ): Promise<DisputePageResponse> {
    await this.works.get(workId);
    const page = pageRequest(query);
    const rows = await this.query.listOfWork(workId, page);
    return pageOf(rows, page, (dispute) => dispute.disputeId, DisputeResponse.from);
  }

  @Post('disputes/:dispute/withdraw')
  @HttpCode(200)
  @RequireScope('claims:write')
  @ApiOperation({ summary: 'Take back a dispute that a party of yours opened' })
  @ApiOkResponse({ type: DisputeResponse })
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('dispute') disputeId: string,
  ): Promise<DisputeResponse> {
    return DisputeResponse.from(await this.disputes.withdraw(actor, disputeId));
  }

  @Post('operator/disputes/:dispute/resolution')
  @HttpCode(200)
  @RequireScope('operator:decide')
  @ApiOperation({ summary: 'Decide a dispute; claims are decided before it, by themselves' })
  @ApiOkResponse({ type: DisputeResponse })
  async resolve(
    @CurrentActor() operator: Actor,
    @Param('dispute') disputeId: string,
    @Body() body: ResolveDisputeRequest,
  ): Promise<DisputeResponse> {
    return DisputeResponse.from(
      await this.disputes.resolve(operator, disputeId, {
        how: body.decision,
        reason: body.reason,
      }),
    );
  }
}
