import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, Public, RequireScope } from '#accounts';
import { Clock } from '#kernel';
import { PartyAccess } from '#parties';
import { Creates, expectedRevision, pageOf, pageRequest, revisionEtag } from '#platform';
import {
  DescribeWorkRequest,
  IdentifierRequest,
  LinkRequest,
  RegisterWorkRequest,
  WorksQueryRequest,
} from './dto/work.request.js';
import { WorkPageResponse, WorkResponse, WorkSummaryResponse } from './dto/work.response.js';
import { WorksQuery } from './works.query.js';
import { WorksService } from './works.service.js';

@ApiTags('Works')
@Controller('v1/works')
export class WorksController {
  constructor(
    private readonly works: WorksService,
    private readonly query: WorksQuery,
    private readonly parties: PartyAccess,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Creates()
  @RequireScope('works:write')
  @ApiOperation({ summary: 'Register a work with its identifiers, contributors and links' })
  @ApiCreatedResponse({ type: WorkResponse })
  async register(
    @CurrentActor() actor: Actor,
    @Body() body: RegisterWorkRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkResponse> {
    const work = await this.works.register(actor, body);
    reply.headers({ Location: `/v1/works/${work.workId}`, ETag: revisionEtag(work.revision) });
    return WorkResponse.from(work);
  }

  @Get()
  @RequireScope('works:write')
  @ApiOperation({ summary: 'List the works that a party of yours registered' })
  @ApiOkResponse({ type: WorkPageResponse })
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: WorksQueryRequest,
  ): Promise<WorkPageResponse> {
    await this.parties.actAs(actor, query.party, 'register', this.clock.now());
    const page = pageRequest(query);
    const rows = await this.query.listWorks(query.party, page);
    return pageOf(rows, page, (work) => work.workId, WorkSummaryResponse.of);
  }

  @Get(':work')
  @Public()
  @ApiOperation({ summary: 'Read a work' })
  @ApiOkResponse({ type: WorkResponse })
  async read(
    @Param('work') workId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkResponse> {
    const work = await this.works.get(workId);
    reply.header('ETag', revisionEtag(work.revision));
    return WorkResponse.from(work);
  }

  @Patch(':work')
  @RequireScope('works:write')
  @ApiOperation({ summary: 'Change the title, language or contributors of a work' })
  @ApiOkResponse({ type: WorkResponse })
  async describe(
    @CurrentActor() actor: Actor,
    @Param('work') workId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: DescribeWorkRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkResponse> {
    const work = await this.works.describe(actor, workId, expectedRevision(ifMatch), body);
    reply.header('ETag', revisionEtag(work.revision));
    return WorkResponse.from(work);
  }

  @Post(':work/identifiers')
  @Creates()
  @RequireScope('works:write')
  @ApiOperation({ summary: 'Add an identifier to a work' })
  @ApiCreatedResponse({ type: WorkResponse })
  async addIdentifier(
    @CurrentActor() actor: Actor,
    @Param('work') workId: string,
    @Body() body: IdentifierRequest,
  ): Promise<WorkResponse> {
    return WorkResponse.from(await this.works.addIdentifier(actor, workId, body));
  }

  @Delete(':work/identifiers/:scheme/:value')
  @RequireScope('works:write')
  @ApiOperation({ summary: 'Take an identifier off a work; past answers keep it' })
  @ApiOkResponse({ type: WorkResponse })
  async removeIdentifier(
    @CurrentActor() actor: Actor,
    @Param('work') workId: string,
    @Param('scheme') scheme: string,
    @Param('value') value: string,
  ): Promise<WorkResponse> {
    return WorkResponse.from(await this.works.removeIdentifier(actor, workId, { scheme, value }));
  }

  @Post(':work/links')
  @Creates()
  @RequireScope('works:write')
  @ApiOperation({ summary: 'Link a work to another' })
  @ApiCreatedResponse({ type: WorkResponse })
  async addLink(
    @CurrentActor() actor: Actor,
    @Param('work') workId: string,
    @Body() body: LinkRequest,
  ): Promise<WorkResponse> {
    return WorkResponse.from(await this.works.addLink(actor, workId, body));
  }

  @Delete(':work/links/:kind/:other')
  @RequireScope('works:write')
  @ApiOperation({ summary: 'Take a link away; past answers keep it' })
  @ApiOkResponse({ type: WorkResponse })
  async removeLink(
    @CurrentActor() actor: Actor,
    @Param('work') workId: string,
    @Param('kind') kind: string,
    @Param('other') other: string,
  ): Promise<WorkResponse> {
    return WorkResponse.from(await this.works.removeLink(actor, workId, { kind, work: other }));
  }
}
