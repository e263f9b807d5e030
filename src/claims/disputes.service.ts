import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem, isId, newId } from '#kernel';
import { PartyAccess } from '#parties';
import { Database, invalid, type Transaction } from '#platform';
import type { Layer } from '#vocabulary';
import { ClaimWriter } from './claim-writer.service.js';
import { ClaimsRepository } from './claims.repository.js';
import { DisputeWriter } from './dispute-writer.service.js';
import { DisputesQuery, type DisputeRow } from './disputes.query.js';
import { DisputesRepository } from './disputes.repository.js';
import {
  anyOpposed,
  type Claim,
  type Dispute,
  type DisputeEnd,
  doCollide,
  isOpposed,
  openedOver,
  resolvedBy,
} from './domain/index.js';

export interface OpenDispute {
  party: string;
  work: string;
  layer: Layer;
  claims: string[];
  reason: string;
}

/** Opening and ending disputes over who holds a layer of a work. */
@Injectable()
export class DisputesService {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyAccess,
    private readonly claims: ClaimsRepository,
    private readonly claimWriter: ClaimWriter,
    private readonly disputes: DisputesRepository,
    private readonly writer: DisputeWriter,
    private readonly query: DisputesQuery,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a dispute between the party's own claim on this layer and those that it names. Every one of
   * them must be verified and say what the own claim excludes. A dispute that was dismissed is not had
   * again over the same claims before there is something new.
   */
  async open(actor: Actor, command: OpenDispute): Promise<DisputeRow> {
    const { party, work, layer, reason } = command;
    await this.parties.actAs(actor, party, 'claim', this.clock.now());
    const disputeId = newId('dispute');
    await this.database.transaction(async (tx) => {
      await this.claimWriter.hold(tx);
      const standing = await this.claims.listStandingOn(tx, work, layer);
      const own = standing.find((claim) => claim.partyId === party);
      if (!own || own.level < 2) {
        throw unfounded(
          own
            ? 'The party’s claim on this layer is not verified, so it opposes nobody.'
            : 'The party has no claim on this layer of this work.',
        );
      }
      const named = namedClaims(command.claims, standing, own);
      await this.refuseDismissed(tx, own, named);
      const touched = [own, ...named];
      const same = (await this.disputes.listOpen(tx, [work])).find(
        (one) =>
          one.layer === layer && touched.every(({ claimId }) => one.claimIds.includes(claimId)),
      );
      if (same) {
        throw new DomainProblem('claims/dispute-open', 'These claims are in dispute already.', {
          dispute: same.disputeId,
        });
      }
      const opening = { disputeId, openedBy: party, reason, madeBy: actor.accountId };
      await this.writer.record(tx, [openedOver(touched, opening)]);
    });
    return this.get(disputeId);
  }

  /**
   * New is a claim of the other side made since, which no dismissal touches, or evidence of one's own that an
   * operator has weighed since. To withdraw the own claim and make it again is nothing new.
   */
  private async refuseDismissed(tx: Transaction, own: Claim, named: readonly Claim[]) {
    const claimIds = named.map((claim) => claim.claimId);
    const dismissed = await this.disputes.findDismissed(tx, own, claimIds);
    if (!dismissed) return;
    throw new DomainProblem(
      'claims/dispute-dismissed',
      'The party has disputed such a claim before, and an operator found that it was wrong to.',
      {
        dispute: dismissed.disputeId,
        claims: claimIds.filter((claimId) => dismissed.claimIds.includes(claimId)),
      },
    );
  }

  async get(disputeId: string): Promise<DisputeRow> {
    const dispute = isId('dispute', disputeId) ? await this.query.findDispute(disputeId) : null;
    if (!dispute) throw notFound();
    return dispute;
  }

  /** Takes a dispute back; only who opened it can. */
  async withdraw(actor: Actor, disputeId: string): Promise<DisputeRow> {
    const { openedBy } = await this.get(disputeId);
    if (openedBy === null) throw notFound();
    await this.parties
      .actAs(actor, openedBy, 'claim', this.clock.now())
      .catch((refusal: unknown) => {
        throw refusal instanceof DomainProblem ? notFound() : refusal;
      });
    return this.end(disputeId, { how: 'withdrawn', reason: null, madeBy: actor.accountId });
  }

  /**
   * An operator's decision. It changes no claim: whose claim was found wrong is lowered or withdrawn by
   * the procedures of claims, before this. While two exclusive claims stand, no decision ends the dispute.
   */
  async resolve(
    operator: Actor,
    disputeId: string,
    decision: { how: 'upheld' | 'dismissed'; reason: string },
  ): Promise<DisputeRow> {
    await this.get(disputeId);
    return this.end(disputeId, { ...decision, madeBy: operator.accountId });
  }

  private async end(
    disputeId: string,
    ending: { how: DisputeEnd; reason: string | null; madeBy: string },
  ): Promise<DisputeRow> {
    await this.database.transaction(async (tx) => {
      await this.claimWriter.hold(tx);
      const dispute = (await this.disputes.findCurrent(tx, disputeId))!;
      if (dispute.state === 'resolved') {
        throw new DomainProblem('claims/dispute-resolved', 'The dispute has ended before.', {
          how: dispute.how,
        });
      }
      refuseWhileColliding(dispute, await this.claims.listCurrent(tx, dispute.claimIds));
      await this.writer.record(tx, [resolvedBy(dispute, ending)]);
    });
    return this.get(disputeId);
  }
}

function refuseWhileColliding(dispute: Dispute, claims: readonly Claim[]): void {
  if (!anyOpposed(claims, doCollide)) return;
  throw new DomainProblem(
    'claims/dispute-stands',
    `Two verified exclusive claims stand on the ${dispute.layer}: they are a dispute by themselves.`,
  );
}

/** The claims that were named, each of which must be one that the own claim opposes. */
function namedClaims(ids: readonly string[], standing: readonly Claim[], own: Claim): Claim[] {
  const faults: { pointer: string; detail: string }[] = [];
  const named = [...new Set(ids)].flatMap((claimId, at) => {
    const claim = standing.find((one) => one.claimId === claimId);
    const fault = !claim
      ? 'no such claim stands on this layer of this work'
      : claim.partyId === own.partyId
        ? 'it is the party’s own claim'
        : isOpposed(own, claim)
          ? null
          : claim.level < 2
            ? 'it is not verified, so there is nothing to dispute'
            : 'both claims can be true: neither excludes the other, and they fit into the whole';
    if (fault === null) return [claim!];
    faults.push({ pointer: `/claims/${at}`, detail: fault });
    return [];
  });
  if (faults.length > 0) throw invalid(faults);
  return named;
}

function unfounded(detail: string): DomainProblem {
  return new DomainProblem('claims/dispute-unfounded', detail);
}

function notFound(): DomainProblem {
  return new DomainProblem(
    'claims/dispute-not-found',
    'There is no dispute with this id that you may change.',
  );
}
