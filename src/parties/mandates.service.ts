import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem, isId, newId } from '#kernel';
import {
  Database,
  invalid,
  type Page,
  pageOf,
  type PageRequest,
  type Transaction,
} from '#platform';
import { LogAppender } from '#transparency';
import type { Purpose, Territory } from '#vocabulary';
import {
  type Mandate,
  MANDATE_RIGHTS,
  type MandateAction,
  type MandateRight,
  type MandateSide,
  type MandateState,
  stepMandate,
} from './domain/mandate.js';
import { mandateLeaf } from './mandate-leaf.js';
import { MandatesQuery, type NamedMandate } from './mandates.query.js';
import { MandatesRepository } from './mandates.repository.js';
import { MANDATE_CONFIRMED, MANDATE_REVOKED, type MandateDecided } from './parties.events.js';
import { PartyAccessQuery } from './party-access.query.js';
import { partyNotFound } from './party-access.service.js';
import { PartiesQuery } from './parties.query.js';

export interface MandateProposal {
  principal: string;
  representative: string;
  rights: readonly MandateRight[];
  purposes?: readonly Purpose[] | null;
  territory?: Territory | null;
  /** Epoch milliseconds; the moment of the proposal if unsaid. */
  validFrom?: number;
  validUntil?: number | null;
}

/** Mandates: proposed by the representative, answered by the principal, revoked by either. */
@Injectable()
export class MandatesService {
  constructor(
    private readonly database: Database,
    private readonly mandates: MandatesRepository,
    private readonly query: MandatesQuery,
    private readonly access: PartyAccessQuery,
    private readonly parties: PartiesQuery,
    private readonly log: LogAppender,
    private readonly clock: Clock,
  ) {}

  /** Proposes a mandate for a party of the actor. It has no effect until the principal confirms. */
  async propose(actor: Actor, proposal: MandateProposal): Promise<NamedMandate> {
    const { principal, representative } = proposal;
    await this.requireMember(actor, representative);
    const now = this.clock.now();
    const mandate = newMandate(proposal, now);
    if (!isId('party', principal) || !(await this.parties.findProfile(principal))) {
      throw invalid([{ pointer: '/principal', detail: 'there is no party with this id' }]);
    }
    await this.database.transaction((tx) => this.mandates.insert(tx, mandate, actor.accountId));
    return this.getNamed(mandate.mandateId);
  }

  /** A mandate as its two sides see it; for everyone else there is none. */
  async get(actor: Actor, mandateId: string): Promise<NamedMandate> {
    const named = isId('mandate', mandateId) ? await this.query.findNamed(mandateId) : null;
    if (!named) throw mandateNotFound();
    const sides = await this.query.sidesOf(named.mandate, actor.accountId);
    if (sides.length === 0) throw mandateNotFound();
    return named;
  }

  async listOf(
    actor: Actor,
    partyId: string,
    filter: { side?: MandateSide; state?: MandateState },
    page: PageRequest,
  ): Promise<Page<NamedMandate>> {
    await this.requireMember(actor, partyId);
    const rows = await this.query.listOf(partyId, filter, page);
    return pageOf(
      rows,
      page,
      (row) => row.mandate.mandateId,
      (row) => row,
    );
  }

  /** Takes one step of the mandate's life; the log and the listeners learn of it with the commit. */
  async step(actor: Actor, mandateId: string, action: MandateAction): Promise<NamedMandate> {
    if (!isId('mandate', mandateId)) throw mandateNotFound();
    await this.database.transaction(async (tx) => {
      const before = await this.mandates.lock(tx, mandateId);
      if (!before) throw mandateNotFound();
      const sides = await this.query.sidesOf(before, actor.accountId);
      if (sides.length === 0) throw mandateNotFound();
      const step = stepMandate(before, action, sides, this.clock.now());
      if (step.status !== 'taken') throw refusal(step.status, before, action);
      await this.mandates.saveStep(tx, step.mandate);
      await this.announce(tx, before, step.mandate);
    });
    return this.getNamed(mandateId);
  }

  /** Only what changes who may act is news: a confirmation, and the end of a confirmed mandate. */
  private async announce(tx: Transaction, before: Mandate, after: Mandate): Promise<void> {
    const begins = after.state === 'confirmed';
    const ends = after.state === 'revoked' && before.state === 'confirmed';
    if (!begins && !ends) return;
    const { mandateId, principalPartyId, representativePartyId } = after;
    const isSociety = await this.mandates.isSociety(tx, representativePartyId);
    await this.log.append(tx, [mandateLeaf(after, isSociety)]);
    const news: MandateDecided = { mandateId, principalPartyId, representativePartyId };
    tx.emit(begins ? MANDATE_CONFIRMED : MANDATE_REVOKED, news);
  }

  private async requireMember(actor: Actor, partyId: string): Promise<void> {
    const own = isId('party', partyId) && (await this.access.isMember(actor.accountId, partyId));
    if (!own) throw partyNotFound();
  }

  private async getNamed(mandateId: string): Promise<NamedMandate> {
    const named = await this.query.findNamed(mandateId);
    if (!named) throw mandateNotFound();
    return named;
  }
}

function newMandate(proposal: MandateProposal, now: number): Mandate {
  const { principal, representative, validFrom = now, validUntil = null } = proposal;
  if (principal === representative) {
    throw invalid([{ pointer: '/representative', detail: 'a party needs no mandate from itself' }]);
  }
  if (validUntil !== null && validUntil <= Math.max(validFrom, now)) {
    const detail = 'must lie after validFrom and in the future';
    throw invalid([{ pointer: '/validUntil', detail }]);
  }
  return {
    mandateId: newId('mandate'),
    principalPartyId: principal,
    representativePartyId: representative,
    rights: MANDATE_RIGHTS.filter((right) => proposal.rights.includes(right)),
    purposes: proposal.purposes ? [...new Set(proposal.purposes)].sort() : null,
    territory: proposal.territory ? tidy(proposal.territory) : null,
    validFrom,
    validUntil,
    state: 'proposed',
    proposedAt: now,
    decidedAt: null,
    revokedAt: null,
  };
}

/** Sorted and without doubles, so that what is logged does not depend on how it was typed. */
function tidy({ include, exclude }: Territory): Territory {
  const sorted = (codes: readonly string[]) => [...new Set(codes)].sort();
  const rest = exclude && exclude.length > 0 ? { exclude: sorted(exclude) } : {};
  return { include: sorted(include), ...rest };
}

function refusal(
  status: 'not_open' | 'not_yours' | 'run_out',
  mandate: Mandate,
  action: MandateAction,
): DomainProblem {
  const { state } = mandate;
  switch (status) {
    case 'not_open':
      return new DomainProblem(
        'parties/mandate-not-open',
        `The mandate is ${state}, so there is nothing to ${action}.`,
        { state },
      );
    case 'not_yours':
      return new DomainProblem(
        'parties/mandate-not-yours',
        `Only a member of the principal may ${action} this mandate.`,
      );
    case 'run_out':
      return new DomainProblem(
        'parties/mandate-run-out',
        `The mandate was proposed until ${new Date(mandate.validUntil!).toISOString()}.`,
      );
  }
}

function mandateNotFound(): DomainProblem {
  return new DomainProblem(
    'parties/mandate-not-found',
    'There is no mandate with this id of which you are a side.',
  );
}
