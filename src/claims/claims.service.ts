import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem, newId } from '#kernel';
import { PartyAccess } from '#parties';
import { isInForce } from '#parties/domain';
import { Database, invalid, type Transaction } from '#platform';
import { isWithin, type Layer, type Territory, type VerificationLevel } from '#vocabulary';
import { WorksQuery } from '#works';
import { ClaimWriter } from './claim-writer.service.js';
import { ClaimsQuery, type ClaimRow } from './claims.query.js';
import { ClaimsRepository } from './claims.repository.js';
import {
  type Claim,
  type ClaimMethod,
  type ClaimRole,
  layerFault,
  nextVersion,
} from './domain/index.js';

export interface MakeClaim {
  party: string;
  work: string;
  layer: Layer;
  role: ClaimRole;
  sharePpm?: number;
  territory?: Territory;
  exclusive?: boolean;
  mandate?: string;
}

/** Making, withdrawing and verifying claims. */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyAccess,
    private readonly works: WorksQuery,
    private readonly claims: ClaimsRepository,
    private readonly writer: ClaimWriter,
    private readonly query: ClaimsQuery,
    private readonly clock: Clock,
  ) {}

  /** Claims a layer of a work for a party. Its level is the holder's own until it is decided. */
  async make(actor: Actor, command: MakeClaim): Promise<ClaimRow> {
    const { partyId } = await this.parties.actAs(actor, command.party, 'claim', this.clock.now());
    const work = (await this.works.kindsOf([command.work])).get(command.work);
    if (!work) throw invalid([{ pointer: '/work', detail: 'there is no work with this id' }]);
    const fault = layerFault(work.kind, command.layer);
    if (fault) throw invalid([{ pointer: '/layer', detail: fault }]);
    const { level, method } = await this.standingOf(partyId, command);
    const claim: Claim = {
      claimId: newId('claim'),
      version: 1,
      workId: command.work,
      partyId,
      layer: command.layer,
      role: command.role,
      sharePpm: command.sharePpm ?? 1_000_000,
      territory: command.territory ?? null,
      exclusive: command.exclusive ?? false,
      level,
      method,
      evidence: null,
      state: 'active',
      mandateId: command.mandate ?? null,
      madeBy: actor.accountId,
      madeAt: 0,
    };
    await this.database.transaction((tx) => this.recordNew(tx, [claim]));
    return this.get(claim.claimId);
  }

  /** Records first versions, refusing a second standing claim of a party on one layer of a work. */
  async recordNew(tx: Transaction, claims: readonly Claim[]): Promise<Claim[]> {
    const works = [...new Set(claims.map((claim) => claim.workId))];
    const parties = [...new Set(claims.map((claim) => claim.partyId))];
    await this.claims.lockParties(tx, parties);
    const standing = await this.claims.listStanding(tx, works, parties);
    const taken = new Set(standing.map(keyOf));
    const twice = claims.find((claim) => taken.has(keyOf(claim)));
    if (twice) {
      throw new DomainProblem(
        'claims/already-claimed',
        `The party claims the ${twice.layer} of this work already.`,
        { claim: standing.find((claim) => keyOf(claim) === keyOf(twice))?.claimId },
      );
    }
    return this.writer.record(tx, claims);
  }

  async get(claimId: string): Promise<ClaimRow> {
    const claim = await this.query.findClaim(claimId);
    if (!claim) throw notFound();
    return claim;
  }

  /** Withdraws a claim for good. What it said in the past stays answerable. */
  async withdraw(actor: Actor, claimId: string): Promise<ClaimRow> {
    await this.database.transaction(async (tx) => {
      const claim = await this.claims.lock(tx, claimId);
      if (!claim) throw notFound();
      await this.parties
        .actAs(actor, claim.partyId, 'claim', this.clock.now())
        .catch((refusal: unknown) => {
          throw refusal instanceof DomainProblem ? notFound() : refusal;
        });
      const next = nextVersion(claim, { state: 'withdrawn' });
      if (!next) throw new DomainProblem('claims/withdrawn', 'The claim was withdrawn before.');
      await this.writer.record(tx, [next]);
    });
    return this.get(claimId);
  }

  /** An operator's decision on evidence; it no longer follows the holder's own level. */
  async decide(
    claimId: string,
    decision: { level: VerificationLevel; evidence: string },
  ): Promise<ClaimRow> {
    await this.database.transaction(async (tx) => {
      const claim = await this.claims.lock(tx, claimId);
      if (!claim) throw notFound();
      if (claim.state === 'withdrawn') {
        throw new DomainProblem('claims/withdrawn', 'A withdrawn claim is not decided any more.');
      }
      const next = nextVersion(claim, { ...decision, method: 'operator' });
      if (next) await this.writer.record(tx, [next]);
    });
    return this.get(claimId);
  }

  /**
   * Level and method of a new claim. In one's own name under a mandate it is the principal's level,
   * never more; otherwise the holder's own.
   */
  private async standingOf(
    partyId: string,
    command: MakeClaim,
  ): Promise<{ level: VerificationLevel; method: ClaimMethod }> {
    if (!command.mandate) {
      const level = (await this.parties.levelOf([partyId])).get(partyId) ?? 0;
      return { level, method: 'party' };
    }
    const mandate = await this.parties.findMandate(command.mandate);
    const holds =
      mandate !== null &&
      mandate.representativePartyId === partyId &&
      mandate.rights.includes('claim') &&
      isInForce(mandate, this.clock.now()) &&
      isWithin(command.territory, mandate.territory ?? undefined);
    if (!holds) {
      throw new DomainProblem(
        'claims/mandate-missing',
        'The party has no mandate of this id in force that lets it claim in this territory.',
      );
    }
    const principal = mandate.principalPartyId;
    const level = (await this.parties.levelOf([principal])).get(principal) ?? 0;
    return { level, method: 'mandate' };
  }
}

function keyOf(claim: Pick<Claim, 'workId' | 'partyId' | 'layer'>): string {
  return `${claim.workId} ${claim.partyId} ${claim.layer}`;
}

function notFound(): DomainProblem {
  return new DomainProblem(
    'claims/not-found',
    'There is no claim with this id that you may change.',
  );
}
