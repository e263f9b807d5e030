import { PURPOSES } from '#vocabulary';
import type { Term } from './terms.js';

/**
 * What a declaration counts as whose words were erased: a refusal of every purpose, everywhere. What
 * it allowed can't be read any more, and a silence in its place could let the word of somebody else
 * fill the gap. So an erasure never widens an answer, not even one about the past.
 */
export const ERASED_TERMS: { readonly terms: readonly Term[] } = Object.freeze({
  terms: PURPOSES.map((purpose) => ({ purpose, decision: 'deny' }) as const),
});

/** Members of terms whose texts come from closed lists, calendars or numbers. */
const CLOSED = new Set([
  'purpose',
  'decision',
  'kind',
  'include',
  'exclude',
  'in',
  'from',
  'until',
  'date',
  'trigger',
  'accessMode',
  'audience',
  'retention',
  'existingCopies',
  'trainedModels',
  'model',
  'amount',
  'currency',
]);

/**
 * Whether terms hold a text that somebody wrote: a name to attribute, an address to write to. A member
 * that this list does not know counts as one.
 */
export function holdsFreeText(value: unknown, member = ''): boolean {
  if (typeof value === 'string') return !CLOSED.has(member);
  if (Array.isArray(value)) return value.some((one) => holdsFreeText(one, member));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, one]) => holdsFreeText(one, name));
}
