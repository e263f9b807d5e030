import type { WorkKind } from '#vocabulary';
import { ERASED_TERMS } from '#consent/domain';
import {
  type DeclarationRow,
  type Known,
  type Link,
  type LinkedWork,
  type Membership,
  type OwnStatement,
  type StandingClaim,
  standingClaimOf,
  type StandingFacts,
  statementsAbout,
  type SubjectKey,
  type SubjectStatements,
  type TermSet,
  versionsThatMatter,
} from '#lookup/domain';
import type { PublicState } from './public-state.js';
import { type ClaimVersion, isOpenAt, MandateStream, NEVER, WorkStream } from './world.js';

/** Something that an answer needs was erased, or never came with the log. */
export class Unopened extends Error {
  override name = 'Unopened';
}

const NOTHING: readonly never[] = Object.freeze([]);

/** The state of a registry after its first `size` leaves, as the evaluation asks for it. */
export class FactsAt implements StandingFacts, Known {
  private readonly subjects = new Map<SubjectKey, SubjectStatements>();

  constructor(
    private readonly state: PublicState,
    private readonly size: number,
  ) {}

  work(workId: string): LinkedWork | undefined {
    const work = this.find(workId);
    if (work === undefined) return undefined;
    const links = new Map<string, Link>();
    for (const link of work.links) {
      if (isOpenAt(link, this.size)) links.set(`${link.kind} ${link.to}`, link);
    }
    const { kind, releasedOn } = work;
    return {
      ...{ kind: kind as WorkKind, releasedOn, links: [...links.values()] },
      disputes: work.disputes
        .filter((one) => isOpenAt(one, this.size))
        .map(({ id: disputeId, layer, parties }) => ({ disputeId, layer, parties })),
      triggers: work.triggers
        .filter((one) => isOpenAt(one, this.size))
        .map(({ kind: state, inEffectSince, months }) => ({
          ...{ kind: state, inEffectSince },
          ...(months === undefined ? {} : { months }),
        })),
    };
  }

  claims(workId: string): readonly StandingClaim[] {
    const standing: StandingClaim[] = [];
    const work = this.find(workId);
    if (work === undefined || work.erased < this.size) return standing;
    const { erased } = this.state.world;
    for (const { latest } of work.claims) {
      const version = this.versionOf(latest);
      if (version === null || version.state === 'withdrawn') continue;
      if ((erased.get(version.party) ?? NEVER) < this.size) continue;
      standing.push(standingClaimOf({ ...version, mandate: this.mandateOf(version) }));
    }
    return standing;
  }

  memberships(workId: string): readonly Membership[] {
    const work = this.find(workId);
    if (work === undefined) return NOTHING;
    const members = new Map<string, Membership>();
    for (const one of work.catalogues) {
      if (isOpenAt(one, this.size)) members.set(one.id, { id: one.id, keptBy: one.keeper });
    }
    for (const one of work.releases) {
      if (!isOpenAt(one, this.size)) continue;
      const first = this.state.about(`release:${one.id}`)[0];
      if (first !== undefined && first.logIndex < this.size) {
        members.set(one.id, { id: one.id, keptBy: null });
      }
    }
    return [...members.values()];
  }

  statements(workId: string): readonly OwnStatement[] {
    const rows = this.recorded(this.find(workId)?.statements ?? NOTHING);
    return rows.length === 0 ? rows : versionsThatMatter(rows, (one) => one.subjectId);
  }

  subject(key: SubjectKey): SubjectStatements {
    let about = this.subjects.get(key);
    if (about === undefined) {
      const rows = versionsThatMatter(this.recorded(this.state.about(key)), () => key);
      about = statementsAbout(rows, (id) => this.termSet(id));
      this.subjects.set(key, about);
    }
    return about;
  }

  about(key: SubjectKey) {
    return this.subject(key).statements;
  }

  termSet(termSetId: number): TermSet {
    const termSet = this.state.world.terms[termSetId]!;
    if (!('unopenedOf' in termSet)) return termSet;
    if (this.state.world.erased.has(termSet.unopenedOf)) return ERASED_TERMS;
    throw new Unopened('the terms of a declaration are not opened');
  }

  private find(workId: string): WorkStream | undefined {
    const work = this.state.world.streams.get(workId);
    return work instanceof WorkStream && work.from < this.size ? work : undefined;
  }

  private recorded(rows: readonly DeclarationRow[]): readonly DeclarationRow[] {
    return rows.filter((row) => row.logIndex < this.size);
  }

  private versionOf(latest: ClaimVersion | null): ClaimVersion | null {
    let version = latest;
    while (version !== null && version.from >= this.size) version = version.before;
    return version;
  }

  /** A mandate counts for what its representative claims in its own name. */
  private mandateOf({ mandate, party }: ClaimVersion) {
    if (mandate === null) return null;
    const stream = this.state.world.streams.get(mandate);
    if (!(stream instanceof MandateStream) || stream.representative !== party) return null;
    const { isSociety, purposes, until } = stream;
    return { isSociety, purposes, until };
  }
}
