import { evaluate, type Inquiry, type Licence, type Match } from '#consent/domain';
import type { PurposeAnswer, WorkFacts } from '#consent/domain';
import { writePurposes } from './domain/answer-text.js';
import type { Ask } from './domain/ask.js';
import type { Answered, FoundWork } from './domain/item-text.js';
import type { WorkStanding } from './domain/standing.js';
import { workFactsOf } from './domain/work-facts.js';
import type { Gathered } from './gathered.js';
import type { EntryRow } from './lookup.query.js';

/** Identifiers that are digests of the content itself. */
const HASH_SCHEMES = new Set(['sha256', 'blake3', 'swhid']);

const WHOLE_PPM = 1_000_000;

/** A work that an identifier leads to, with its standing at the moment asked about. */
export interface Lead {
  readonly entry: EntryRow;
  readonly standing: WorkStanding;
  /** Equal for works in the same standing. */
  readonly standingKey: string | number;
  /** Licences of the inquirer that reach this work; they make its answer its own. */
  readonly licences?: readonly Licence[];
}

/**
 * Answers the items of one lookup. Works in one standing are answered once, whatever their
 * number: the text of the first answer serves the others.
 */
export class Answerer {
  private readonly texts = new Map<string, Answered>();
  private readonly inquiry: Inquiry;
  private nothing: Answered | null = null;

  constructor(
    private readonly ask: Ask,
    asOf: number,
    private readonly gathered: Gathered,
  ) {
    this.inquiry = { ...ask.inquiry, asOf, unknownPolicy: ask.unknownPolicy };
  }

  /** The answer for an identifier of `scheme` that leads to these works (none: not found). */
  answer(scheme: string, leads: readonly Lead[]): Answered {
    if (leads.length === 0) return (this.nothing ??= this.evaluateAll([], [], ''));
    const [lead] = leads;
    const isShared = leads.length === 1 && lead!.licences === undefined;
    if (!isShared) return this.answerOwn(scheme, leads);
    const { entry, standing, standingKey } = lead!;
    const how = howOf(scheme, entry);
    const date = this.gathered.countsFromRelease(standing) ? (entry.releasedOn ?? '') : '';
    const key = `${standingKey} ${how} ${entry.confidencePpm} ${date}`;
    let shared = this.texts.get(key);
    if (shared === undefined) {
      const confidence = entry.confidencePpm / WHOLE_PPM;
      shared = this.evaluateAll([{ work: this.factsOf(lead!, ''), how, confidence }], [], '');
      this.texts.set(key, shared);
    }
    const { result, purposes } = shared;
    return { result, purposes, works: result === 'not_found' ? [] : [foundWork(scheme, lead!)] };
  }

  private answerOwn(scheme: string, leads: readonly Lead[]): Answered {
    const isAlone = leads.length === 1;
    const matches = leads.map((lead) => ({
      work: this.factsOf(lead, isAlone ? '' : lead.entry.workId),
      how: howOf(scheme, lead.entry),
      confidence: lead.entry.confidencePpm / WHOLE_PPM,
    }));
    const licences = new Map<string, Licence>();
    leads.forEach((lead, at) => {
      for (const one of lead.licences ?? []) {
        const known = licences.get(one.licenceId);
        const works = namesOf(one, lead.standing, matches[at]!.work);
        licences.set(one.licenceId, { ...one, works: [...(known?.works ?? []), ...works] });
      }
    });
    const { result, purposes } = this.evaluateAll(matches, [...licences.values()], '');
    const works = result === 'not_found' ? [] : leads.map((lead) => foundWork(scheme, lead));
    return { result, purposes, works };
  }

  private factsOf({ entry, standing }: Lead, name: string): WorkFacts {
    return workFactsOf({ ...standing, releasedOn: entry.releasedOn }, name, this.gathered);
  }

  private evaluateAll(
    matches: readonly Match[],
    licences: readonly Licence[],
    self: string,
  ): Answered {
    const inquiry = licences.length === 0 ? this.inquiry : { ...this.inquiry, licences };
    const answers = this.ask.purposes.map((purpose) => evaluate(matches, inquiry, purpose));
    const purposes = writePurposes(answers, self);
    return { result: resultOf(answers[0]!), works: [], purposes };
  }
}

function resultOf({ identity }: PurposeAnswer): Answered['result'] {
  return identity === 'matched' ? 'found' : identity;
}

/** An identifier that was only inferred for a work is no exact match (model, section 4 rule 1). */
function howOf(scheme: string, { confidencePpm }: EntryRow): Match['how'] {
  if (confidencePpm < WHOLE_PPM) return 'metadata';
  return HASH_SCHEMES.has(scheme) ? 'hash' : 'identifier';
}

function foundWork(scheme: string, { entry, standing }: Lead): FoundWork {
  return {
    workId: entry.workId,
    kind: standing.kind,
    how: howOf(scheme, entry),
    confidence: entry.confidencePpm / WHOLE_PPM,
  };
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
