import { CONDITION_KINDS, DUTY_KINDS } from './terms.js';
import type { Condition, Duty } from './terms.js';

const NONE: readonly never[] = Object.freeze([]);

/**
 * Joins lists of conditions or duties: equal entries once, by kind and then by content, so that the
 * result does not hang on the order of the input (section 4, rule 13). The usual case, one short list,
 * is handed through untouched.
 */
function unionOf<T extends { readonly kind: string }>(
  lists: readonly (readonly T[] | undefined)[],
  kinds: readonly string[],
): readonly T[] {
  let only: readonly T[] | null = null;
  let several = false;
  for (const list of lists) {
    if (list === undefined || list.length === 0 || list === only) continue;
    if (only !== null) several = true;
    only = list;
  }
  if (only === null) return NONE;
  if (!several && only.length === 1) return only;
  const byContent = new Map<string, T>();
  for (const list of lists) for (const one of list ?? NONE) byContent.set(contentKey(one), one);
  return [...byContent.entries()]
    .sort(([aKey, a], [bKey, b]) => {
      const byKind = kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
      return byKind !== 0 ? byKind : aKey < bKey ? -1 : 1;
    })
    .map(([, one]) => one);
}

/** Terms are shared by many works, so the text of each entry is made once. */
const contentKeys = new WeakMap<object, string>();

/** Text that is equal exactly for equal entries, whatever the order of their fields. */
export function contentKey(entry: object): string {
  let key = contentKeys.get(entry);
  if (key === undefined) {
    key = JSON.stringify(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
    contentKeys.set(entry, key);
  }
  return key;
}

/** The union of duties (section 4, rules 5 and 6). */
export function unionOfDuties(lists: readonly (readonly Duty[] | undefined)[]): readonly Duty[] {
  return unionOf(lists, DUTY_KINDS);
}

/** Every condition of several terms; all must hold, which is their intersection (rule 4.5). */
export function unionOfConditions(
  lists: readonly (readonly Condition[] | undefined)[],
): readonly Condition[] {
  return unionOf(lists, CONDITION_KINDS);
}
