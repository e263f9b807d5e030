import { type Layer, overlaps, type PurposeRule } from '#vocabulary';
import { checkConditions } from './check-conditions.js';
import type { Lacking } from './check-conditions.js';
import { isTombstone, replaces, startsAt } from './declaration.js';
import type { Statement } from './declaration.js';
import { noteChange } from './inquiry.js';
import type { Asking, WorkFacts } from './inquiry.js';
import { hasOpenOffer } from './licence.js';
import { REASON_BIT } from './reason.js';
import { breadthOf, sameSubject, SUBJECT_KINDS } from './subject.js';
import { isPayment } from './terms.js';
import type { Term } from './terms.js';

/** What a party's word comes to for this inquiry, from the weakest to the strictest (rule 4.5). */
export const Effect = { unset: 0, permit: 1, duties: 2, licence: 3, deny: 4 } as const;
export type Effect = (typeof Effect)[keyof typeof Effect];

/** A term that spoke, and what it came to. */
export interface Word {
  readonly statement: Statement;
  readonly term: Term;
  readonly effect: Effect;
  readonly reasons: number;
}

/** What one party says on one layer about one purpose. */
export interface Position {
  readonly effect: Effect;
  /** The word as declared, before conditions: asymmetric trust looks at this one (rule 4.3). */
  readonly declared: 'unset' | 'allow' | 'conditional' | 'deny';
  readonly reasons: number;
  readonly state: number;
  readonly words: readonly Word[];
  /** Statements that have fallen silent here by withdrawal or by their own end. */
  readonly tombstones: readonly Statement[];
}

const NONE: readonly never[] = Object.freeze([]);

const SILENT: Position = Object.freeze({
  effect: Effect.unset,
  declared: 'unset',
  reasons: REASON_BIT.silent,
  state: 0,
  words: NONE,
  tombstones: NONE,
});

/**
 * Rule 4.4 for one party and layer, then the tighten-only rules of section 2.
 *
 * A purpose that may only tighten another is held against what the party says on that other purpose
 * anywhere, so a narrow term cannot slip past a broad refusal. Where the party says nothing on the
 * other purpose there is nothing to tighten. Where it says nothing on this one, a refusal and a need
 * for a licence carry over; an allow does not, for fine-tuning is no child of generative training.
 */
export function resolvePosition(
  work: WorkFacts,
  party: string,
  layer: Layer,
  asking: Asking,
): Position {
  const heads = headsInForce(work.statements, party, layer, asking);
  if (heads.length === 0) return SILENT;
  const own = positionOn(asking.rule, heads, work, asking);
  if (asking.rule.tightens === null) return own;
  const bound = positionOn(asking.rule.tightens, heads, work, asking);
  if (bound.effect === Effect.unset) return own;
  if (own.effect === Effect.unset) {
    if (bound.effect >= Effect.licence) return bound;
    // Unverified, this conditional is a refusal (rule 4.3), and then it carries over as one.
    if (bound.declared !== 'conditional') return own;
    return { ...own, declared: bound.declared, words: bound.words };
  }
  return stricterOf(own, bound);
}

/** The statement in force per subject at the moment asked about; scheduled ones end the validity. */
function headsInForce(
  statements: readonly Statement[],
  party: string,
  layer: Layer,
  asking: Asking,
): readonly Statement[] {
  let heads: Statement[] | null = null;
  for (let at = 0; at < statements.length; at += 1) {
    const one = statements[at]!;
    if (one.layer !== layer || one.party !== party || one.recordedAt > asking.asOf) continue;
    const start = startsAt(one);
    if (start > asking.asOf) {
      noteChange(asking, start);
      continue;
    }
    if (heads === null) {
      heads = [one];
      continue;
    }
    let same = 0;
    while (same < heads.length && !sameSubject(heads[same]!.subject, one.subject)) same += 1;
    if (same === heads.length) heads.push(one);
    else if (replaces(one, heads[same]!)) heads[same] = one;
  }
  return heads ?? NONE;
}

/**
 * The narrowest breadth that covers the purpose speaks. Several subjects of one breadth (two catalogues
 * that hold the work) are joined by the strictest; where one of them was withdrawn, only a refusal of
 * another is still heard, because nothing may fall through a tombstone.
 */
function positionOn(
  rule: PurposeRule,
  heads: readonly Statement[],
  work: WorkFacts,
  asking: Asking,
): Position {
  for (let breadth = 0; breadth < SUBJECT_KINDS.length; breadth += 1) {
    let found: Position | null = null;
    let tombstones: Statement[] | null = null;
    for (let at = 0; at < heads.length; at += 1) {
      const head = heads[at]!;
      if (breadthOf(head.subject.kind) !== breadth) continue;
      if (isTombstone(head, asking.asOf)) {
        (tombstones ??= []).push(head);
        continue;
      }
      noteChange(asking, head.effectiveUntil);
      const term = governingTerm(head, rule, asking);
      if (term === null) continue;
      const position = positionFrom(head, term, work, asking);
      found = found === null ? position : stricterOf(found, position);
    }
    if (tombstones !== null && found?.effect !== Effect.deny) return silencedBy(tombstones);
    if (found !== null) return found;
  }
  return SILENT;
}

function silencedBy(tombstones: readonly Statement[]): Position {
  let reasons: number = REASON_BIT.silent;
  for (const one of tombstones) {
    reasons |= one.withdraws !== undefined ? REASON_BIT.withdrawn : REASON_BIT.ended;
  }
  return { effect: Effect.unset, declared: 'unset', reasons, state: 0, words: NONE, tombstones };
}

/** The explicit child before its parents; a deny outside its own territory says nothing. */
function governingTerm(statement: Statement, rule: PurposeRule, asking: Asking): Term | null {
  const terms = statement.terms;
  for (let level = 0; level < rule.chain.length; level += 1) {
    const purpose = rule.chain[level];
    for (let at = 0; at < terms.length; at += 1) {
      const term = terms[at]!;
      if (term.purpose !== purpose) continue;
      if (term.decision === 'deny' && !overlaps(statement.territory, asking.territory)) break;
      return term;
    }
  }
  return null;
}

function positionFrom(statement: Statement, term: Term, work: WorkFacts, asking: Asking): Position {
  if (term.decision === 'deny') {
    return positionWith(statement, term, Effect.deny, REASON_BIT.deny, 0);
  }
  const lacking: Lacking = { reasons: 0, state: 0 };
  checkConditions(statement, term, work, asking, lacking);
  if (lacking.reasons !== 0) {
    const effect = leadsToLicence(statement, term, work, asking) ? Effect.licence : Effect.deny;
    return positionWith(statement, term, effect, lacking.reasons, lacking.state);
  }
  const duties = term.duties;
  if (duties === undefined || duties.length === 0) {
    return positionWith(statement, term, Effect.permit, 0, 0);
  }
  let reasons = 0;
  for (const duty of duties) {
    if (isPayment(duty)) reasons |= REASON_BIT.compensate;
    else if (duty.kind === 'obtain_consent') reasons |= REASON_BIT.obtain_consent;
  }
  const effect = reasons === 0 ? Effect.duties : Effect.licence;
  return positionWith(statement, term, effect, reasons, 0);
}

function positionWith(
  statement: Statement,
  term: Term,
  effect: Effect,
  reasons: number,
  state: number,
): Position {
  const words = [{ statement, term, effect, reasons }];
  return { effect, declared: term.decision, reasons, state, words, tombstones: NONE };
}

/** Rule 4.9: an unsatisfied term still opens a way where its holder offers a licence. */
function leadsToLicence(
  statement: Statement,
  term: Term,
  work: WorkFacts,
  asking: Asking,
): boolean {
  for (const duty of term.duties ?? NONE) {
    if (duty.kind === 'obtain_consent') return true;
    if (duty.kind === 'compensate' && duty.offer !== undefined) return true;
  }
  return hasOpenOffer(asking, statement.party, statement.layer, work.workId);
}

const DECLARED_ORDER = ['unset', 'allow', 'conditional', 'deny'] as const;

function stricterOf(a: Position, b: Position): Position {
  const declared =
    DECLARED_ORDER.indexOf(a.declared) >= DECLARED_ORDER.indexOf(b.declared)
      ? a.declared
      : b.declared;
  const effect = a.effect >= b.effect ? a.effect : b.effect;
  const reasons = (a.effect === effect ? a.reasons : 0) | (b.effect === effect ? b.reasons : 0);
  const words = [...a.words, ...b.words.filter((word) => !a.words.some((w) => sameWord(w, word)))];
  return { effect, declared, reasons, state: a.state | b.state, words, tombstones: NONE };
}

function sameWord(a: Word, b: Word): boolean {
  return a.statement === b.statement && a.term === b.term;
}
