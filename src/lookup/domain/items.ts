import { type AcceptedIdentifier, parseIdentifier, type RefusedIdentifier } from '#identifiers';
import type { FieldFault } from '#kernel';

export const ITEMS_MAX = 10_000;

const REF_MAX = 256;
const ECHO_MAX = 128;

/** One item as it came in, read. Bad items are answered in their place; the rest goes on. */
export type Item =
  | {
      readonly result: 'readable';
      readonly ref?: string | number;
      readonly identifier: AcceptedIdentifier;
      /** What was typed where it is not the canonical form. */
      readonly typed?: string;
    }
  | {
      readonly result: 'invalid_identifier';
      readonly ref?: string | number;
      readonly scheme: string;
      readonly value: string;
      readonly refusal: RefusedIdentifier;
    }
  | {
      readonly result: 'invalid_item';
      readonly ref?: string | number;
      /** Place in the list, from 0, for whoever gave no ref. */
      readonly index: number;
      readonly detail: string;
    };

/** The items of a batch, or why it has none that can be read. */
export function listItems(items: unknown): unknown[] | FieldFault {
  if (!Array.isArray(items)) return { pointer: '/items', detail: 'must be a list of items' };
  if (items.length === 0) return { pointer: '/items', detail: 'must hold at least one item' };
  if (items.length > ITEMS_MAX) {
    return {
      pointer: `/items/${ITEMS_MAX}`,
      detail: `a lookup takes at most ${ITEMS_MAX} items, this one has ${items.length}`,
    };
  }
  return items;
}

/** Reads one item of a list. Never throws, whatever it is given. */
export function readItem(raw: unknown, index: number): Item {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return { result: 'invalid_item', index, detail: 'an item must be a JSON object' };
  }
  const { ref, scheme, value } = raw as Record<string, unknown>;
  if (ref !== undefined && !isRef(ref)) {
    const detail = `"ref" must be text of at most ${REF_MAX} characters or a whole number`;
    return { result: 'invalid_item', index, detail };
  }
  // Own members only: the parser refuses to set a prototype.
  for (const name in raw) {
    if (name === 'ref' || name === 'scheme' || name === 'value') continue;
    const detail = `there is no member "${echoOf(name)}" in an item`;
    return { result: 'invalid_item', ref, index, detail };
  }
  if (typeof scheme !== 'string' || typeof value !== 'string') {
    const detail = 'an item needs "scheme" and "value", both text';
    return { result: 'invalid_item', ref, index, detail };
  }
  return readIdentified(scheme, value, ref);
}

/** Reads an identifier that stands alone, or that of an item. */
export function readIdentified(scheme: string, value: string, ref?: string | number): Item {
  const read = parseIdentifier(scheme, value);
  if (read.ok) {
    const typed = read.value === value ? undefined : value;
    return { result: 'readable', ref, identifier: read, typed };
  }
  return {
    result: 'invalid_identifier',
    ref,
    scheme: echoOf(scheme),
    value: echoOf(value),
    refusal: read,
  };
}

function isRef(ref: unknown): ref is string | number {
  return typeof ref === 'string' ? ref.length <= REF_MAX : Number.isSafeInteger(ref);
}

/** The begin of a text, as far as it is repeated; a cut leaves no half of a surrogate pair. */
function echoOf(text: string): string {
  return text.length <= ECHO_MAX ? text : text.slice(0, ECHO_MAX).replace(/[\ud800-\udbff]$/, '');
}
