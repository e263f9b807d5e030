import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScope } from '#accounts';
import { Creates } from '#platform';
import { AddRegistryKeyRequest, StepRegistryKeyRequest } from '../dto/log.request.js';
import { RegistryKeyResponse } from '../dto/log.response.js';
import { type RegistryKey, SigningKeys } from './signing-keys.service.js';

/** Rotation: publish a key ahead, let it sign, end the old one. Each step is a leaf of the log. */
@ApiTags('operator')
@Controller('v1/operator/keys')
export class OperatorKeysController {
  constructor(private readonly keys: SigningKeys) {}

  @Get()
  @RequireScope('operator:decide')
  @ApiOperation({ summary: 'List the registry’s keys, ended ones too' })
  @ApiOkResponse({ type: [RegistryKeyResponse] })
  list(): RegistryKeyResponse[] {
    return this.keys.all.map(responseOf);
  }

  @Post()
  @Creates()
  @RequireScope('operator:decide')
  @ApiOperation({ summary: 'Publish a new key of the registry that signs nothing yet' })
  @ApiCreatedResponse({ type: RegistryKeyResponse })
  async add(@Body() { use }: AddRegistryKeyRequest): Promise<RegistryKeyResponse> {
    return responseOf(await this.keys.add(use));
  }

  @Post(':kid/state')
  @HttpCode(200)
  @RequireScope('operator:decide')
  @ApiOperation({ summary: 'Let a key of the registry begin to sign, or end it' })
  @ApiOkResponse({ type: RegistryKeyResponse })
  async step(
    @Param('kid') kid: string,
    @Body() { state }: StepRegistryKeyRequest,
  ): Promise<RegistryKeyResponse> {
    return responseOf(await this.keys.step(kid, state));
  }
}

function responseOf({ kid, use, state, publicKey }: RegistryKey): RegistryKeyResponse {
  return { kid, use, state, publicKey: publicKey.toString('base64') };
}
