import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem, isId, newId } from '#kernel';
import {
  Database,
  invalid,
  type Page,
  pageOf,
  type PageRequest,
  stale,
  type Transaction,
} from '#platform';
import { type PartyKind, readDisplayName } from './domain/party.js';
import { PartiesQuery } from './parties.query.js';
import { PartiesRepository } from './parties.repository.js';
import { partyNotFound } from './party-access.service.js';
import type { PartyProfile } from './party-profile.js';
import { type PartyIdentifier, readPartyIdentifiers } from './read-party-identifier.js';

const IDENTIFIERS_MAX = 100;

export interface PartyDraft {
  kind: PartyKind;
  displayName: string;
  country?: string | null;
  identifiers?: readonly { scheme: string; value: string }[];
}

/** Parties: registering, showing and changing them. */
@Injectable()
export class PartiesService {
  constructor(
    private readonly database: Database,
    private readonly parties: PartiesRepository,
    private readonly query: PartiesQuery,
    private readonly clock: Clock,
  ) {}

  /** Registers a party; the account that does so becomes its first member. */
  async register(actor: Actor, draft: PartyDraft): Promise<PartyProfile> {
    const displayName = nameOrRefuse(draft.displayName);
    const identifiers = readPartyIdentifiers(
      draft.identifiers ?? [],
      (index) => `/identifiers/${index}/value`,
    );
    const partyId = newId('party');
    const now = new Date(this.clock.now());
    await this.database.transaction((tx) =>
      this.parties.insert(
        tx,
        {
          partyId,
          kind: draft.kind,
          displayName,
          country: draft.country ?? null,
          revision: 1,
          createdBy: actor.accountId,
          createdAt: now,
          erasedAt: null,
        },
        identifiers.map((identifier) => rowOf(partyId, identifier, now)),
      ),
    );
    return this.get(partyId);
  }

  /** What everyone may know about a party; `parties/not-found` or `parties/erased` otherwise. */
  async get(partyId: string): Promise<PartyProfile> {
    const profile = isId('party', partyId) ? await this.query.findProfile(partyId) : null;
    if (profile) return profile;
    if (await this.query.isErased(partyId)) {
      throw new DomainProblem('parties/erased', 'What was known of this party was erased.');
    }
    throw new DomainProblem('parties/not-found', 'There is no party with this id.');
  }

  async listOwn(actor: Actor, page: PageRequest): Promise<Page<PartyProfile>> {
    const rows = await this.query.listOfMember(actor.accountId, page);
    return pageOf(
      rows,
      page,
      (row) => row.partyId,
      (row) => row,
    );
  }

  /** Changes the name or the country of an own party that is still at `revision`. */
  async change(
    actor: Actor,
    partyId: string,
    revision: number,
    changes: { displayName?: string; country?: string | null },
  ): Promise<PartyProfile> {
    const { displayName, country } = changes;
    const set = {
      ...(displayName === undefined ? {} : { displayName: nameOrRefuse(displayName) }),
      ...(country === undefined ? {} : { country }),
    };
    await this.database.transaction(async (tx) => {
      const current = await this.lockOwn(tx, actor, partyId);
      if (current.revision !== revision) throw stale(current.revision);
      await this.parties.change(tx, partyId, set);
    });
    return this.get(partyId);
  }

  /** Adds an identifier; one that the party has already changes nothing. */
  async addIdentifier(
    actor: Actor,
    partyId: string,
    given: { scheme: string; value: string },
  ): Promise<PartyProfile> {
    const [identifier] = readPartyIdentifiers([given], () => '/value');
    await this.database.transaction(async (tx) => {
      await this.lockOwn(tx, actor, partyId);
      if ((await this.parties.countIdentifiers(tx, partyId)) >= IDENTIFIERS_MAX) {
        throw new DomainProblem(
          'parties/too-many-identifiers',
          `This party has ${IDENTIFIERS_MAX} identifiers already.`,
        );
      }
      const row = rowOf(partyId, identifier!, new Date(this.clock.now()));
      if (await this.parties.addIdentifier(tx, row)) await this.parties.change(tx, partyId, {});
    });
    return this.get(partyId);
  }

  /** Removes an identifier, in whatever spelling; one that the party has not changes nothing. */
  async removeIdentifier(
    actor: Actor,
    partyId: string,
    given: { scheme: string; value: string },
  ): Promise<PartyProfile> {
    const [identifier] = readPartyIdentifiers([given], () => '/value');
    await this.database.transaction(async (tx) => {
      await this.lockOwn(tx, actor, partyId);
      const { scheme, value } = identifier!;
      const removed = await this.parties.removeIdentifier(tx, { partyId, scheme, value });
      if (removed) await this.parties.change(tx, partyId, {});
    });
    return this.get(partyId);
  }

  private async lockOwn(
    tx: Transaction,
    actor: Actor,
    partyId: string,
  ): Promise<{ revision: number }> {
    const { accountId } = actor;
    const own = isId('party', partyId)
      ? await this.parties.lockOwn(tx, { partyId, accountId })
      : null;
    if (!own) throw partyNotFound();
    return own;
  }
}

function nameOrRefuse(typed: string): string {
  const reading = readDisplayName(typed);
  if (!reading.ok) throw invalid([{ pointer: '/displayName', detail: reading.why }]);
  return reading.name;
}

function rowOf(partyId: string, { scheme, value, typed }: PartyIdentifier, addedAt: Date) {
  return { partyId, scheme, value, typed, addedAt };
}
