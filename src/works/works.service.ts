import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem, newId } from '#kernel';
import { Database, invalid, stale, type Transaction } from '#platform';
import { PartyAccess } from '#parties';
import { identifierCommitment, LogAppender } from '#transparency';
import { type LinkKind, linkFault } from './domain/index.js';
import { readIdentifier, readIdentifiers } from './read-identifiers.js';
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
  contributors?: { name: string; role: string; party?: string | null }[];
  identifiers?: { scheme: string; value: string }[];
  links?: { kind: LinkKind; work: string }[];
}

/** Appends a leaf to the stream of the work that is being changed. */
type AppendChange = (
  content: Record<string, unknown>,
) => Promise<{ recordedAt: Date; leafIndex: string }>;

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
      catalogues: [],
    };
  }

  async get(workId: string): Promise<WorkDetail> {
    const work = await this.query.findWork(workId);
    if (!work) throw notFound();
    if (work.erasedAt !== null) {
      throw new DomainProblem(
        'works/withdrawn',
        'The work was withdrawn and its words were erased.',
      );
    }
    return work;
  }

  /** Changes the words that describe a work; answers never depend on them, so there is no leaf. */
  async describe(
    actor: Actor,
    workId: string,
    revision: number,
    change: { title?: string; language?: string; contributors?: RegisterWork['contributors'] },
  ): Promise<WorkDetail> {
    await this.getOwn(actor, workId);
    const { contributors, title, language } = change;
    await this.refuseUnknownParties(contributors ?? []);
    await this.database.transaction(async (tx) => {
      const columns = { title: title?.trim(), language };
      const changed = await this.works.revise(tx, workId, revision, columns);
      if (!changed) throw stale((await this.works.findRevision(tx, workId)) ?? undefined);
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
    const { scheme, value } = readIdentifier(typed);
    return this.change(actor, workId, async (tx, append) => {
      if (await this.works.findCommitment(tx, { workId, scheme, value })) {
        throw new DomainProblem('works/identifier-present', `It has ${scheme} ${value} already.`);
      }
      const salt = randomBytes(32);
      const commitment = identifierCommitment(salt, scheme, value).toString('hex');
      const place = await append({ addIdentifiers: [commitment] });
      await this.works.insert(tx, {
        identifiers: [{ workId, scheme, value, typed: typed.value, salt, ...place }],
      });
    });
  }

  async removeIdentifier(
    actor: Actor,
    workId: string,
    typed: { scheme: string; value: string },
  ): Promise<WorkDetail> {
    const { scheme, value } = readIdentifier(typed);
    return this.change(actor, workId, async (tx, append) => {
      const commitment = await this.works.findCommitment(tx, { workId, scheme, value });
      if (!commitment) throw notFound(`The work has no ${scheme} ${value}.`);
      const { recordedAt } = await append({
        removeIdentifiers: [commitment],
      });
      await this.works.closeIdentifier(tx, { workId, scheme, value, removedAt: recordedAt });
    });
  }

  async addLink(
    actor: Actor,
    workId: string,
    link: { kind: LinkKind; work: string },
  ): Promise<WorkDetail> {
    const { kind: from, registrantPartyId } = await this.getOwn(actor, workId);
    const [draft] = await this.readLinks(registrantPartyId, from, [link], () => '');
    const { kind, toWorkId, verified } = draft!;
    const ends = { fromWorkId: workId, toWorkId, kind };
    return this.change(actor, workId, async (tx, append) => {
      if (await this.works.isLinked(tx, ends)) {
        throw new DomainProblem('works/link-present', 'The works are linked like this already.');
      }
      if (await this.works.leadsTo(tx, toWorkId, workId)) {
        throw new DomainProblem('works/link-circle', 'The other work leads back to this one.');
      }
      const change = { addLinks: [{ kind, to: toWorkId, verified }] };
      const place = await append(change);
      await this.works.insert(tx, { links: [{ ...ends, verified, ...place }] });
    });
  }

  async removeLink(
    actor: Actor,
    workId: string,
    link: { kind: string; work: string },
  ): Promise<WorkDetail> {
    const ends = { fromWorkId: workId, toWorkId: link.work, kind: link.kind };
    return this.change(actor, workId, async (tx, append) => {
      if (!(await this.works.isLinked(tx, ends))) {
        throw notFound('The works are not linked like this.');
      }
      const { recordedAt } = await append({
        removeLinks: [{ kind: link.kind, to: link.work }],
      });
      await this.works.closeLink(tx, { ...ends, removedAt: recordedAt });
    });
  }

  /**
   * Changes what answers depend on, in a work of the actor's. Rights are checked before, for a
   * transaction that waited for a second connection could starve others of theirs.
   */
  private async change(
    actor: Actor,
    workId: string,
    change: (tx: Transaction, append: AppendChange) => Promise<void>,
  ): Promise<WorkDetail> {
    const { registrantPartyId } = await this.getOwn(actor, workId);
    await this.database.transaction(async (tx) => {
      await this.log.hold(tx);
      await change(tx, (content) => this.appendChange(tx, { workId, registrantPartyId }, content));
      await this.works.countUp(tx, [workId], registrantPartyId);
    });
    return this.get(workId);
  }

  private async refuseUnknownParties(
    contributors: readonly { party?: string | null }[],
  ): Promise<void> {
    const named = contributors.flatMap(({ party }) => party ?? []);
    if (named.length === 0) return;
    const known = await this.parties.existing(named);
    const faults = contributors.flatMap(({ party }, at) => {
      if (party === undefined || party === null || known.has(party)) return [];
      return [{ pointer: `/contributors/${at}/party`, detail: 'there is no party with this id' }];
    });
    if (faults.length > 0) throw invalid(faults);
  }

  /** Kind and registrant of a work of the actor's; otherwise as if there were none. */
  private async getOwn(actor: Actor, workId: string) {
    const work = (await this.query.kindsOf([workId])).get(workId);
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
    { workId, registrantPartyId }: { workId: string; registrantPartyId: string },
    content: Record<string, unknown>,
  ): Promise<{ recordedAt: Date; leafIndex: string }> {
    const { leafIndexes, recordedAt } = await this.log.append(tx, [
      { type: 'work', stream: workId, content, concerns: [registrantPartyId] },
    ]);
    tx.emit('works:work:changed', { workId, leafIndex: leafIndexes[0] });
    return { recordedAt: new Date(recordedAt), leafIndex: String(leafIndexes[0]) };
  }

  /**
   * Checks links and says which are verified: those made by a proven party (level 2 or more), and
   * those between two works of one registrant. An unverified sample link binds nobody. A link that
   * is named twice is one link.
   */
  private async readLinks(
    partyId: string,
    from: WorkDraft['kind'],
    links: readonly { kind: LinkKind; work: string }[],
    pointerOf: (at: number) => string = (at) => `/links/${at}`,
  ): Promise<LinkDraft[]> {
    if (links.length === 0) return [];
    const kinds = await this.query.kindsOf(links.map((link) => link.work));
    const proven = ((await this.parties.levelOf([partyId])).get(partyId) ?? 0) >= 2;
    const faults = links.flatMap(({ kind, work }, at) => {
      const to = kinds.get(work);
      if (!to)
        return [{ pointer: `${pointerOf(at)}/work`, detail: 'there is no work with this id' }];
      const fault = linkFault(kind, from, to.kind);
      return fault ? [{ pointer: `${pointerOf(at)}/kind`, detail: fault }] : [];
    });
    if (faults.length > 0) throw invalid(faults);
    const distinct = new Map(links.map((link) => [`${link.kind} ${link.work}`, link]));
    return [...distinct.values()].map(({ kind, work }) => ({
      kind,
      toWorkId: work,
      verified: proven || kinds.get(work)!.registrantPartyId === partyId,
    }));
  }
}

function contributorsOf(typed: RegisterWork['contributors']): ContributorDraft[] {
  return (typed ?? []).map(({ name, role, party }) => ({
    name: name.trim(),
    role: role.trim(),
    partyId: party ?? undefined,
  }));
}

/** Refuses days that no calendar has, such as 2023-02-30. */
export function refuseImpossibleDay(day: string, pointer: string): void {
  const date = new Date(`${day}T00:00:00Z`);
  // PostgreSQL begins its calendar, as we do, with the year 1.
  if (
    day.startsWith('0000') ||
    Number.isNaN(date.getTime()) ||
    date.toISOString().slice(0, 10) !== day
  ) {
    throw invalid([{ pointer, detail: `${day} is not a day of the calendar` }]);
  }
}

/** Foreign and absent works look the same to whoever wants to change them. */
export function notFound(detail = 'There is no work with this id that you may change.') {
  return new DomainProblem('works/not-found', detail);
}
