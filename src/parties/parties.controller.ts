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
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, Public, RequireScope } from '#accounts';
import { Creates, expectedRevision, PageQuery, pageRequest, revisionEtag } from '#platform';
import {
  ChangePartyRequest,
  PartyIdentifierRequest,
  RegisterPartyRequest,
} from './dto/party.request.js';
import { PartyPageResponse, PartyResponse } from './dto/party.response.js';
import { PartiesService } from './parties.service.js';
import type { PartyProfile } from './party-profile.js';

@ApiTags('parties')
@Controller('v1/parties')
export class PartiesController {
  constructor(private readonly parties: PartiesService) {}

  @Post()
  @Creates()
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Register a person, group or organisation; you become its member' })
  @ApiCreatedResponse({ type: PartyResponse })
  async register(
    @CurrentActor() actor: Actor,
    @Body() body: RegisterPartyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartyResponse> {
    const profile = await this.parties.register(actor, body);
    reply.header('Location', `/v1/parties/${profile.partyId}`);
    return answer(profile, reply);
  }

  @Get()
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'List the parties of which you are a member' })
  @ApiOkResponse({ type: PartyPageResponse })
  async listOwn(
    @CurrentActor() actor: Actor,
    @Query() query: PageQuery,
  ): Promise<PartyPageResponse> {
    return PartyPageResponse.from(await this.parties.listOwn(actor, pageRequest(query)));
  }

  @Get(':id')
  @Public()
  @ApiOperation({ summary: 'Show what is publicly known about a party and how well it is proven' })
  @ApiOkResponse({ type: PartyResponse })
  async get(
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartyResponse> {
    return answer(await this.parties.get(id), reply);
  }

  @Patch(':id')
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Change the name or the country of a party of yours' })
  @ApiHeader({ name: 'If-Match', required: true, description: 'ETag of the version you read' })
  @ApiOkResponse({ type: PartyResponse })
  async change(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: ChangePartyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartyResponse> {
    const revision = expectedRevision(ifMatch);
    return answer(await this.parties.change(actor, id, revision, body), reply);
  }

  @Post(':id/identifiers')
  @Creates()
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Add an ISNI, ORCID, IPI or the like to a party of yours' })
  @ApiCreatedResponse({ type: PartyResponse })
  async addIdentifier(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: PartyIdentifierRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartyResponse> {
    return answer(await this.parties.addIdentifier(actor, id, body), reply);
  }

  @Delete(':id/identifiers/:scheme/:value')
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Remove an identifier from a party of yours' })
  @ApiOkResponse({ type: PartyResponse })
  async removeIdentifier(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('scheme') scheme: string,
    @Param('value') value: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartyResponse> {
    return answer(await this.parties.removeIdentifier(actor, id, { scheme, value }), reply);
  }
}

function answer(profile: PartyProfile, reply: FastifyReply): PartyResponse {
  reply.header('ETag', revisionEtag(profile.revision));
  return PartyResponse.from(profile);
}
