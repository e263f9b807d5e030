import type { Layer } from '#vocabulary';
import { leftByTombstone, mergeAfterWithdrawal, withDefaults } from './after-withdrawal.js';
import type {
  AfterWithdrawalAnswer,
  DecidedBy,
  LayerAnswer,
  OfferAnswer,
  PreservationInForce,
} from './answer.js';
import type { LayerDispute } from './disputes.js';
import { noteChange } from './inquiry.js';
import type { Asking, Licence, WorkFacts } from './inquiry.js';
import { listOpenOffers } from './licence.js';
import { permits } from './outcome-order.js';
import type { Outcome } from './outcome-order.js';
import { accessModeAt, triggerAccessAt } from './preservation-terms.js';
import { REASON_BIT, reasonsOf, stateOf } from './reason.js';
import { Effect } from './resolve-statement.js';
import type { Word } from './resolve-statement.js';
import type { Speaker } from './speaker.js';
import { unionOfConditions, unionOfDuties } from './term-unions.js';
import { isPayment } from './terms.js';

/** What the words of a layer come to together. */
export interface Weighed {
  readonly effect: Effect;
  readonly outcome: Outcome;
  /** What holders who speak leave open, in parts per million. */
  readonly gapPpm: number;
  readonly conflict: boolean;
  readonly dispute: LayerDispute;
}

const NONE: readonly never[] = Object.freeze([]);

/** A required layer on which nobody who may speaks. */
export function missingLayer(workId: string, layer: Layer): LayerAnswer {
  return {
    layer,
    workId,
    outcome: 'unknown',
    basis: 'none',
    decidedBy: NONE,
    missingSharePpm: 1_000_000,
    duties: NONE,
    conditions: NONE,
    offers: NONE,
    reasons: reasonsOf(REASON_BIT.silent),
    state: NONE,
    conflict: false,
    unverified: false,
    disputeIds: NONE,
    preservationTerms: NONE,
    afterWithdrawal: undefined,
  };
}

/** A layer that a licence covers. What it costs was settled when it was granted; other duties stay. */
export function licensedLayer(workId: string, layer: Layer, licence: Licence): LayerAnswer {
  const duties = (licence.duties ?? NONE).filter((duty) => !isPayment(duty));
  return {
    ...missingLayer(workId, layer),
    outcome: duties.length > 0 ? 'permitted_with_duties' : 'permitted',
    basis: `licence:${licence.licenceId}`,
    missingSharePpm: 0,
    duties: unionOfDuties([duties]),
    reasons: NONE,
  };
}

/** Puts into words what was weighed: who decided, why, what to state and what to do. */
export function describeLayer(
  work: WorkFacts,
  layer: Layer,
  speakers: readonly Speaker[],
  weighed: Weighed,
  asking: Asking,
): LayerAnswer {
  const { outcome, effect, gapPpm } = weighed;
  const words = wordsThatCount(speakers);
  const decidedBy = outcome === 'disputed' ? NONE : listDeciders(speakers, effect);
  const gapShown = outcome === 'unknown' || outcome === 'licence_required' ? gapPpm : 0;
  const applies = outcome !== 'denied' && words.length > 0;
  return {
    layer,
    workId: work.workId,
    outcome,
    basis: decidedBy.length === 0 ? 'none' : 'declaration',
    decidedBy,
    missingSharePpm: gapShown,
    duties: applies ? unionOfDuties(words.map((word) => word.term.duties)) : NONE,
    conditions: applies ? unionOfConditions(words.map((word) => word.term.conditions)) : NONE,
    offers: outcome === 'licence_required' ? listOffers(words, layer, work, asking) : NONE,
    reasons: permits(outcome) ? NONE : reasonsOf(whyNot(speakers, weighed)),
    state: stateOf(unstated(speakers)),
    conflict: weighed.conflict,
    unverified: outcome === 'denied' && decidedBy.every((one) => one.unverified),
    disputeIds: weighed.dispute.ids,
    preservationTerms: listPreservation(words, layer, work, asking),
    afterWithdrawal: whatIsLeft(speakers, work),
  };
}

/** An unverified word that counts is a refusal: it brings no duties and no preservation terms. */
function wordsThatCount(speakers: readonly Speaker[]): readonly Word[] {
  let words: readonly Word[] = NONE;
  for (const one of speakers) {
    if (!one.counted || !one.verified || one.effect === Effect.unset) continue;
    words = words.length === 0 ? one.position.words : [...words, ...one.position.words];
  }
  return words;
}

/** For a refusal or a licence the words that ask for it, else everyone who was heard. */
function decides(speaker: Speaker, word: Word, effect: Effect): boolean {
  if (!speaker.verified) return word.term.decision !== 'allow';
  return effect < Effect.licence || word.effect === effect;
}

function listDeciders(speakers: readonly Speaker[], effect: Effect): readonly DecidedBy[] {
  let list: DecidedBy[] | null = null;
  for (const one of speakers) {
    if (!one.counted || one.effect === Effect.unset) continue;
    for (const word of one.position.words) {
      if (!decides(one, word, effect)) continue;
      const { auth, declarationId, logIndex } = word.statement;
      if (list?.some((other) => other.declarationId === declarationId)) continue;
      const decider: DecidedBy = {
        ...(auth && { auth }),
        declarationId,
        logIndex,
        party: one.party,
        level: one.level,
        unverified: !one.verified,
      };
      if (list === null) list = [decider];
      else list.push(decider);
    }
  }
  if (list === null) return NONE;
  return list.length === 1 ? list : list.sort((a, b) => compare(a.declarationId, b.declarationId));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function whyNot(speakers: readonly Speaker[], weighed: Weighed): number {
  if (weighed.outcome === 'disputed') return REASON_BIT.disputed;
  let bits = 0;
  if (weighed.outcome !== 'unknown') {
    for (const one of speakers) {
      if (one.counted && one.effect === weighed.effect) bits |= one.reasons;
    }
    return bits;
  }
  if (weighed.gapPpm > 0) bits |= REASON_BIT.missing_share;
  for (const one of speakers) if (one.effect === Effect.unset) bits |= one.reasons;
  return bits;
}

function unstated(speakers: readonly Speaker[]): number {
  let bits = 0;
  for (const one of speakers) if (one.counted && one.verified) bits |= one.position.state;
  return bits;
}

/** Every way to a licence on this layer, by declaration. */
function listOffers(
  words: readonly Word[],
  layer: Layer,
  work: WorkFacts,
  asking: Asking,
): readonly OfferAnswer[] {
  const byDeclaration = new Map<string, OfferAnswer>();
  for (const word of words) {
    if (word.effect !== Effect.licence) continue;
    const { declarationId, party } = word.statement;
    const asked = (word.term.duties ?? NONE).filter(
      (duty) => isPayment(duty) || duty.kind === 'obtain_consent',
    );
    const known = byDeclaration.get(declarationId);
    const offerIds = known?.offerIds ?? listOpenOffers(asking, party, layer, work.workId);
    const duties = unionOfDuties([known?.duties, asked]);
    const offer = { party, layer, workId: work.workId, declarationId, duties, offerIds };
    byDeclaration.set(declarationId, offer);
  }
  return [...byDeclaration.values()].sort((a, b) => compare(a.declarationId, b.declarationId));
}

function listPreservation(
  words: readonly Word[],
  layer: Layer,
  work: WorkFacts,
  asking: Asking,
): readonly PreservationInForce[] {
  const { family } = asking.rule;
  if (family !== 'preservation' && family !== 'access') return NONE;
  const found = new Map<string, PreservationInForce>();
  for (const { statement } of words) {
    const terms = statement.preservationTerms;
    if (terms === undefined) continue;
    const { declarationId, party } = statement;
    const accessMode = accessModeAt(terms, work, asking.asOf);
    for (const trigger of terms.triggers ?? NONE) {
      noteChange(asking, triggerAccessAt(trigger, work));
    }
    found.set(declarationId, {
      declarationId,
      party,
      layer,
      workId: work.workId,
      terms,
      accessMode,
    });
  }
  if (found.size === 0) return NONE;
  return [...found.values()].sort((a, b) => compare(a.declarationId, b.declarationId));
}

/**
 * What verified holders leave after a withdrawal. A refusal that replaced an earlier consent counts as
 * one where it says what becomes of copies or models.
 */
function whatIsLeft(
  speakers: readonly Speaker[],
  work: WorkFacts,
): AfterWithdrawalAnswer | undefined {
  let left: AfterWithdrawalAnswer | undefined;
  for (const one of speakers) {
    if (!one.counted || !one.verified) continue;
    for (const tombstone of one.position.tombstones) {
      left = mergeAfterWithdrawal(left, leftByTombstone(tombstone, work.statements));
    }
    if (one.effect !== Effect.deny) continue;
    for (const { statement } of one.position.words) {
      if (statement.afterWithdrawal === undefined) continue;
      left = mergeAfterWithdrawal(left, withDefaults(statement.afterWithdrawal));
    }
  }
  return left;
}
