import { Body, Controller, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Creates } from '#platform';
import { CurrentActor, Public, RequireScope, RequireSignIn } from './access/access.decorators.js';
import type { AccessRequest } from './access/access-request.js';
import { AccountsService } from './accounts.service.js';
import type { Actor } from './domain/actor.js';
import { AccountResponse } from './dto/account.response.js';
import { ChangePasswordRequest } from './dto/change-password.request.js';
import { SignUpRequest } from './dto/sign-up.request.js';

@ApiTags('accounts')
@Controller('v1')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Post('accounts')
  @Public()
  @Creates({ omitFromDigest: ['password'] })
  @ApiOperation({ summary: 'Sign up: make an account' })
  @ApiCreatedResponse({ type: AccountResponse })
  async signUp(
    @Body() body: SignUpRequest,
    @Req() request: AccessRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountResponse> {
    const account = await this.accounts.signUp(body, { client: request.clientId!, reply });
    void reply.header('Location', '/v1/account');
    return AccountResponse.from(account);
  }

  @Get('account')
  @RequireSignIn()
  @ApiOperation({ summary: 'Who am I, and what may I do?' })
  @ApiOkResponse({ type: AccountResponse })
  async show(@CurrentActor() actor: Actor): Promise<AccountResponse> {
    return AccountResponse.from(await this.accounts.get(actor), actor);
  }

  @Put('account/password')
  @HttpCode(204)
  @RequireScope('account:manage')
  @ApiOperation({ summary: 'Change the password and end all other sessions' })
  @ApiNoContentResponse({ description: 'Changed. The session of this request goes on.' })
  async changePassword(
    @CurrentActor() actor: Actor,
    @Body() body: ChangePasswordRequest,
    @Req() request: AccessRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const change = { current: body.currentPassword, next: body.newPassword };
    await this.accounts.changePassword(actor, change, { client: request.clientId!, reply });
  }
}
