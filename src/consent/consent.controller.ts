import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, Public, RequireScope } from '#accounts';
import { Clock, DomainProblem } from '#kernel';
import { AuthorisationResponse, PasskeysQuery, SigningOptionsResponse } from '#passkeys';
import { Creates, type KeyedCall, pageOf, pageRequest, RequestKey } from '#platform';
import { getPurposeRule, LAYERS, PURPOSES, VOCABULARY_VERSION } from '#vocabulary';
import { ConsentQuery, type DeclarationRow } from './consent.query.js';
import { DeclareConsent } from './declare-consent.service.js';
import { TEMPLATES } from './domain/index.js';
import {
  DeclarationsQueryRequest,
  DeclareRequest,
  WishRequest,
  WithdrawRequest,
} from './dto/declaration.request.js';
import {
  DeclarationPageResponse,
  DeclarationResponse,
  DeclarationsResponse,
  PreviewResponse,
  TemplateResponse,
  TemplatesResponse,
  VocabularyResponse,
} from './dto/declaration.response.js';
import { previewAnswers } from './preview.js';
import { readWish } from './read-wish.js';

@ApiTags('Consent')
@Controller('v1')
export class ConsentController {
  constructor(
    private readonly consent: DeclareConsent,
    private readonly query: ConsentQuery,
    private readonly passkeys: PasskeysQuery,
    private readonly clock: Clock,
  ) {}

  @Post('declarations')
  @Creates({ passesKeyOn: true })
  @RequireScope('consent:declare')
  @ApiOperation({
    summary: 'Say what may be done with a work, a release, a catalogue or everything',
  })
  @ApiCreatedResponse({ type: DeclarationsResponse })
  async declare(
    @CurrentActor() actor: Actor,
    @Body() body: DeclareRequest,
    @RequestKey() call: KeyedCall | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeclarationsResponse> {
    const keyed = call && { ...call, answerOf: answerToDeclaring };
    const answer = answerToDeclaring({
      rows: await this.consent.declare(actor, declared(body), keyed),
    });
    reply.headers(answer.headers);
    return answer.body;
  }

  @Post('declarations/signing-options')
  @HttpCode(200)
  @RequireScope('consent:declare')
  @ApiOperation({
    summary:
      'What your passkey signs so that this declaration is signed; send it with the same body',
  })
  @ApiOkResponse({ type: SigningOptionsResponse })
  async declaringOptions(
    @CurrentActor() actor: Actor,
    @Body() body: DeclareRequest,
  ): Promise<SigningOptionsResponse> {
    const options = await this.consent.declaringOptions(actor, declared(body));
    return SigningOptionsResponse.from(options);
  }

  @Get('declarations')
  @Public()
  @ApiOperation({ summary: 'List what a party has declared, oldest first' })
  @ApiOkResponse({ type: DeclarationPageResponse })
  async list(@Query() query: DeclarationsQueryRequest): Promise<DeclarationPageResponse> {
    const page = pageRequest(query);
    const rows = await this.query.listOfParty(query.party, page);
    return pageOf(rows, page, (row) => row.declarationId, DeclarationResponse.from);
  }

  @Post('declarations/preview')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'What will a machine conclude? Tries a wish without storing it' })
  @ApiOkResponse({ type: PreviewResponse })
  preview(@Body() body: WishRequest): PreviewResponse {
    const content = readWish(body);
    return PreviewResponse.from(content, previewAnswers(content, this.clock.now(), 'DE'));
  }

  @Get('declarations/:declaration')
  @Public()
  @ApiOperation({ summary: 'Read a declaration' })
  @ApiOkResponse({ type: DeclarationResponse })
  async read(@Param('declaration') declarationId: string): Promise<DeclarationResponse> {
    return DeclarationResponse.from(await this.consent.get(declarationId));
  }

  @Get('declarations/:declaration/authorisation')
  @Public()
  @ApiOperation({ summary: 'Everything to check by oneself that a declaration was signed' })
  @ApiOkResponse({ type: AuthorisationResponse })
  async authorisation(@Param('declaration') declarationId: string): Promise<AuthorisationResponse> {
    const { assertionId, logIndex } = await this.consent.get(declarationId);
    if (assertionId === null) {
      throw new DomainProblem('consent/not-signed', 'The registry alone vouches for it.');
    }
    const row = await this.passkeys.findAssertion(assertionId);
    if (!row) {
      throw new DomainProblem('parties/erased', 'Who signed was erased, and the signature too.');
    }
    return AuthorisationResponse.from(row, logIndex);
  }

  @Post('declarations/:declaration/withdrawal/signing-options')
  @HttpCode(200)
  @RequireScope('consent:declare')
  @ApiOperation({ summary: 'What your passkey signs so that this withdrawal is signed' })
  @ApiOkResponse({ type: SigningOptionsResponse })
  async withdrawingOptions(
    @CurrentActor() actor: Actor,
    @Param('declaration') declarationId: string,
    @Body() body: WithdrawRequest,
  ): Promise<SigningOptionsResponse> {
    const options = await this.consent.withdrawingOptions(actor, declarationId, withdrawn(body));
    return SigningOptionsResponse.from(options);
  }

  @Post('declarations/:declaration/withdrawal')
  @Creates({ passesKeyOn: true })
  @RequireScope('consent:declare')
  @ApiOperation({
    summary: 'Withdraw a declaration; its subject falls silent until you declare again',
  })
  @ApiCreatedResponse({ type: DeclarationResponse })
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('declaration') declarationId: string,
    @Body() body: WithdrawRequest,
    @RequestKey() call: KeyedCall | undefined,
  ): Promise<DeclarationResponse> {
    const keyed = call && { ...call, answerOf: answerToWithdrawing };
    const row = await this.consent.withdraw(actor, declarationId, withdrawn(body), keyed);
    return DeclarationResponse.from(row);
  }

  @Get('templates')
  @Public()
  @ApiOperation({ summary: 'The common wishes in plain words, and the terms they stand for' })
  @ApiOkResponse({ type: TemplatesResponse })
  templates(): TemplatesResponse {
    return { templates: TEMPLATES.map(TemplateResponse.from) };
  }

  @Get('vocabulary')
  @Public()
  @ApiOperation({ summary: 'The purposes and layers, and what silence means for each purpose' })
  @ApiOkResponse({ type: VocabularyResponse })
  vocabulary(): VocabularyResponse {
    const purposes = PURPOSES.map((id) => {
      const { label, parent, unset } = getPurposeRule(id);
      return { id, label, parent, unset };
    });
    return { version: VOCABULARY_VERSION, purposes, layers: [...LAYERS] };
  }
}

function answerToDeclaring({ rows }: { rows: readonly DeclarationRow[] }) {
  return {
    headers: { location: `/v1/declarations/${rows[0]!.declarationId}` },
    body: { declarations: rows.map(DeclarationResponse.from) },
  };
}

function answerToWithdrawing({ rows }: { rows: readonly DeclarationRow[] }) {
  return { headers: {}, body: DeclarationResponse.from(rows[0]!) };
}

function declared(body: DeclareRequest) {
  return {
    ...body,
    effectiveFrom: instant(body.effectiveFrom),
    effectiveUntil: instant(body.effectiveUntil),
  };
}

function withdrawn(body: WithdrawRequest) {
  return { ...body, effectiveFrom: instant(body.effectiveFrom) };
}

/** Said as null it is unsaid too. */
function instant(text: string | null | undefined): number | undefined {
  return text ? Date.parse(text) : undefined;
}
