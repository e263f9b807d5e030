import { type Ask, type Item, readAsk, readIdentified } from '#lookup/domain';
import { canonicalJson } from '#kernel';
import { VOCABULARY_VERSION } from '#vocabulary';
import { ReplayedAnswers } from './answer.js';
import { type Difference, differences } from './differences.js';
import { Unopened } from './facts.js';
import { vocabularyFault } from './own-vocabulary.js';
import type { PublicState } from './public-state.js';
import { WorkStream } from './world.js';

/** What a signed answer says it answered; the signature was checked by whoever hands it over. */
export interface AnsweredQuestion {
  readonly asOf: string;
  readonly logSize: number;
  readonly vocabulary: string;
  readonly unknownPolicy: string;
  readonly inquiry: Readonly<Record<string, unknown>>;
  readonly purposes: readonly string[];
  readonly item: Readonly<Record<string, unknown>>;
}

/** Same bytes, other bytes with where they differ, or why it can't be told. */
export type Comparison =
  | { readonly verdict: 'same' }
  | { readonly verdict: 'differs'; readonly differences: readonly Difference[] }
  | { readonly verdict: 'unknown'; readonly reason: string };

/** Recomputes an answered item from the log and holds both against each other. Never throws. */
export function recompute(state: PublicState, answered: AnsweredQuestion): Comparison {
  const { asOf, logSize, vocabulary, item } = answered;
  if (vocabulary !== VOCABULARY_VERSION) {
    return unknown(
      `the answer speaks vocabulary ${vocabulary}, this program ${VOCABULARY_VERSION}`,
    );
  }
  if (logSize > state.size) {
    return unknown(
      `the answer was computed from ${logSize} leaves, and ${state.size} are replayed`,
    );
  }
  const otherLists = vocabularyFault(state);
  if (otherLists !== null) return unknown(otherLists);
  const ask = askOf(answered);
  if (ask === null) return unknown('the question is not one that this program knows');
  const asked = itemOf(item);
  if (asked === null) return unknown('the item names no identifier');
  let replayed: string;
  try {
    const answers = new ReplayedAnswers(state, ask, Date.parse(asOf), logSize);
    replayed = canonicalJson(JSON.parse(`${answers.write(asked)}}`));
  } catch (error) {
    return unknown(error instanceof Unopened ? error.message : 'the terms can’t be evaluated');
  }
  const given = canonicalJson(item);
  if (replayed === given) return { verdict: 'same' };
  const hidden = whatIsHidden(state, item, given);
  if (hidden !== null) return unknown(hidden);
  return { verdict: 'differs', differences: differences(JSON.parse(replayed), item) };
}

function askOf({ asOf, purposes, inquiry, unknownPolicy }: AnsweredQuestion): Ask | null {
  const read = readAsk({ purposes, inquiry, unknownPolicy }, Date.parse(asOf));
  return read.ok && Number.isFinite(Date.parse(asOf)) ? read.value : null;
}

/** The item as it was asked for: what was typed where that is told, else the canonical value. */
function itemOf({ scheme, value, typed, ref }: AnsweredQuestion['item']): Item | null {
  if (typeof scheme !== 'string' || typeof value !== 'string') return null;
  const asked = typeof typed === 'string' ? typed : value;
  return readIdentified(scheme, asked, ref as string | number | undefined);
}

/** Why an answer may well be true although the public log does not give it. */
function whatIsHidden(state: PublicState, item: AnsweredQuestion['item'], text: string) {
  if (text.includes('"basis":"licence:')) {
    return 'the answer rests on a licence, and licences are no part of the public log';
  }
  for (const one of Array.isArray(item['works']) ? (item['works'] as unknown[]) : []) {
    const work = state.world.streams.get(String((one as { workId?: unknown })?.workId));
    if (work instanceof WorkStream && work.identifiers.some(({ name }) => name === null)) {
      return `the openings of ${work.id} were erased, so the log no longer says what leads to it`;
    }
  }
  return null;
}

function unknown(reason: string): Comparison {
  return { verdict: 'unknown', reason };
}
