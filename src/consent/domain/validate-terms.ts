import { getPurposeRule, type Purpose, PURPOSES, type Territory } from '#vocabulary';
import { child, PlainInput } from './plain-input.js';
import type { InputError } from './plain-input.js';
import { readCondition, readTerritory } from './read-condition.js';
import { readDuty } from './read-duty.js';
import { readAfterWithdrawal, readPreservationTerms } from './read-preservation.js';
import type { AfterWithdrawal, PreservationTerms } from './preservation-terms.js';
import { contentKey } from './term-unions.js';
import { CONDITION_KINDS, DECISIONS, DUTY_KINDS } from './terms.js';
import type { Condition, ConditionKind, Duty, Term } from './terms.js';

export const TERMS_MAX = 64;
export const CONDITIONS_MAX = 32;

export type Validation<Name extends string, T> =
  | ({ readonly ok: true } & { readonly [K in Name]: T })
  | { readonly ok: false; readonly errors: readonly InputError[] };

/** Several of these hold together; every other kind is said once, so that it cannot contradict itself. */
const REPEATABLE: readonly ConditionKind[] = [
  'outputRestriction',
  'volumeCap',
  'qualityCap',
  'trigger',
];

/**
 * Checks the terms of a declaration and puts them in canonical order: purposes as in section 2,
 * conditions and duties as in section 3, lists sorted. Equal wishes give equal terms, whatever the
 * order they came in. Refuses unknown fields and kinds, a purpose named twice, a `conditional` without
 * condition or duty, a `deny` with any, dates that do not exist, amounts that are not decimal text,
 * and more than 64 terms; reports up to 100 errors at once and never throws.
 *
 * A child that loosens a parent it may only tighten is accepted: the evaluation tightens it.
 */
export function validateTerms(value: unknown): Validation<'terms', readonly Term[]> {
  return validated('terms', (input) => {
    const entries = input.array(value, '', { min: 1, max: TERMS_MAX });
    if (entries === undefined) return undefined;
    const terms: Term[] = [];
    const seen = new Set<Purpose>();
    for (const [at, entry] of entries.entries()) {
      const pointer = child('', at);
      const term = readTerm(input, entry, pointer);
      if (term === undefined) continue;
      if (seen.has(term.purpose)) {
        input.refuse(child(pointer, 'purpose'), 'Each purpose may be named once.');
      }
      seen.add(term.purpose);
      terms.push(term);
    }
    const order = (term: Term): number => getPurposeRule(term.purpose).order;
    return terms.sort((a, b) => order(a) - order(b));
  });
}

/** Checks preservation terms (section 3) like `validateTerms`. */
export function validatePreservationTerms(
  value: unknown,
): Validation<'preservationTerms', PreservationTerms> {
  return validated('preservationTerms', (input) => readPreservationTerms(input, value, ''));
}

/** Checks what is to become of copies and models after a withdrawal (section 3). */
export function validateAfterWithdrawal(
  value: unknown,
): Validation<'afterWithdrawal', AfterWithdrawal> {
  return validated('afterWithdrawal', (input) => readAfterWithdrawal(input, value, ''));
}

/** Checks a territory: `{include, exclude?}` of upper-case ISO 3166-1 alpha-2 codes, `EU`, `WORLD`. */
export function validateTerritory(value: unknown): Validation<'territory', Territory> {
  return validated('territory', (input) => readTerritory(input, value, ''));
}

function validated<Name extends string, T>(
  name: Name,
  read: (input: PlainInput) => T | undefined,
): Validation<Name, T> {
  const input = new PlainInput();
  let result: T | undefined;
  try {
    result = read(input);
  } catch {
    // Only a proxy whose traps throw gets here; what it hides is of no interest.
    input.refuse('', 'Cannot be read.');
  }
  if (input.errors.length > 0 || result === undefined) return { ok: false, errors: input.errors };
  return { ok: true, [name]: result } as Validation<Name, T>;
}

function readTerm(input: PlainInput, value: unknown, pointer: string): Term | undefined {
  const fields = input.object(value, pointer, ['purpose', 'decision', 'conditions', 'duties']);
  if (fields === undefined) return undefined;
  const purpose = input.oneOf(fields.get('purpose'), child(pointer, 'purpose'), PURPOSES);
  const decision = input.oneOf(fields.get('decision'), child(pointer, 'decision'), DECISIONS);
  const conditions = readConditions(input, fields.get('conditions'), child(pointer, 'conditions'));
  const duties = readDuties(input, fields.get('duties'), child(pointer, 'duties'));
  if (!purpose || !decision || !conditions || !duties) return undefined;
  const bare = conditions.length === 0 && duties.length === 0;
  if (decision === 'conditional' && !isLimited(conditions, duties)) {
    const detail = 'A conditional term needs a condition or a duty that a machine can read.';
    return input.refuse(pointer, detail);
  }
  if (decision === 'deny' && !bare) {
    return input.refuse(pointer, 'A deny has no conditions or duties; say conditional instead.');
  }
  return {
    purpose,
    decision,
    ...(conditions.length > 0 && { conditions }),
    ...(duties.length > 0 && { duties }),
  };
}

/** A lawful source that is not required limits nothing. */
function isLimited(conditions: readonly Condition[], duties: readonly Duty[]): boolean {
  if (duties.length > 0) return true;
  return conditions.some((one) => one.kind !== 'lawfulSource' || one.required);
}

function readConditions(
  input: PlainInput,
  value: unknown,
  pointer: string,
): readonly Condition[] | undefined {
  if (value === undefined) return [];
  const entries = input.array(value, pointer, { min: 0, max: CONDITIONS_MAX });
  if (entries === undefined) return undefined;
  const found = new Map<string, Condition>();
  const kinds = new Set<ConditionKind>();
  let sound = true;
  for (const [at, entry] of entries.entries()) {
    const condition = readCondition(input, entry, child(pointer, at));
    if (condition === undefined) {
      sound = false;
      continue;
    }
    if (kinds.has(condition.kind) && !REPEATABLE.includes(condition.kind)) {
      input.refuse(child(pointer, at), `The condition ${condition.kind} may be named once.`);
    }
    kinds.add(condition.kind);
    found.set(contentKey(condition), condition);
  }
  return sound ? inOrder(found, CONDITION_KINDS) : undefined;
}

function readDuties(
  input: PlainInput,
  value: unknown,
  pointer: string,
): readonly Duty[] | undefined {
  if (value === undefined) return [];
  const entries = input.array(value, pointer, { min: 0, max: DUTY_KINDS.length });
  if (entries === undefined) return undefined;
  const found = new Map<string, Duty>();
  let sound = true;
  for (const [at, entry] of entries.entries()) {
    const duty = readDuty(input, entry, child(pointer, at));
    if (duty === undefined) sound = false;
    else if (found.has(duty.kind)) {
      input.refuse(child(pointer, at), `The duty ${duty.kind} may be named once.`);
    } else found.set(duty.kind, duty);
  }
  return sound ? inOrder(found, DUTY_KINDS) : undefined;
}

function inOrder<T extends { readonly kind: string }>(
  found: ReadonlyMap<string, T>,
  kinds: readonly string[],
): readonly T[] {
  return [...found.entries()]
    .sort(([aKey, a], [bKey, b]) => {
      const byKind = kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
      return byKind !== 0 ? byKind : aKey < bKey ? -1 : 1;
    })
    .map(([, one]) => one);
}
