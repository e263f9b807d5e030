import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem } from '#kernel';
import { type ActingParty, PartyAccess } from '#parties';
import { invalid } from '#platform';
import type { Layer } from '#vocabulary';
import { ConsentQuery } from './consent.query.js';
import type { StreamKey } from './consent.repository.js';
import { DeclaredStreams } from './declared-streams.service.js';
import type { SubjectKind } from './domain/index.js';
import { isLimited, refuseBeyondMandate } from './mandate-limits.js';
import { readAfterWithdrawal, readWish, type Wish } from './read-wish.js';
import type { TermSetContent } from './term-set.js';

export interface Declare extends Wish {
  party: string;
  subject: { kind: SubjectKind; id?: string };
  layers?: Layer[];
  effectiveFrom?: number;
  effectiveUntil?: number;
  /** The declaration that this one builds on, when the caller wants to be sure that it is current. */
  replaces?: string | null;
}

export interface Withdraw {
  effectiveFrom?: number;
  afterWithdrawal?: unknown;
}

/** What is to be declared, read and allowed; nothing of it is stored yet. */
export interface ConsentDraft {
  readonly party: string;
  readonly streams: readonly StreamKey[];
  readonly content: TermSetContent;
  readonly effectiveFrom: number | null;
  readonly effectiveUntil: number | null;
  readonly template: string | null;
  readonly replaces?: string;
  readonly withdraws?: string;
  /** Who acts; absent for imports, whose caller has checked that. */
  readonly acting?: ActingParty;
}

/** Reads what somebody wants to declare or withdraw, and refuses what they may not. */
@Injectable()
export class ConsentDrafts {
  constructor(
    private readonly parties: PartyAccess,
    private readonly streams: DeclaredStreams,
    private readonly query: ConsentQuery,
    private readonly clock: Clock,
  ) {}

  async ofDeclaration(actor: Actor, command: Declare): Promise<ConsentDraft> {
    const acting = await this.parties.actAs(actor, command.party, 'consent', this.clock.now());
    const content = readWish(command);
    refuseBeyondMandate(acting, content);
    const streams = await this.streams.of(command);
    const { effectiveFrom = null, effectiveUntil = null } = command;
    if (
      effectiveUntil !== null &&
      effectiveUntil <= Math.max(effectiveFrom ?? 0, this.clock.now())
    ) {
      throw invalid([
        { pointer: '/effectiveUntil', detail: 'must lie after now and effectiveFrom' },
      ]);
    }
    return {
      party: acting.partyId,
      ...{ streams, content, effectiveFrom, effectiveUntil },
      replaces: command.replaces ?? undefined,
      template: command.template ?? null,
      acting,
    };
  }

  async ofWithdrawal(
    actor: Actor,
    declarationId: string,
    command: Withdraw,
  ): Promise<ConsentDraft> {
    const declaration = await this.query.findDeclaration(declarationId);
    if (!declaration) throw declarationNotFound();
    const acting = await this.parties
      .actAs(actor, declaration.partyId, 'consent', this.clock.now())
      .catch((refusal: unknown) => {
        throw refusal instanceof DomainProblem ? declarationNotFound() : refusal;
      });
    if (isLimited(acting)) {
      throw new DomainProblem(
        'consent/beyond-mandate',
        'A withdrawal silences every purpose everywhere, and the mandate is limited; declare anew what it covers.',
      );
    }
    if (declaration.withdraws !== null) {
      throw new DomainProblem('consent/already-withdrawn', 'It is a withdrawal itself.', {
        withdrawal: declarationId,
      });
    }
    const afterWithdrawal = readAfterWithdrawal(command.afterWithdrawal);
    return {
      party: acting.partyId,
      streams: [declaration],
      content: { terms: [], ...(afterWithdrawal && { afterWithdrawal }) },
      effectiveFrom: command.effectiveFrom ?? null,
      effectiveUntil: null,
      template: null,
      replaces: declarationId,
      withdraws: declarationId,
      acting,
    };
  }
}

export function declarationNotFound(): DomainProblem {
  return new DomainProblem(
    'consent/not-found',
    'There is no declaration with this id that you may withdraw.',
  );
}
