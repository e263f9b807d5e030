import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { Creates } from '#platform';
import {
  DecideVerificationRequest,
  RevokeVerificationRequest,
} from './dto/verification.request.js';
import { DecidedVerificationResponse } from './dto/verification.response.js';
import { OperatorVerificationsService } from './operator-verifications.service.js';

@ApiTags('operator')
@Controller('v1/operator')
export class OperatorVerificationsController {
  constructor(private readonly verifications: OperatorVerificationsService) {}

  @Post('parties/:id/verifications')
  @Creates()
  @RequireScope('operator:decide')
  @ApiOperation({ summary: 'Record what evidence you saw of who a party is, and its level' })
  @ApiCreatedResponse({ type: DecidedVerificationResponse })
  async decide(
    @CurrentActor() operator: Actor,
    @Param('id') id: string,
    @Body() body: DecideVerificationRequest,
  ): Promise<DecidedVerificationResponse> {
    const { level, evidence, reason } = body;
    const view = await this.verifications.decide(operator, id, { level, evidence, reason });
    return DecidedVerificationResponse.from(view);
  }

  @Post('verifications/:id/revoke')
  @HttpCode(200)
  @RequireScope('operator:decide')
  @ApiOperation({ summary: 'End a verification of any kind that no longer holds' })
  @ApiOkResponse({ type: DecidedVerificationResponse })
  async revoke(
    @CurrentActor() operator: Actor,
    @Param('id') id: string,
    @Body() body: RevokeVerificationRequest,
  ): Promise<DecidedVerificationResponse> {
    const view = await this.verifications.revoke(operator, id, body.reason);
    return DecidedVerificationResponse.from(view);
  }
}
