import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { Clock } from '#kernel';
import { PartyAccess } from '#parties';
import { Creates, pageOf, PageQuery, pageRequest } from '#platform';
import { CataloguesService } from './catalogues.service.js';
import {
  CatalogueWorksRequest,
  CreateCatalogueRequest,
  WorksQueryRequest,
} from './dto/work.request.js';
import {
  CatalogueChangeResponse,
  CataloguePageResponse,
  CatalogueResponse,
  WorkPageResponse,
  WorkSummaryResponse,
} from './dto/work.response.js';
import { WorksQuery } from './works.query.js';

@ApiTags('Catalogues')
@Controller('v1/catalogues')
export class CataloguesController {
  constructor(
    private readonly catalogues: CataloguesService,
    private readonly query: WorksQuery,
    private readonly parties: PartyAccess,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Creates()
  @RequireScope('works:write')
  @ApiOperation({ summary: 'Create a catalogue: a named set of works that one wish can cover' })
  @ApiCreatedResponse({ type: CatalogueResponse })
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: CreateCatalogueRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CatalogueResponse> {
    const catalogue = await this.catalogues.create(actor, body);
    reply.header('Location', `/v1/catalogues/${catalogue.catalogueId}`);
    return CatalogueResponse.from(catalogue);
  }

  @Get()
  @RequireScope('works:write')
  @ApiOperation({ summary: 'List the catalogues of a party of yours' })
  @ApiOkResponse({ type: CataloguePageResponse })
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: WorksQueryRequest,
  ): Promise<CataloguePageResponse> {
    await this.parties.actAs(actor, query.party, 'register', this.clock.now());
    const page = pageRequest(query);
    const rows: Parameters<typeof CatalogueResponse.from>[0][] = await this.query.listCatalogues(
      query.party,
      page,
    );
    return pageOf(rows, page, (row) => row.catalogueId, CatalogueResponse.from);
  }

  @Get(':catalogue')
  @RequireScope('works:write')
  @ApiOperation({ summary: 'Read a catalogue of yours' })
  @ApiOkResponse({ type: CatalogueResponse })
  async read(
    @CurrentActor() actor: Actor,
    @Param('catalogue') catalogueId: string,
  ): Promise<CatalogueResponse> {
    return CatalogueResponse.from(await this.catalogues.getOwn(actor, catalogueId));
  }

  @Get(':catalogue/works')
  @RequireScope('works:write')
  @ApiOperation({ summary: 'List the works of a catalogue of yours' })
  @ApiOkResponse({ type: WorkPageResponse })
  async listWorks(
    @CurrentActor() actor: Actor,
    @Param('catalogue') catalogueId: string,
    @Query() query: PageQuery,
  ): Promise<WorkPageResponse> {
    await this.catalogues.getOwn(actor, catalogueId);
    const page = pageRequest(query);
    const rows = await this.query.listCatalogueWorks(catalogueId, page);
    return pageOf(rows, page, (work) => work.workId, WorkSummaryResponse.of);
  }

  @Post(':catalogue/works')
  @HttpCode(200)
  @RequireScope('works:write')
  @ApiOperation({ summary: 'Put works into a catalogue' })
  @ApiOkResponse({ type: CatalogueChangeResponse })
  async addWorks(
    @CurrentActor() actor: Actor,
    @Param('catalogue') catalogueId: string,
    @Body() body: CatalogueWorksRequest,
  ): Promise<CatalogueChangeResponse> {
    return { added: await this.catalogues.addWorks(actor, catalogueId, body.works) };
  }

  @Delete(':catalogue/works/:work')
  @HttpCode(204)
  @RequireScope('works:write')
  @ApiOperation({ summary: 'Take a work out of a catalogue; past answers keep it' })
  @ApiNoContentResponse()
  async removeWork(
    @CurrentActor() actor: Actor,
    @Param('catalogue') catalogueId: string,
    @Param('work') workId: string,
  ): Promise<void> {
    await this.catalogues.removeWork(actor, catalogueId, workId);
  }
}
