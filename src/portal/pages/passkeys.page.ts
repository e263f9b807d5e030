import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, Public } from '#accounts';
import { TEMPLATES } from '#consent/domain';
import { PartyAccess } from '#parties';
import { PasskeysQuery } from '#passkeys';
import { NamesQuery } from '../names.query.js';
import { Views } from '../views.service.js';

/** Wishes that need nothing filled in. */
const WISHES = TEMPLATES.filter((one) => one.parameters.every(({ required }) => !required)).map(
  ({ id, title }) => ({ id, title }),
);

/** Where an artist binds a passkey and signs a common wish with it. */
@Controller()
@ApiExcludeController()
export class PasskeysPage {
  constructor(
    private readonly views: Views,
    private readonly parties: PartyAccess,
    private readonly passkeys: PasskeysQuery,
    private readonly names: NamesQuery,
  ) {}

  @Get('passkeys')
  @Public()
  async show(
    @CurrentActor() actor: Actor | null,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const page = { title: 'Passkeys – Fermata', withScript: true };
    if (!actor) return this.views.page(reply, 'passkeys', { ...page, state: 'signed-out' });
    const own = await this.parties.partiesOf(actor.accountId);
    const party = own.find((id) => id === query['party']) ?? own[0];
    if (party === undefined)
      return this.views.page(reply, 'passkeys', { ...page, state: 'nobody' });
    const names = await this.names.listNames([], own);
    const html = this.views.page(reply, 'passkeys', {
      ...page,
      state: 'signed-in',
      party,
      parties: own.map((id) => ({ id, name: names.get(id) ?? id })),
      passkeys: (await this.passkeys.listOfParty(party)).map((one) => ({
        label: one.label,
        state: one.state === 'active' ? 'in use' : 'revoked',
        boundOn: one.boundAt.toISOString().slice(0, 10),
      })),
      wishes: WISHES,
    });
    // Who is signed in is nobody else's business, nor that of the next at this screen.
    void reply.header('Cache-Control', 'no-store');
    return html;
  }
}
