import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { Clock } from '#kernel';
import { PartyAccess } from '#parties';
import { Creates, pageOf, pageRequest } from '#platform';
import { GrantLicenceRequest, LicencesQueryRequest } from './dto/licence.request.js';
import { LicencePageResponse, LicenceResponse } from './dto/licence.response.js';
import { LicensingQuery } from './licensing.query.js';
import { LicensingService } from './licensing.service.js';

@ApiTags('Licences')
@Controller('v1/licences')
export class LicensingController {
  constructor(
    private readonly licensing: LicensingService,
    private readonly query: LicensingQuery,
    private readonly parties: PartyAccess,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Creates()
  @RequireScope('licences:grant')
  @ApiOperation({ summary: 'Grant one inquirer a licence for layers that you hold alone' })
  @ApiCreatedResponse({ type: LicenceResponse })
  async grant(
    @CurrentActor() actor: Actor,
    @Body() body: GrantLicenceRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LicenceResponse> {
    const licence = await this.licensing.grant(actor, {
      ...body,
      validFrom: body.validFrom ? Date.parse(body.validFrom) : undefined,
      validUntil: body.validUntil ? Date.parse(body.validUntil) : undefined,
    });
    reply.header('Location', `/v1/licences/${licence.licenceId}`);
    return LicenceResponse.from(licence);
  }

  @Get()
  @RequireScope('licences:grant')
  @ApiOperation({ summary: 'List the licences that a party of yours granted' })
  @ApiOkResponse({ type: LicencePageResponse })
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: LicencesQueryRequest,
  ): Promise<LicencePageResponse> {
    await this.parties.actAs(actor, query.grantor, 'licence', this.clock.now());
    const page = pageRequest(query);
    const rows = await this.query.listGrantedBy(query.grantor, page);
    return pageOf(rows, page, (row) => row.licenceId, LicenceResponse.from);
  }

  @Get(':licence')
  @RequireScope('lookup:read')
  @ApiOperation({ summary: 'Read a licence that a party of yours gave or got' })
  @ApiOkResponse({ type: LicenceResponse })
  async read(
    @CurrentActor() actor: Actor,
    @Param('licence') licenceId: string,
  ): Promise<LicenceResponse> {
    return LicenceResponse.from(await this.licensing.getOwn(actor, licenceId));
  }

  @Post(':licence/revoke')
  @HttpCode(200)
  @RequireScope('licences:grant')
  @ApiOperation({ summary: 'End a licence now' })
  @ApiOkResponse({ type: LicenceResponse })
  async revoke(
    @CurrentActor() actor: Actor,
    @Param('licence') licenceId: string,
  ): Promise<LicenceResponse> {
    return LicenceResponse.from(await this.licensing.revoke(actor, licenceId));
  }
}
