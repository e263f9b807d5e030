import type { FieldFault } from '#kernel';
import { escapePointer, invalid } from '#platform';
import {
  type AfterWithdrawal,
  findTemplate,
  TEMPLATE_IDS,
  validateAfterWithdrawal,
  validatePreservationTerms,
  validateTerms,
  validateTerritory,
} from './domain/index.js';
import type { TermSetContent } from './term-set.js';

/** What somebody wishes, as it came over the wire: a template, or terms in full. */
export interface Wish {
  template?: string;
  parameters?: Record<string, unknown>;
  terms?: unknown;
  territory?: unknown;
  preservationTerms?: unknown;
  afterWithdrawal?: unknown;
}

/**
 * Reads a wish into canonical terms. Parts given beside a template take the place of the template's.
 * Throws `request/invalid` naming every fault.
 */
export function readWish(wish: Wish): TermSetContent {
  const faults: FieldFault[] = [];
  const given: Wish = { ...fromTemplate(wish, faults), ...withoutUndefined(wish) };
  if (given.terms === undefined && faults.length === 0) {
    faults.push({ pointer: '/terms', detail: 'give terms, or name a template' });
  }
  const content = {
    terms: read(validateTerms, given.terms, '/terms', faults)?.terms,
    territory: read(validateTerritory, given.territory, '/territory', faults)?.territory,
    preservationTerms: read(
      validatePreservationTerms,
      given.preservationTerms,
      '/preservationTerms',
      faults,
    )?.preservationTerms,
    afterWithdrawal: read(
      validateAfterWithdrawal,
      given.afterWithdrawal,
      '/afterWithdrawal',
      faults,
    )?.afterWithdrawal,
  };
  if (faults.length > 0) throw invalid(faults);
  return withoutUndefined(content) as TermSetContent;
}

/** Reads what a withdrawal leaves to holders of copies and models; undefined when it says nothing. */
export function readAfterWithdrawal(value: unknown): AfterWithdrawal | undefined {
  const faults: FieldFault[] = [];
  const result = read(validateAfterWithdrawal, value, '/afterWithdrawal', faults);
  if (faults.length > 0) throw invalid(faults);
  return result?.afterWithdrawal;
}

type Failed = { ok: false; errors: readonly FieldFault[] };

function read<R extends { ok: true } | Failed>(
  validate: (value: unknown) => R,
  value: unknown,
  pointer: string,
  faults: FieldFault[],
): Extract<R, { ok: true }> | undefined {
  if (value === undefined) return undefined;
  const result = validate(value);
  if (result.ok) return result as Extract<R, { ok: true }>;
  for (const error of result.errors) {
    faults.push({ pointer: pointer + error.pointer, detail: error.detail });
  }
  return undefined;
}

function fromTemplate(wish: Wish, faults: FieldFault[]): Wish {
  if (wish.template === undefined) return {};
  const template = findTemplate(wish.template);
  if (!template) {
    const known = TEMPLATE_IDS.join(', ');
    faults.push({ pointer: '/template', detail: `there is no such template; there are ${known}` });
    return {};
  }
  const parameters = wish.parameters ?? {};
  const known = template.parameters.map((parameter) => parameter.name);
  for (const [name, value] of Object.entries(parameters)) {
    const pointer = `/parameters/${escapePointer(name)}`;
    if (!known.includes(name))
      faults.push({ pointer, detail: 'the template has no such parameter' });
    else if (value === null) faults.push({ pointer, detail: 'must not be null' });
  }
  return faults.length > 0 ? {} : template.expand(parameters);
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as Partial<T>;
}
