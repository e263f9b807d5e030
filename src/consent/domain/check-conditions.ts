import { covers } from '#vocabulary';
import { instantOf } from './calendar.js';
import type { Statement } from './declaration.js';
import { noteChange } from './inquiry.js';
import type { Asking, WorkFacts } from './inquiry.js';
import { triggerEffectAt } from './preservation-terms.js';
import { REASON_BIT, STATE_BIT } from './reason.js';
import type { Condition, Term } from './terms.js';

/** What a term lacks for this inquiry: both are bits, and both are 0 when everything holds. */
export interface Lacking {
  reasons: number;
  state: number;
}

/**
 * Checks an allow or a conditional term against the inquiry (section 4, rule 9). What the inquiry
 * leaves unstated counts as not satisfied and is named in `state`. Adds to `lacking`, and notes the
 * instants at which a date will change the result.
 */
export function checkConditions(
  statement: Statement,
  term: Term,
  work: WorkFacts,
  asking: Asking,
  lacking: Lacking,
): void {
  let lawfulSource = asking.rule.lawfulSourceByDefault;
  const conditions = term.conditions;
  if (conditions !== undefined) {
    for (let at = 0; at < conditions.length; at += 1) {
      const condition = conditions[at]!;
      if (condition.kind === 'lawfulSource') lawfulSource = condition.required;
      else checkCondition(condition, work, asking, lacking);
    }
  }
  if (lawfulSource && asking.inquiry.lawfulSource !== true) {
    lacking.reasons |= REASON_BIT.lawfulSource;
    if (asking.inquiry.lawfulSource === undefined) lacking.state |= STATE_BIT.lawfulSource;
  }
  if (statement.territory !== undefined && !covers(statement.territory, asking.territory)) {
    lackTerritory(asking, lacking);
  }
  checkCustodians(statement, asking, lacking);
}

function lackTerritory(asking: Asking, lacking: Lacking): void {
  lacking.reasons |= REASON_BIT.territory;
  if (asking.territory === undefined) lacking.state |= STATE_BIT.territory;
}

/**
 * The model lists custodians among the preservation terms and is silent on who else may ask. Taking
 * least: only a custodian on the list may hold, copy, change or pass on a copy; describing the work
 * needs no copy and stays open.
 */
function checkCustodians(statement: Statement, asking: Asking, lacking: Lacking): void {
  const custodians = statement.preservationTerms?.custodians;
  if (custodians === undefined || asking.rule.family !== 'preservation') return;
  if (asking.rule.purpose === 'preservation.metadata') return;
  const inquirer = asking.inquiry.inquirer;
  if (inquirer !== undefined && custodians.includes(inquirer)) return;
  lacking.reasons |= REASON_BIT.custodians;
  if (inquirer === undefined) lacking.state |= STATE_BIT.inquirer;
}

/** One stated value against a closed list of accepted ones. */
function checkListed(
  accepted: readonly string[],
  stated: string | undefined,
  field: 'actorClass' | 'actorMode' | 'modelOpenness',
  lacking: Lacking,
): void {
  if (stated !== undefined && accepted.includes(stated)) return;
  lacking.reasons |= REASON_BIT[field];
  if (stated === undefined) lacking.state |= STATE_BIT[field];
}

function checkCondition(
  condition: Exclude<Condition, { kind: 'lawfulSource' }>,
  work: WorkFacts,
  asking: Asking,
  lacking: Lacking,
): void {
  const inquiry = asking.inquiry;
  switch (condition.kind) {
    case 'territory':
      if (!covers(condition, asking.territory)) lackTerritory(asking, lacking);
      return;
    case 'actorClass':
      checkListed(condition.in, inquiry.actorClass, 'actorClass', lacking);
      return;
    case 'actorMode':
      checkListed(condition.in, inquiry.actorMode, 'actorMode', lacking);
      return;
    case 'modelOpenness':
      checkListed(condition.in, inquiry.modelOpenness, 'modelOpenness', lacking);
      return;
    case 'actors':
      checkActors(condition, inquiry.inquirer, lacking);
      return;
    case 'modelRelease':
      if (inquiry.modelRelease === condition.release) return;
      lacking.reasons |= REASON_BIT.modelRelease;
      if (inquiry.modelRelease === undefined) lacking.state |= STATE_BIT.modelRelease;
      return;
    case 'outputRestriction':
    case 'volumeCap':
    case 'qualityCap':
      // The registry cannot see the use; the inquirer has to undertake to keep within the limit.
      if (inquiry.accepts !== undefined && inquiry.accepts.includes(condition.kind)) return;
      lacking.reasons |= REASON_BIT[condition.kind];
      lacking.state |= STATE_BIT[`accepts.${condition.kind}`];
      return;
    case 'period':
      if (!periodHolds(condition, asking)) lacking.reasons |= REASON_BIT.period;
      return;
    case 'embargoUntil':
      if (!hasCome(instantOf(condition.date), asking)) lacking.reasons |= REASON_BIT.embargoUntil;
      return;
    case 'trigger':
      if (!hasCome(triggerEffectAt(condition, work), asking)) {
        lacking.reasons |= REASON_BIT.trigger;
      }
      return;
    default:
      // A kind of a later vocabulary: doubt never widens, so it is not satisfied.
      lacking.reasons |= REASON_BIT.unknown_condition;
  }
}

function checkActors(
  condition: Extract<Condition, { kind: 'actors' }>,
  inquirer: string | undefined,
  lacking: Lacking,
): void {
  if (inquirer === undefined) {
    lacking.reasons |= REASON_BIT.actors;
    lacking.state |= STATE_BIT.inquirer;
    return;
  }
  const listed = condition.allow === undefined || condition.allow.includes(inquirer);
  const refused = condition.deny !== undefined && condition.deny.includes(inquirer);
  if (!listed || refused) lacking.reasons |= REASON_BIT.actors;
}

/** Whether an instant has been reached; one that cannot be read has not. */
function hasCome(at: number, asking: Asking): boolean {
  if (at <= asking.asOf) return true;
  noteChange(asking, at);
  return false;
}

function periodHolds(condition: Extract<Condition, { kind: 'period' }>, asking: Asking): boolean {
  if (condition.from !== undefined && !hasCome(instantOf(condition.from), asking)) return false;
  if (condition.until === undefined) return true;
  const until = instantOf(condition.until);
  noteChange(asking, until);
  return asking.asOf < until;
}
