import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScope } from '#accounts';
import { Creates } from '#platform';
import {
  BindPasskeyRequest,
  PasskeyPolicyRequest,
  SignatureRequest,
  SigningOptionsRequest,
} from './dto/passkey.request.js';
import {
  BindingOptionsResponse,
  PasskeyPolicyResponse,
  PasskeyResponse,
  PasskeysResponse,
  SigningOptionsResponse,
} from './dto/passkey.response.js';
import { PasskeysService } from './passkeys.service.js';

@ApiTags('passkeys')
@Controller('v1/parties/:id')
export class PasskeysController {
  constructor(private readonly passkeys: PasskeysService) {}

  @Post('passkeys/options')
  @HttpCode(200)
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Begin to bind a passkey: what your browser needs to make one' })
  @ApiOkResponse({ type: BindingOptionsResponse })
  async begin(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Body() body: SignatureRequest,
  ): Promise<BindingOptionsResponse> {
    return { publicKey: await this.passkeys.bindingOptions(actor, party, body) };
  }

  @Post('passkeys')
  @Creates()
  @RequireScope('parties:write')
  @ApiOperation({
    summary: 'Bind the passkey that your browser made, to sign declarations with it',
  })
  @ApiCreatedResponse({ type: PasskeyResponse })
  async bind(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Body() body: BindPasskeyRequest,
  ): Promise<PasskeyResponse> {
    return PasskeyResponse.from(await this.passkeys.bind(actor, party, body));
  }

  @Get('passkeys')
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'List the passkeys of a party of yours, revoked ones too' })
  @ApiOkResponse({ type: PasskeysResponse })
  async list(@CurrentActor() actor: Actor, @Param('id') party: string): Promise<PasskeysResponse> {
    const passkeys = await this.passkeys.listOf(actor, party);
    return { passkeys: passkeys.map(PasskeyResponse.from) };
  }

  @Delete('passkeys/:passkey')
  @HttpCode(204)
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Revoke a passkey; what it signed before stays signed' })
  @ApiNoContentResponse({ description: 'Revoked.' })
  async revoke(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Param('passkey') passkey: string,
  ): Promise<void> {
    await this.passkeys.revoke(actor, party, passkey);
  }

  @Post('passkeys/signing-options')
  @HttpCode(200)
  @RequireScope('parties:write')
  @ApiOperation({
    summary: 'What a passkey signs to let another be bound, or to loosen the policy',
  })
  @ApiOkResponse({ type: SigningOptionsResponse })
  async signingOptions(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Body() { act }: SigningOptionsRequest,
  ): Promise<SigningOptionsResponse> {
    return SigningOptionsResponse.from(await this.passkeys.signingOptions(actor, party, act));
  }

  @Get('passkey-policy')
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'Whether only signed declarations widen what a party of yours allows' })
  @ApiOkResponse({ type: PasskeyPolicyResponse })
  async policy(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
  ): Promise<PasskeyPolicyResponse> {
    return PasskeyPolicyResponse.from(await this.passkeys.requiredSince(actor, party));
  }

  @Put('passkey-policy')
  @RequireScope('parties:write')
  @ApiOperation({ summary: 'From now on ask for a signature to widen, or, signed, no longer' })
  @ApiOkResponse({ type: PasskeyPolicyResponse })
  async changePolicy(
    @CurrentActor() actor: Actor,
    @Param('id') party: string,
    @Body() body: PasskeyPolicyRequest,
  ): Promise<PasskeyPolicyResponse> {
    if (body.requirePasskey) await this.passkeys.require(actor, party);
    else await this.passkeys.loosen(actor, party, body);
    return PasskeyPolicyResponse.from(await this.passkeys.requiredSince(actor, party));
  }
}
