import { Body, Controller, Delete, Get, Header, HttpCode, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  AccountErasure,
  type AccessRequest,
  type Actor,
  CurrentActor,
  RequireScope,
} from '#accounts';
import { EraseAccountRequest } from './dto/erasure.request.js';
import { ErasurePreviewResponse, ErasureResponse } from './dto/erasure.response.js';
import { ErasurePreviews } from './erasure-preview.service.js';
import { ErasureService } from './erasure.service.js';
import { PersonExport } from './person-export.service.js';

@ApiTags('accounts')
@Controller('v1/accounts/me')
export class ErasureController {
  constructor(
    private readonly erasures: ErasureService,
    private readonly previews: ErasurePreviews,
    private readonly persons: PersonExport,
    private readonly accounts: AccountErasure,
  ) {}

  @Get('export')
  @RequireScope('account:manage')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Get everything that is kept of you and your parties' })
  @ApiOkResponse({ description: 'Rows as they are stored.', schema: { type: 'object' } })
  export(@CurrentActor() actor: Actor): Promise<Record<string, unknown>> {
    return this.persons.export(actor);
  }

  @Get('erasure')
  @RequireScope('account:manage')
  @ApiOperation({ summary: 'See what erasing your account would remove and what would stay' })
  @ApiOkResponse({ type: ErasurePreviewResponse })
  async preview(@CurrentActor() actor: Actor): Promise<ErasurePreviewResponse> {
    return ErasurePreviewResponse.from(await this.previews.of(actor));
  }

  @Delete()
  @HttpCode(200)
  @RequireScope('account:manage')
  @ApiOperation({ summary: 'Erase your account and every party that you alone speak for' })
  @ApiOkResponse({ type: ErasureResponse })
  async erase(
    @CurrentActor() actor: Actor,
    @Body() body: EraseAccountRequest,
    @Req() request: AccessRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ErasureResponse> {
    await this.accounts.confirm(actor, body.password, { client: request.clientId!, reply });
    const erasure = await this.erasures.eraseOwn(actor);
    this.accounts.signOut(erasure.accountIds, reply);
    return ErasureResponse.from(erasure);
  }
}
