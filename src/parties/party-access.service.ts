import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { DomainProblem, isId } from '#kernel';
import type { Transaction } from '#platform';
import type { Purpose, Territory, VerificationLevel } from '#vocabulary';
import type { Mandate, MandateRight } from './domain/mandate.js';
import { PartyAccessQuery } from './party-access.query.js';

/** For whom somebody acts, and by what. */
export interface ActingParty {
  readonly partyId: string;
  /** Null: as a member of the party itself. */
  readonly mandateId: string | null;
  /** The party that acts under the mandate; null: as a member. */
  readonly representativePartyId: string | null;
  /** What the mandate is limited to; null: no limit. The caller must hold its act against these. */
  readonly purposes: readonly Purpose[] | null;
  readonly territory: Territory | null;
}

/** The one place that says whether an account may act in a party's name. */
@Injectable()
export class PartyAccess {
  constructor(private readonly query: PartyAccessQuery) {}

  /**
   * Lets `actor` act for the party under `right` at `at` (epoch ms): as a member, or through a
   * representative whose mandate the party has confirmed and that is in force at that moment.
   * Anything else is `parties/not-found`, so that a foreign party cannot be told from none.
   */
  async actAs(
    actor: Pick<Actor, 'accountId'>,
    partyId: string,
    right: MandateRight,
    at: number,
  ): Promise<ActingParty> {
    const { accountId } = actor;
    if (!isId('party', partyId)) throw partyNotFound();
    if (await this.query.isMember(accountId, partyId)) {
      return {
        ...{ partyId, mandateId: null, representativePartyId: null },
        ...{ purposes: null, territory: null },
      };
    }
    const mandate = await this.query.findMandateInForce({
      accountId,
      principalPartyId: partyId,
      right,
      at,
    });
    if (!mandate) throw partyNotFound();
    const { mandateId, representativePartyId, purposes, territory } = mandate;
    return { partyId, mandateId, representativePartyId, purposes, territory };
  }

  /**
   * Lets only members of the party itself go on; for everyone else, its representatives too, it looks
   * absent.
   */
  async requireMember(actor: Pick<Actor, 'accountId'>, partyId: string): Promise<void> {
    const own = isId('party', partyId) && (await this.query.isMember(actor.accountId, partyId));
    if (!own) throw partyNotFound();
  }

  /** The parties of which this account is a member, in the order of their registration. */
  partiesOf(accountId: string): Promise<string[]> {
    return this.query.listPartiesOf(accountId);
  }

  /**
   * The verification level of each party asked about; 0 for one without a proof, or unknown.
   * Give `tx` to see what the open transaction has changed.
   */
  async levelOf(
    partyIds: readonly string[],
    tx?: Transaction,
  ): Promise<Map<string, VerificationLevel>> {
    const proven = await this.query.levelsOf(partyIds, tx);
    return new Map(partyIds.map((partyId) => [partyId, proven.get(partyId) ?? 0]));
  }

  /** Those of these ids that are parties; anyone may know, for parties are public. */
  existing(partyIds: readonly string[]): Promise<Set<string>> {
    return this.query.existing(partyIds);
  }

  /**
   * The levels as {@link levelOf}, held until the commit. For whoever writes a level down: without
   * the hold, a proof revoked at the same moment would leave the old level standing for ever. Call
   * it before anything is appended to the log.
   */
  async holdLevels(
    tx: Transaction,
    partyIds: readonly string[],
  ): Promise<Map<string, VerificationLevel>> {
    await this.query.shareParties(tx, partyIds);
    return this.levelOf(partyIds, tx);
  }

  /** The mandate as {@link findMandate}, kept from being revoked until the commit; as above. */
  async holdMandate(tx: Transaction, mandateId: string): Promise<Mandate | null> {
    return isId('mandate', mandateId) ? this.query.shareMandate(tx, mandateId) : null;
  }

  /** The mandate whatever its state; ask `isInForce` before relying on it. */
  async findMandate(mandateId: string): Promise<Mandate | null> {
    return isId('mandate', mandateId) ? this.query.findMandate(mandateId) : null;
  }
}

/** Foreign and absent parties look the same. */
export function partyNotFound(): DomainProblem {
  return new DomainProblem(
    'parties/not-found',
    'There is no party with this id for which you may act.',
  );
}
