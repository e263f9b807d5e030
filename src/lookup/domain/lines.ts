import type { FieldFault } from '#kernel';
import { type Item, ITEMS_MAX, readItem } from './items.js';

/**
 * Reads a batch of one JSON item a line (NDJSON). Blank lines are passed over; a line that is no
 * JSON is a bad item in its place. `parse` throws on what is not taken.
 */
export function readLines(text: string, parse: (line: string) => unknown): Item[] | FieldFault {
  const items: Item[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    if (items.length === ITEMS_MAX) {
      return { pointer: `/${ITEMS_MAX}`, detail: `a lookup takes at most ${ITEMS_MAX} lines` };
    }
    items.push(readLine(line, items.length, parse));
  }
  if (items.length === 0) return { pointer: '', detail: 'the body holds no item' };
  return items;
}

/** One line of a batch; `index` is its place, from 0. */
export function readLine(line: string, index: number, parse: (line: string) => unknown): Item {
  try {
    return readItem(parse(line), index);
  } catch (refusal) {
    const detail = refusal instanceof Error ? refusal.message : '';
    return { result: 'invalid_item', index, detail: `the line is not taken: ${detail}` };
  }
}
