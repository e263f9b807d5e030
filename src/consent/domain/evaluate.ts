import { getPurposeRule, type Layer, type Purpose, type PurposeFamily } from '#vocabulary';
import { mergeAfterWithdrawal } from './after-withdrawal.js';
import type { AfterWithdrawalAnswer, Basis, LayerAnswer, PurposeAnswer } from './answer.js';
import { compareLayers, evaluateWork, stricterLayer } from './evaluate-work.js';
import type { WorkAnswer } from './evaluate-work.js';
import { identify } from './identity.js';
import type { Identity } from './identity.js';
import type { Asking, Inquiry, Match, UnknownPolicy } from './inquiry.js';
import { permits, strictest } from './outcome-order.js';
import type { Outcome } from './outcome-order.js';
import { listOverlays } from './overlays.js';
import { EXISTING_COPIES } from './preservation-terms.js';
import type { ExistingCopies } from './preservation-terms.js';
import { REASON_BIT, reasonBits, reasonsOf, stateBits, stateOf } from './reason.js';
import { unionOfDuties } from './term-unions.js';
import { latestValidUntil } from './valid-until.js';

const NONE: readonly never[] = Object.freeze([]);
const NO_GAPS: Readonly<Partial<Record<Layer, number>>> = Object.freeze({});

/**
 * What may be done for one purpose with the item that led to `matches`, as of a moment (section 4 whole,
 * section 5 per purpose). The order of matches, claims, statements and links never matters. No matches
 * is `not_found`: its outcome is `unknown`, which the inquirer's policy may treat but never turns into
 * permission. Throws only on a purpose outside the vocabulary.
 */
export function evaluate(
  matches: readonly Match[],
  inquiry: Inquiry,
  purpose: Purpose,
): PurposeAnswer {
  const rule = getPurposeRule(purpose);
  const asking: Asking = {
    inquiry,
    rule,
    asOf: inquiry.asOf,
    territory: inquiry.territory,
    nextChange: Infinity,
  };
  const identity = identify(matches);
  const { candidates } = identity;
  const works: WorkAnswer[] = [];
  let outcome: Outcome = candidates.length === 0 ? 'unknown' : 'permitted';
  for (const candidate of candidates) {
    const answer = evaluateWork(candidate.work, asking);
    works.push(answer);
    outcome = strictest(outcome, answer.outcome);
  }
  // An uncertain match is answered as a deny, whatever the work would allow (rule 4.1).
  if (identity.status === 'ambiguous_match') outcome = 'denied';
  const layers = works.length === 1 ? works[0]!.layers : joinLayers(works);
  return compose(asking, identity, works, layers, outcome);
}

function joinLayers(works: readonly WorkAnswer[]): readonly LayerAnswer[] {
  const byKey = new Map<string, LayerAnswer>();
  for (const work of works) {
    for (const one of work.layers) {
      const key = `${one.layer} ${one.workId}`;
      const known = byKey.get(key);
      byKey.set(key, known === undefined ? one : stricterLayer(known, one));
    }
  }
  return [...byKey.values()].sort(compareLayers);
}

function compose(
  asking: Asking,
  identity: Identity,
  works: readonly WorkAnswer[],
  layers: readonly LayerAnswer[],
  outcome: Outcome,
): PurposeAnswer {
  const { inquiry, rule } = asking;
  const granted = permits(outcome);
  const after = leftAfterWithdrawal(layers);
  const disputeIds = namesOf(layers);
  return {
    purpose: rule.purpose,
    outcome,
    treatAs: treatmentOf(outcome, inquiry.unknownPolicy),
    unknownPolicy: inquiry.unknownPolicy,
    identity: identity.status,
    works: identity.candidates.map(({ work, how, confidence }, at) => ({
      workId: work.workId,
      kind: work.kind,
      how,
      confidence,
      outcome: works[at]!.outcome,
      contained: works[at]!.contained,
    })),
    basis: basisOf(layers, outcome),
    reasons: granted ? NONE : whyNot(identity, works, layers, outcome),
    state: granted ? NONE : whatToState(layers),
    layers,
    missingLayers: outcome === 'permitted' ? NONE : listMissing(layers),
    missingSharePpm: outcome === 'permitted' ? NO_GAPS : gapsOf(layers),
    duties: outcome === 'denied' ? NONE : dutiesOf(layers),
    offers: outcome === 'licence_required' ? layers.flatMap((one) => one.offers) : NONE,
    overlays: listOverlays(rule.purpose, inquiry.territory, inquiry.actorClass),
    conflict: layers.some((one) => one.conflict),
    unverified: isUnverified(layers, outcome),
    disputeId: disputeIds[0],
    disputeIds,
    existingCopies: existingCopiesOf(rule.family, outcome, after),
    deleteWithinDays: after?.existingCopies === 'delete_within_days' ? after.days : undefined,
    trainedModels: after?.trainedModels,
    newIngest: rule.family === 'preservation' ? granted : undefined,
    preservationTerms: preservationOf(layers),
    changesAt: asking.nextChange,
    validUntil: Math.min(asking.nextChange, latestValidUntil(rule.family, inquiry.asOf)),
  };
}

/** Rules 4.8 and 4.11: the policy is reported beside the outcome and never becomes it. */
function treatmentOf(outcome: Outcome, policy: UnknownPolicy): UnknownPolicy | undefined {
  if (outcome === 'unknown') return policy;
  return outcome === 'disputed' ? 'deny' : undefined;
}

/** A permission names a licence as soon as one layer rests on it; otherwise the deciding layers count. */
function basisOf(layers: readonly LayerAnswer[], outcome: Outcome): Basis {
  let basis: Basis = 'none';
  for (const one of layers) {
    if (!permits(outcome) && one.outcome !== outcome) continue;
    if (one.basis === 'none' || one.basis === basis) continue;
    const isFirst = basis === 'none' || (basis === 'declaration' && one.basis !== 'declaration');
    if (isFirst || (one.basis !== 'declaration' && one.basis < basis)) basis = one.basis;
  }
  return basis;
}

function whyNot(
  identity: Identity,
  works: readonly WorkAnswer[],
  layers: readonly LayerAnswer[],
  outcome: Outcome,
): PurposeAnswer['reasons'] {
  let bits = 0;
  if (identity.status === 'not_found') bits |= REASON_BIT.not_found;
  if (identity.status === 'ambiguous_match') bits |= REASON_BIT.ambiguous_match;
  for (const one of layers) if (one.outcome === outcome) bits |= reasonBits(one.reasons);
  for (const one of works) if (one.layers.length === 0) bits |= REASON_BIT.nothing_contained;
  return reasonsOf(bits);
}

function whatToState(layers: readonly LayerAnswer[]): PurposeAnswer['state'] {
  let bits = 0;
  for (const one of layers) if (one.state.length > 0) bits |= stateBits(one.state);
  return stateOf(bits);
}

/** Layers on which nobody who may speaks at all; a partial gap is named as a share instead. */
function listMissing(layers: readonly LayerAnswer[]): readonly Layer[] {
  const missing: Layer[] = [];
  for (const one of layers) {
    const silent = one.outcome === 'unknown' && one.decidedBy.length === 0;
    if (silent && !missing.includes(one.layer)) missing.push(one.layer);
  }
  return missing;
}

function gapsOf(layers: readonly LayerAnswer[]): Readonly<Partial<Record<Layer, number>>> {
  const gaps: Partial<Record<Layer, number>> = {};
  for (const one of layers) {
    if (one.outcome !== 'unknown' || one.missingSharePpm === 0) continue;
    gaps[one.layer] = Math.max(gaps[one.layer] ?? 0, one.missingSharePpm);
  }
  return gaps;
}

function dutiesOf(layers: readonly LayerAnswer[]): PurposeAnswer['duties'] {
  for (const one of layers) {
    if (one.duties.length > 0) return unionOfDuties(layers.map((layer) => layer.duties));
  }
  return NONE;
}

/** A refusal is unverified when it rests on unverified claims alone. */
function isUnverified(layers: readonly LayerAnswer[], outcome: Outcome): boolean {
  if (outcome !== 'denied') return false;
  let unverified = false;
  for (const one of layers) {
    if (one.outcome !== 'denied') continue;
    if (!one.unverified) return false;
    unverified = true;
  }
  return unverified;
}

function namesOf(layers: readonly LayerAnswer[]): readonly string[] {
  let names: Set<string> | null = null;
  for (const one of layers) {
    for (const id of one.disputeIds) (names ??= new Set()).add(id);
  }
  return names === null ? NONE : [...names].sort();
}

function leftAfterWithdrawal(layers: readonly LayerAnswer[]): AfterWithdrawalAnswer | undefined {
  let left: AfterWithdrawalAnswer | undefined;
  for (const one of layers) left = mergeAfterWithdrawal(left, one.afterWithdrawal);
  return left;
}

/**
 * What may become of copies that are already there: in a dispute over preservation they may be kept
 * dark (rule 4.8) unless a withdrawal leaves less; otherwise only a withdrawal says something.
 */
function existingCopiesOf(
  family: PurposeFamily,
  outcome: Outcome,
  after: AfterWithdrawalAnswer | undefined,
): ExistingCopies | undefined {
  const left = after?.existingCopies;
  if (outcome !== 'disputed' || family !== 'preservation') return left;
  if (left === undefined) return 'keep_dark';
  return EXISTING_COPIES.indexOf(left) > EXISTING_COPIES.indexOf('keep_dark') ? left : 'keep_dark';
}

function preservationOf(layers: readonly LayerAnswer[]): PurposeAnswer['preservationTerms'] {
  for (const one of layers) {
    if (one.preservationTerms.length > 0) return layers.flatMap((layer) => layer.preservationTerms);
  }
  return NONE;
}
