import type { Found } from './answerer.js';
import { writeItemEnd, writeItemStart, writeRefusedItem } from './item-text.js';
import type { Item } from './items.js';

/** The JSON of an item of an answer, without its closing brace; `found` of a readable one. */
export function writeItemText(item: Item, found: Found | undefined): string {
  if (item.result !== 'readable') return writeRefusedItem(item);
  const { answered, works } = found!;
  return writeItemStart(answered.purposes) + writeItemEnd(item, answered.result, works);
}
