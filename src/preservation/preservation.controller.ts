import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, Public, RequireScope } from '#accounts';
import {
  DeclareTriggerRequest,
  DissentRequest,
  CustodyRequest,
  ObjectRequest,
} from './dto/trigger.request.js';
import { TriggersResponse } from './dto/trigger.response.js';
import { TriggersService } from './triggers.service.js';

@ApiTags('Preservation')
@Controller('v1/works/:work')
export class PreservationController {
  constructor(private readonly triggers: TriggersService) {}

  @Post('custodies')
  @HttpCode(204)
  @RequireScope('preservation:declare')
  @ApiOperation({ summary: 'Say that your archive holds a copy of the work' })
  @ApiNoContentResponse()
  async hold(
    @CurrentActor() actor: Actor,
    @Param('work') workId: string,
    @Body() { party }: CustodyRequest,
  ): Promise<void> {
    await this.triggers.hold(actor, workId, party);
  }

  @Delete('custodies/:party')
  @HttpCode(204)
  @RequireScope('preservation:declare')
  @ApiOperation({ summary: 'Say that your archive holds it no more' })
  @ApiNoContentResponse()
  async release(
    @CurrentActor() actor: Actor,
    @Param('work') workId: string,
    @Param('party') partyId: string,
  ): Promise<void> {
    await this.triggers.release(actor, workId, partyId);
  }

  @Get('triggers')
  @Public()
  @ApiOperation({ summary: 'What archives declared about the state of a work, newest first' })
  @ApiOkResponse({ type: TriggersResponse })
  async list(@Param('work') workId: string): Promise<TriggersResponse> {
    return TriggersResponse.from(await this.triggers.list(workId));
  }

  @Post('triggers')
  @HttpCode(200)
  @RequireScope('preservation:declare')
  @ApiOperation({ summary: 'Declare a state of a work that your archive holds' })
  @ApiOkResponse({ type: TriggersResponse })
  async declare(
    @CurrentActor() actor: Actor,
    @Param('work') workId: string,
    @Body() body: DeclareTriggerRequest,
  ): Promise<TriggersResponse> {
    return TriggersResponse.from(await this.triggers.say(actor, workId, 'declared', body));
  }

  @Post('triggers/dissent')
  @HttpCode(200)
  @RequireScope('preservation:declare')
  @ApiOperation({ summary: 'Deny a state that other archives declared' })
  @ApiOkResponse({ type: TriggersResponse })
  async dissent(
    @CurrentActor() actor: Actor,
    @Param('work') workId: string,
    @Body() body: DissentRequest,
  ): Promise<TriggersResponse> {
    return TriggersResponse.from(await this.triggers.say(actor, workId, 'dissented', body));
  }

  @Post('triggers/objection')
  @HttpCode(200)
  @RequireScope('claims:write')
  @ApiOperation({ summary: 'Object as a rights holder, before the trigger is in effect' })
  @ApiOkResponse({ type: TriggersResponse })
  async object(
    @CurrentActor() actor: Actor,
    @Param('work') workId: string,
    @Body() body: ObjectRequest,
  ): Promise<TriggersResponse> {
    return TriggersResponse.from(await this.triggers.object(actor, workId, body));
  }
}
