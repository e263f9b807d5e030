import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem, newId } from '#kernel';
import { Database, invalid, stale, type Transaction } from '#platform';
import { PartyAccess } from '#parties';
import { identifierCommitment, LogAppender } from '#transparency';
import { type LinkKind, linkFault } from './domain/index.js';
import type { WorkEntity } from './entities/work.entity.js';
import { readIdentifiers } from './read-identifiers.js';
import type { ContributorDraft, LinkDraft, WorkDraft } from './work-draft.js';
import { WorkRegistrar } from './work-registrar.service.js';
import { type WorkDetail, WorksQuery } from './works.query.js';
import { WorksRepository } from './works.repository.js';

export interface RegisterWork {
  party: string;
  kind: WorkDraft['kind'];
  title: string;
  language?: string;
  releasedOn?: string;
  contributors?: { name: string; role: string; party?: string }[];
  identifiers?: { scheme: string; value: string }[];
  links?: { kind: LinkKind; work: string }[];
}

/** Registering works and changing what is known of them; every change is a leaf of its stream. */
@Injectable()
export class WorksService {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyAccess,
    private readonly works: WorksRepository,
    private readonly query: WorksQuery,
    private readonly registrar: WorkRegistrar,
    private readonly log: LogAppender,
    private readonly clock: Clock,
  ) {}

  /** Registers one work for a party and returns it. Refuses faults of the input by pointer. */
  async register(actor: Actor, command: RegisterWork): Promise<WorkDetail> {
    const draft = await this.draftOf(actor, command);
    await this.database.transaction((tx) => this.registrar.register(tx, [draft]));
    return this.get(draft.workId);
  }

  /** Checks a registration without storing anything. */
  async draftOf(actor: Actor, command: RegisterWork): Promise<WorkDraft> {
    const { partyId } = await this.parties.actAs(
      actor,
      command.party,
      'register',
      this.clock.now(),
    );
    if (command.releasedOn) refuseImpossibleDay(command.releasedOn, '/releasedOn');
    await this.refuseUnknownParties(command.contributors ?? []);
    return {
      workId: newId('work'),
      kind: command.kind,
      title: command.title.trim(),
      language: command.language,
      releasedOn: command.releasedOn,
      registrantPartyId: partyId,
      contributors: contributorsOf(command.contributors),
      identifiers: readIdentifiers(command.identifiers ?? []),
      links: await this.readLinks(partyId, command.kind, command.links ?? []),
      catalogueIds: [],
    };
  }

  async get(workId: string): Promise<WorkDetail> {
    const work = await this.query.findWork(workId);
    if (!work) throw notFound();
    return work;
  }

  /** Changes the words that describe a work; answers never depend on them, so there is no leaf. */
  async describe(
    actor: Actor,
    workId: string,
    revision: number,
    change: { title?: string; language?: string; contributors?: RegisterWork['contributors'] },
  ): Promise<WorkDetail> {
    await this.refuseUnknownParties(change.contributors ?? []);
    await this.database.transaction(async (tx) => {
      const work = await this.lockOwn(tx, actor, workId);
      const { contributors, ...columns } = change;
      const changed = await this.works.revise(tx, workId, revision, columns);
      if (!changed) throw stale(work.revision);
      if (contributors) {
        const rows = contributorsOf(contributors).map(({ name, role, partyId }, position) => {
          return { workId, position, name, role, partyId: partyId ?? null };
        });
        await this.works.replaceContributors(tx, workId, rows);
      }
    });
    return this.get(workId);
  }

  async addIdentifier(
    actor: Actor,
    workId: string,
    typed: { scheme: string; value: string },
  ): Promise<WorkDetail> {
    const [identifier] = readIdentifiers([typed], '');
    const { scheme, value } = identifier!;
    await this.database.transaction(async (tx) => {
      await this.lockOwn(tx, actor, workId);
      const present = (await this.get(workId)).identifiers;
      if (present.some((i) => i.scheme === scheme && i.value === value)) {
        throw new DomainProblem('works/identifier-present', `It has ${scheme} ${value} already.`);
      }
      const salt = randomBytes(32);
      const commitment = identifierCommitment(salt, scheme, value).toString('hex');
      const place = await this.appendChange(tx, workId, { addIdentifiers: [commitment] });
      await this.works.insert(tx, {
        identifiers: [{ workId, scheme, value, typed: typed.value, salt, ...place }],
      });
    });
    return this.get(workId);
  }

  async removeIdentifier(
    actor: Actor,
    workId: string,
    typed: { scheme: string; value: string },
  ): Promise<WorkDetail> {
    const [identifier] = readIdentifiers([typed], '');
    const { scheme, value } = identifier!;
    await this.database.transaction(async (tx) => {
      await this.lockOwn(tx, actor, workId);
      const commitment = await this.works.findCommitment(tx, { workId, scheme, value });
      if (!commitment) throw notFound(`The work has no ${scheme} ${value}.`);
      const { recordedAt } = await this.appendChange(tx, workId, {
        removeIdentifiers: [commitment],
      });
      await this.works.closeIdentifier(tx, { workId, scheme, value, removedAt: recordedAt });
    });
    return this.get(workId);
  }

  async addLink(
    actor: Actor,
    workId: string,
    link: { kind: LinkKind; work: string },
  ): Promise<WorkDetail> {
    await this.database.transaction(async (tx) => {
      const work = await this.lockOwn(tx, actor, workId);
      const [draft] = await this.readLinks(work.registrantPartyId, work.kind as never, [link], '');
      const { kind, toWorkId, verified } = draft!;
      const present = (await this.get(workId)).links;
      if (present.some((l) => l.kind === kind && l.workId === toWorkId)) {
        throw new DomainProblem('works/link-present', 'The works are linked like this already.');
      }
      if (await this.query.leadsTo(workId, toWorkId)) {
        throw new DomainProblem('works/link-circle', 'The other work leads back to this one.');
      }
      const change = { addLinks: [{ kind, to: toWorkId, verified }] };
      const place = await this.appendChange(tx, workId, change);
      await this.works.insert(tx, {
        links: [{ fromWorkId: workId, toWorkId, kind, verified, ...place }],
      });
    });
    return this.get(workId);
  }

  async removeLink(
    actor: Actor,
    workId: string,
    link: { kind: string; work: string },
  ): Promise<WorkDetail> {
    await this.database.transaction(async (tx) => {
      await this.lockOwn(tx, actor, workId);
      const { recordedAt } = await this.appendChange(tx, workId, {
        removeLinks: [{ kind: link.kind, to: link.work }],
      });
      const closed = await this.works.closeLink(tx, {
        fromWorkId: workId,
        toWorkId: link.work,
        kind: link.kind,
        removedAt: recordedAt,
      });
      if (!closed) throw notFound('The works are not linked like this.');
    });
    return this.get(workId);
  }

  private async refuseUnknownParties(contributors: readonly { party?: string }[]): Promise<void> {
    const named = contributors.flatMap(({ party }) => party ?? []);
    if (named.length === 0) return;
    const known = await this.parties.existing(named);
    const faults = contributors.flatMap(({ party }, at) => {
      if (party === undefined || known.has(party)) return [];
      return [{ pointer: `/contributors/${at}/party`, detail: 'there is no party with this id' }];
    });
    if (faults.length > 0) throw invalid(faults);
  }

  /** The work, locked, if the actor may act for its registrant; otherwise as if there were none. */
  private async lockOwn(tx: Transaction, actor: Actor, workId: string): Promise<WorkEntity> {
    const work = await this.works.lock(tx, workId);
    if (!work) throw notFound();
    await this.parties
      .actAs(actor, work.registrantPartyId, 'register', this.clock.now())
      .catch((refusal: unknown) => {
        throw refusal instanceof DomainProblem ? notFound() : refusal;
      });
    return work;
  }

  private async appendChange(
    tx: Transaction,
    workId: string,
    content: Record<string, unknown>,
  ): Promise<{ recordedAt: Date; leafIndex: string }> {
    const { leafIndexes, recordedAt } = await this.log.append(tx, [
      { type: 'work', stream: workId, content },
    ]);
    tx.emit('works:work:changed', { workId });
    return { recordedAt: new Date(recordedAt), leafIndex: String(leafIndexes[0]) };
  }

  /**
   * Checks links and says which are verified: those made by a proven party (level 2 or more), and
   * those between two works of one registrant. An unverified sample link binds nobody.
   */
  private async readLinks(
    partyId: string,
    from: WorkDraft['kind'],
    links: readonly { kind: LinkKind; work: string }[],
    pointer = '/links',
  ): Promise<LinkDraft[]> {
    if (links.length === 0) return [];
    const kinds = await this.query.kindsOf(links.map((link) => link.work));
    const proven = ((await this.parties.levelOf([partyId])).get(partyId) ?? 0) >= 2;
    const faults = links.flatMap(({ kind, work }, at) => {
      const to = kinds.get(work);
      const place = pointer ? `${pointer}/${at}` : '';
      if (!to) return [{ pointer: `${place}/work`, detail: 'there is no work with this id' }];
      const fault = linkFault(kind, from, to.kind);
      return fault ? [{ pointer: `${place}/kind`, detail: fault }] : [];
    });
    if (faults.length > 0) throw invalid(faults);
    return links.map(({ kind, work }) => ({
      kind,
      toWorkId: work,
      verified: proven || kinds.get(work)!.registrantPartyId === partyId,
    }));
  }
}

function contributorsOf(
  typed: readonly { name: string; role: string; party?: string }[] | undefined,
): ContributorDraft[] {
  return (typed ?? []).map(({ name, role, party }) => ({ name, role, partyId: party }));
}

/** Refuses days that no calendar has, such as 2023-02-30. */
export function refuseImpossibleDay(day: string, pointer: string): void {
  const date = new Date(`${day}T00:00:00Z`);
  // PostgreSQL begins its calendar, as we do, with the year 1.
  if (day.startsWith('0000') || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) {
    throw invalid([{ pointer, detail: `${day} is not a day of the calendar` }]);
  }
}

/** Foreign and absent works look the same to whoever wants to change them. */
export function notFound(detail = 'There is no work with this id that you may change.') {
  return new DomainProblem('works/not-found', detail);
}
