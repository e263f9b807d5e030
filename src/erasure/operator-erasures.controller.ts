import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { ErasePartyRequest } from './dto/erasure.request.js';
import { ErasureResponse } from './dto/erasure.response.js';
import { ErasureService } from './erasure.service.js';

@ApiTags('operator')
@Controller('v1/operator/erasures')
export class OperatorErasuresController {
  constructor(private readonly erasures: ErasureService) {}

  /** Takes no Idempotency-Key: erasing twice is one erasure, and the answer is the same. */
  @Post()
  @HttpCode(200)
  @RequireScope('operator:decide')
  @ApiOperation({ summary: 'Erase a party that asked by letter, with the accounts only it has' })
  @ApiOkResponse({ type: ErasureResponse })
  async erase(
    @CurrentActor() operator: Actor,
    @Body() body: ErasePartyRequest,
  ): Promise<ErasureResponse> {
    return ErasureResponse.from(await this.erasures.eraseParty(operator, body.party, body.reason));
  }
}
