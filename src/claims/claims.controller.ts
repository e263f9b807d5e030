import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, Public, RequireScope } from '#accounts';
import { Clock } from '#kernel';
import { PartyAccess } from '#parties';
import { Creates, pageOf, PageQuery, pageRequest } from '#platform';
import { WorksService } from '#works';
import { ClaimsQuery } from './claims.query.js';
import { ClaimsService } from './claims.service.js';
import {
  ClaimsQueryRequest,
  DecideClaimRequest,
  MakeClaimRequest,
  RegisterSongRequest,
} from './dto/claim.request.js';
import { ClaimPageResponse, ClaimResponse, SongResponse } from './dto/claim.response.js';
import { SongsService } from './songs.service.js';

@ApiTags('Claims')
@Controller('v1')
export class ClaimsController {
  constructor(
    private readonly claims: ClaimsService,
    private readonly songs: SongsService,
    private readonly query: ClaimsQuery,
    private readonly works: WorksService,
    private readonly parties: PartyAccess,
    private readonly clock: Clock,
  ) {}

  @Post('songs')
  @Creates()
  @RequireScope('works:write')
  @ApiOperation({
    summary: '“I wrote and recorded this”: recording, composition and both claims in one call',
  })
  @ApiCreatedResponse({ type: SongResponse })
  async registerSong(
    @CurrentActor() actor: Actor,
    @Body() body: RegisterSongRequest,
  ): Promise<SongResponse> {
    return SongResponse.from(await this.songs.register(actor, body));
  }

  @Post('claims')
  @Creates()
  @RequireScope('claims:write')
  @ApiOperation({ summary: 'Claim a layer of a work' })
  @ApiCreatedResponse({ type: ClaimResponse })
  async make(
    @CurrentActor() actor: Actor,
    @Body() body: MakeClaimRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ClaimResponse> {
    const claim = await this.claims.make(actor, body);
    reply.header('Location', `/v1/claims/${claim.claimId}`);
    return ClaimResponse.from(claim);
  }

  @Get('claims')
  @RequireScope('claims:write')
  @ApiOperation({ summary: 'List the claims of a party of yours' })
  @ApiOkResponse({ type: ClaimPageResponse })
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: ClaimsQueryRequest,
  ): Promise<ClaimPageResponse> {
    await this.parties.actAs(actor, query.party, 'claim', this.clock.now());
    const page = pageRequest(query);
    const rows = await this.query.listOfParty(query.party, page);
    return pageOf(rows, page, (claim) => claim.claimId, ClaimResponse.from);
  }

  @Get('claims/:claim')
  @Public()
  @ApiOperation({ summary: 'Read a claim' })
  @ApiOkResponse({ type: ClaimResponse })
  async read(@Param('claim') claimId: string): Promise<ClaimResponse> {
    return ClaimResponse.from(await this.claims.get(claimId));
  }

  @Get('works/:work/claims')
  @Public()
  @ApiOperation({ summary: 'List the claims on a work' })
  @ApiOkResponse({ type: ClaimPageResponse })
  async listOfWork(
    @Param('work') workId: string,
    @Query() query: PageQuery,
  ): Promise<ClaimPageResponse> {
    await this.works.get(workId);
    const page = pageRequest(query);
    const rows = await this.query.listOfWork(workId, page);
    return pageOf(rows, page, (claim) => claim.claimId, ClaimResponse.from);
  }

  @Post('claims/:claim/withdraw')
  @HttpCode(200)
  @RequireScope('claims:write')
  @ApiOperation({ summary: 'Withdraw a claim for good; past answers keep it' })
  @ApiOkResponse({ type: ClaimResponse })
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('claim') claimId: string,
  ): Promise<ClaimResponse> {
    return ClaimResponse.from(await this.claims.withdraw(actor, claimId));
  }

  @Post('operator/claims/:claim/verification')
  @HttpCode(200)
  @RequireScope('operator:decide')
  @ApiOperation({ summary: 'Decide a claim’s verification level on evidence' })
  @ApiOkResponse({ type: ClaimResponse })
  async decide(
    @CurrentActor() operator: Actor,
    @Param('claim') claimId: string,
    @Body() body: DecideClaimRequest,
  ): Promise<ClaimResponse> {
    return ClaimResponse.from(await this.claims.decide(operator, claimId, body));
  }
}
