import { evaluate, type Inquiry, type Licence, type Match } from '#consent/domain';
import type { PurposeAnswer, WorkFacts } from '#consent/domain';
import { writePurposes } from './answer-text.js';
import type { Answered } from './answered.js';
import type { Ask } from './ask.js';
import type { EntryRow } from './entry.js';
import type { FoundWork } from './item-text.js';
import { isCountedFromRelease, type Known } from './known.js';
import { LastingAnswer } from './lasting-answer.js';
import type { WorkStanding } from './standing.js';
import { workFactsOf } from './work-facts.js';

/** Identifiers that are digests of the content itself. */
const HASH_SCHEMES = new Set(['sha256', 'blake3', 'swhid']);

const WHOLE_PPM = 1_000_000;

/** A work with licences of the inquirer: it has a standing of its own, with all ids. */
export interface LicensedWork {
  readonly standing: WorkStanding;
  readonly licences: readonly Licence[];
}

/** The standings that entries name, and the works that licences set apart from them. */
export interface Standings {
  readonly byId: ReadonlyMap<number, WorkStanding>;
  readonly licensed: ReadonlyMap<string, LicensedWork>;
}

/** What an identifier came to, with the works that it leads to. */
export interface Found {
  readonly answered: Answered;
  readonly works: readonly FoundWork[];
}

/** What is remembered of answers to the same ask, as far as it still holds at the log that is answered from. */
export interface RememberedAnswers {
  answer(standingId: number): LastingAnswer | undefined;
  keep(standingId: number, standing: WorkStanding, answer: LastingAnswer): void;
}

interface Slot {
  readonly kind: WorkStanding['kind'];
  /** Whether works in this standing differ by the day of their release. */
  readonly isDated: boolean;
  /** Of works that are not surely meant, or dated; made when there is one. */
  answers: Map<string, Answered> | null;
  exact: Answered | null;
}

/**
 * Answers the items of one lookup. Works in one standing are answered once, whatever their
 * number: the text of the first answer serves the others, and later lookups while it holds.
 */
export class Answerer {
  private readonly slots = new Map<number, Slot>();
  private readonly inquiry: Inquiry;
  private nothing: Answered | null = null;

  constructor(
    private readonly ask: Ask,
    private readonly asOf: number,
    private readonly standings: Standings,
    private readonly known: Known,
    private readonly remembered: RememberedAnswers | null = null,
  ) {
    this.inquiry = { ...ask.inquiry, asOf, unknownPolicy: ask.unknownPolicy };
  }

  /** Whether it can answer for these works as it is; otherwise it has to be given their standings. */
  isReadyFor(entries: readonly EntryRow[]): boolean {
    if (entries.length === 0) return true;
    const { workId, standingId, confidencePpm } = entries[0]!;
    const isAlone = entries.length === 1 && confidencePpm === WHOLE_PPM;
    if (!isAlone || this.standings.licensed.has(workId)) {
      return entries.every((entry) => this.standings.byId.has(entry.standingId));
    }
    if (this.slots.has(standingId) || this.standings.byId.has(standingId)) return true;
    const lasting = this.remembered?.answer(standingId);
    if (!lasting || this.asOf < lasting.from || this.asOf >= lasting.until) return false;
    const { kind } = lasting;
    const exact = lasting.at(this.asOf);
    this.slots.set(standingId, { kind, isDated: false, answers: null, exact });
    return true;
  }

  /** What an identifier comes to that leads to these works (none: not found). */
  find(scheme: string, entries: readonly EntryRow[]): Found {
    const answered = this.answer(scheme, entries);
    return { answered, works: this.worksOf(scheme, entries, answered) };
  }

  private answer(scheme: string, entries: readonly EntryRow[]): Answered {
    if (entries.length === 0) return (this.nothing ??= this.answerApart(scheme, entries));
    const entry = entries[0]!;
    if (entries.length > 1 || this.standings.licensed.has(entry.workId)) {
      return this.answerApart(scheme, entries);
    }
    const slot = this.slotOf(entry.standingId);
    if (!slot.isDated && entry.confidencePpm === WHOLE_PPM) {
      return (slot.exact ??= this.answerExactly(scheme, entry));
    }
    const key = `${entry.confidencePpm} ${slot.isDated ? entry.releasedOn : ''}`;
    slot.answers ??= new Map();
    let answered = slot.answers.get(key);
    if (answered === undefined) {
      answered = this.answerApart(scheme, entries);
      slot.answers.set(key, answered);
    }
    return answered;
  }

  /** The works that an item was answered for, as they are named in its answer. */
  private worksOf(scheme: string, entries: readonly EntryRow[], answered: Answered): FoundWork[] {
    if (answered.result === 'not_found') return [];
    return entries.map((entry) => ({
      workId: entry.workId,
      kind: this.kindOf(entry),
      how: howOf(scheme, entry),
      confidence: entry.confidencePpm / WHOLE_PPM,
    }));
  }

  private slotOf(standingId: number): Slot {
    let slot = this.slots.get(standingId);
    if (slot === undefined) {
      const standing = this.standings.byId.get(standingId)!;
      const isDated = isCountedFromRelease(standing, this.known);
      slot = { kind: standing.kind, isDated, answers: null, exact: null };
      this.slots.set(standingId, slot);
    }
    return slot;
  }

  private kindOf(entry: EntryRow): WorkStanding['kind'] {
    const licensed = this.standings.licensed.get(entry.workId);
    return licensed?.standing.kind ?? this.slotOf(entry.standingId).kind;
  }

  private standingOf(entry: EntryRow): WorkStanding {
    const licensed = this.standings.licensed.get(entry.workId);
    return licensed?.standing ?? this.standings.byId.get(entry.standingId)!;
  }

  /** What every work in a standing comes to where it is surely meant: worth remembering. */
  private answerExactly(scheme: string, entry: EntryRow): Answered {
    if (this.remembered === null) return this.answerApart(scheme, [entry]);
    const standing = this.standingOf(entry);
    const work = workFactsOf({ ...standing, releasedOn: entry.releasedOn }, '', this.known);
    const answers = this.evaluateAll([{ work, how: howOf(scheme, entry), confidence: 1 }], []);
    const lasting = new LastingAnswer(standing.kind, resultOf(answers), answers, this.asOf);
    this.remembered.keep(entry.standingId, standing, lasting);
    return lasting.at(this.asOf);
  }

  /** A single work goes by no name, so that its answer fits every work in its standing. */
  private answerApart(scheme: string, entries: readonly EntryRow[]): Answered {
    const licences = new Map<string, Licence>();
    const matches = entries.map((entry): Match => {
      const standing = { ...this.standingOf(entry), releasedOn: entry.releasedOn };
      const name = entries.length === 1 ? '' : entry.workId;
      const work = workFactsOf(standing, name, this.known);
      for (const one of this.standings.licensed.get(entry.workId)?.licences ?? []) {
        const works = licences.get(one.licenceId)?.works ?? [];
        const named = namesOf(one, standing, work);
        licences.set(one.licenceId, { ...one, works: [...works, ...named] });
      }
      return { work, how: howOf(scheme, entry), confidence: entry.confidencePpm / WHOLE_PPM };
    });
    const answers = this.evaluateAll(matches, [...licences.values()]);
    return { result: resultOf(answers), purposes: writePurposes(answers, '') };
  }

  private evaluateAll(matches: readonly Match[], licences: readonly Licence[]): PurposeAnswer[] {
    const inquiry = licences.length === 0 ? this.inquiry : { ...this.inquiry, licences };
    return this.ask.purposes.map((purpose) => evaluate(matches, inquiry, purpose));
  }
}

function resultOf(answers: readonly PurposeAnswer[]): Answered['result'] {
  const { identity } = answers[0]!;
  return identity === 'matched' ? 'found' : identity;
}

/** An identifier that was only inferred for a work is no exact match (model, section 4 rule 1). */
function howOf(scheme: string, { confidencePpm }: EntryRow): Match['how'] {
  if (confidencePpm < WHOLE_PPM) return 'metadata';
  return HASH_SCHEMES.has(scheme) ? 'hash' : 'identifier';
}

/** The works that a licence names, by the names that they go by in these facts. */
function namesOf(licence: Licence, standing: WorkStanding, facts: WorkFacts): string[] {
  const names: string[] = [];
  const visit = (one: WorkStanding, named: WorkFacts): void => {
    if (one.workId !== undefined && licence.works?.includes(one.workId)) names.push(named.workId);
    one.embodies.forEach((part, at) => visit(part, named.embodies[at]!));
    one.contains.forEach((part, at) => visit(part, named.contains[at]!));
    one.samples.forEach((part, at) => visit(part, named.samples[at]!.work));
  };
  visit(standing, facts);
  return names;
}
