import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Creates, PageQuery } from '#platform';
import { CurrentActor, RequireScope } from './access/access.decorators.js';
import { ApiKeysService } from './api-keys.service.js';
import type { Actor } from './domain/actor.js';
import { ApiKeyPageResponse, CreatedApiKeyResponse } from './dto/api-key.response.js';
import { CreateApiKeyRequest } from './dto/create-api-key.request.js';

@ApiTags('accounts')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Post()
  @Creates()
  @RequireScope('account:manage')
  @ApiOperation({ summary: 'Create an API key; its secret is shown once' })
  @ApiCreatedResponse({ type: CreatedApiKeyResponse })
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: CreateApiKeyRequest,
  ): Promise<CreatedApiKeyResponse> {
    const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
    const { key, secret } = await this.keys.create(actor, { ...body, expiresAt });
    return CreatedApiKeyResponse.from(key, secret);
  }

  @Get()
  @RequireScope('account:manage')
  @ApiOperation({ summary: 'List one’s own API keys' })
  @ApiOkResponse({ type: ApiKeyPageResponse })
  async list(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<ApiKeyPageResponse> {
    return ApiKeyPageResponse.from(await this.keys.list(actor, query));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('account:manage')
  @ApiOperation({ summary: 'Revoke one of one’s own API keys' })
  @ApiNoContentResponse({ description: 'Revoked.' })
  async revoke(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.keys.revoke(actor, id);
  }
}
