import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem, newId } from '#kernel';
import { type ActingParty, PartyAccess } from '#parties';
import { isInForce } from '#parties/domain';
import { Database, invalid, type Transaction } from '#platform';
import { isWithin, type Layer, type Territory, type VerificationLevel } from '#vocabulary';
import { WorksQuery } from '#works';
import { ClaimWriter } from './claim-writer.service.js';
import { ClaimsQuery, type ClaimRow } from './claims.query.js';
import { ClaimsRepository } from './claims.repository.js';
import {
  canonicalTerritory,
  type Claim,
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
    const territory = command.territory ? canonicalTerritory(command.territory) : null;
    const acting = await this.actFor(actor, command.party, territory);
    const work = (await this.works.kindsOf([command.work])).get(command.work);
    if (!work) throw invalid([{ pointer: '/work', detail: 'there is no work with this id' }]);
    const fault = layerFault(work.kind, command.layer);
    if (fault) throw invalid([{ pointer: '/layer', detail: fault }]);
    const claim: Claim = {
      claimId: newId('claim'),
      version: 1,
      workId: command.work,
      partyId: acting.partyId,
      layer: command.layer,
      role: command.role,
      sharePpm: command.sharePpm ?? 1_000_000,
      territory,
      exclusive: command.exclusive ?? false,
      level: 0,
      method: command.mandate ? 'mandate' : 'party',
      evidence: null,
      state: 'active',
      mandateId: command.mandate ?? null,
      madeBy: actor.accountId,
      madeAt: 0,
    };
    await this.database.transaction(async (tx) => {
      if (command.mandate) await this.refuseWithoutMandate(tx, claim);
      await this.recordNew(tx, [claim]);
    });
    return this.get(claim.claimId);
  }

  /**
   * Lets the actor claim for the party in this territory (null: the world): as a member, or under a
   * mandate that reaches that far.
   */
  async actFor(actor: Actor, partyId: string, territory: Territory | null): Promise<ActingParty> {
    const acting = await this.parties.actAs(actor, partyId, 'claim', this.clock.now());
    if (!isWithin(territory ?? undefined, acting.territory ?? undefined)) {
      throw new DomainProblem(
        'claims/beyond-mandate',
        'The mandate does not cover the territory of the claim.',
      );
    }
    return acting;
  }

  /**
   * Keeps the levels of these parties as they are. Whoever registers works and claims in one
   * transaction calls this first: parties are locked before the log's head, everywhere, or two
   * transactions could wait for each other.
   */
  async holdHolders(tx: Transaction, partyIds: readonly string[]): Promise<void> {
    await this.parties.holdLevels(tx, partyIds);
  }

  /** Records first versions, refusing a second standing claim of a party on one layer of a work. */
  async recordNew(tx: Transaction, claims: readonly Claim[]): Promise<Claim[]> {
    const works = [...new Set(claims.map((claim) => claim.workId))];
    const parties = [...new Set(claims.map((claim) => claim.partyId))];
    const levelled = await this.withLevels(tx, claims);
    await this.writer.hold(tx);
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
    return this.writer.record(tx, levelled);
  }

  /**
   * First versions with the level that their holder, or the principal of the mandate they rest on, has
   * now. The levels are held until the commit: a proof that is revoked meanwhile waits for the claim,
   * and then takes it along.
   */
  private async withLevels(tx: Transaction, claims: readonly Claim[]): Promise<Claim[]> {
    const mandateIds = [...new Set(claims.flatMap((claim) => claim.mandateId ?? []))];
    const principals = new Map<string, string>();
    for (const mandateId of mandateIds) {
      const mandate = await this.parties.holdMandate(tx, mandateId);
      if (mandate) principals.set(mandateId, mandate.principalPartyId);
    }
    const provenOf = (claim: Claim): string =>
      (claim.mandateId && principals.get(claim.mandateId)) ?? claim.partyId;
    const levels = await this.parties.holdLevels(tx, [...new Set(claims.map(provenOf))]);
    return claims.map((claim) => ({ ...claim, level: levels.get(provenOf(claim)) ?? 0 }));
  }

  async get(claimId: string): Promise<ClaimRow> {
    const claim = await this.query.findClaim(claimId);
    if (!claim) throw notFound();
    return claim;
  }

  /** Withdraws a claim for good. What it said in the past stays answerable. */
  async withdraw(actor: Actor, claimId: string): Promise<ClaimRow> {
    const { partyId, territory } = await this.get(claimId);
    await this.actFor(actor, partyId, territory).catch((refusal: unknown) => {
      const isForeign = refusal instanceof DomainProblem && refusal.code === 'parties/not-found';
      throw isForeign ? notFound() : refusal;
    });
    await this.database.transaction(async (tx) => {
      await this.writer.hold(tx);
      const claim = (await this.claims.findCurrent(tx, claimId))!;
      const next = nextVersion(claim, { state: 'withdrawn', madeBy: actor.accountId });
      if (!next) throw new DomainProblem('claims/withdrawn', 'The claim was withdrawn before.');
      await this.writer.record(tx, [next]);
    });
    return this.get(claimId);
  }

  /** An operator's decision on evidence; it no longer follows the holder's own level. */
  async decide(
    operator: Actor,
    claimId: string,
    decision: { level: VerificationLevel; evidence: string },
  ): Promise<ClaimRow> {
    await this.database.transaction(async (tx) => {
      await this.writer.hold(tx);
      const claim = await this.claims.findCurrent(tx, claimId);
      if (!claim) throw notFound();
      if (claim.state === 'withdrawn') {
        throw new DomainProblem('claims/withdrawn', 'A withdrawn claim is not decided any more.');
      }
      const next = nextVersion(claim, {
        ...decision,
        method: 'operator',
        madeBy: operator.accountId,
      });
      if (next) await this.writer.record(tx, [next]);
    });
    return this.get(claimId);
  }

  /** A claim in one's own name under a mandate needs one in force that covers its territory. */
  private async refuseWithoutMandate(tx: Transaction, claim: Claim): Promise<void> {
    const mandate = await this.parties.holdMandate(tx, claim.mandateId!);
    const holds =
      mandate !== null &&
      mandate.representativePartyId === claim.partyId &&
      mandate.rights.includes('claim') &&
      isInForce(mandate, this.clock.now()) &&
      isWithin(claim.territory ?? undefined, mandate.territory ?? undefined);
    if (!holds) {
      throw new DomainProblem(
        'claims/mandate-missing',
        'The party has no mandate of this id in force that lets it claim in this territory.',
      );
    }
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
