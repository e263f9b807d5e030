import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { RecoverPasskeysRequest } from './dto/passkey.request.js';
import { RecoveredPasskeysResponse } from './dto/passkey.response.js';
import { OperatorPasskeys } from './operator-passkeys.service.js';

@ApiTags('operator')
@Controller('v1/operator/parties/:id')
export class OperatorPasskeysController {
  constructor(private readonly passkeys: OperatorPasskeys) {}

  @Post('passkeys/recovery')
  @HttpCode(200)
  @RequireScope('operator:decide')
  @ApiOperation({
    summary: 'For a party that lost its passkeys: revoke them all and ask for none any more',
  })
  @ApiOkResponse({ type: RecoveredPasskeysResponse })
  async recover(
    @CurrentActor() operator: Actor,
    @Param('id') party: string,
    @Body() { reason }: RecoverPasskeysRequest,
  ): Promise<RecoveredPasskeysResponse> {
    return { revoked: await this.passkeys.recover(operator, party, reason) };
  }
}
