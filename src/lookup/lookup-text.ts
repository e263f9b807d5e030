import type { Ask } from './domain/ask.js';
import { writeComputed } from './domain/envelope-text.js';
import { writeItem, writeRefusedItem } from './domain/item-text.js';
import type { Item } from './domain/items.js';
import type { ManyAnswers, OneAnswer } from './lookup.service.js';

/** Items whose text is made before the event loop gets a turn. */
const ITEMS_PER_CHUNK = 500;

export type Counts = Record<
  'found' | 'not_found' | 'ambiguous_match' | 'invalid_identifier' | 'invalid_item',
  number
>;

/** The JSON of the answer for one identifier. */
export function writeOne(ask: Ask, answer: OneAnswer): string {
  const { item, answered } = answer;
  const members = item.result === 'readable' ? writeItem(item, answered!) : writeRefusedItem(item);
  return `{${members},${writeComputed(ask, answer)}}`;
}

/** The JSON of the answer for a batch, in pieces, so that a slow reader holds no large text. */
export function* writeMany(
  ask: Ask,
  items: readonly Item[],
  answers: ManyAnswers,
): Generator<string, void> {
  const counts = noCounts();
  const purposes = JSON.stringify(ask.purposes);
  let text = `{${writeComputed(ask, answers)},"purposes":${purposes},"items":[`;
  for (let at = 0; at < items.length; at += 1) {
    text += at === 0 ? '{' : ',{';
    text += `${memberText(items[at]!, answers, counts)}}`;
    if (at % ITEMS_PER_CHUNK === ITEMS_PER_CHUNK - 1) {
      yield text;
      text = '';
    }
  }
  yield `${text}],"counts":${JSON.stringify(counts)}}`;
}

/** The same as NDJSON: a line an item in the order of the request, and a summary at the end. */
export function* writeLines(
  ask: Ask,
  items: readonly Item[],
  answers: ManyAnswers,
): Generator<string, void> {
  const counts = noCounts();
  let text = '';
  for (let at = 0; at < items.length; at += 1) {
    text += `{${memberText(items[at]!, answers, counts)}}\n`;
    if (at % ITEMS_PER_CHUNK === ITEMS_PER_CHUNK - 1) {
      yield text;
      text = '';
    }
  }
  const purposes = JSON.stringify(ask.purposes);
  const summary = `${writeComputed(ask, answers)},"purposes":${purposes}`;
  yield `${text}{"summary":{${summary},"counts":${JSON.stringify(counts)}}}\n`;
}

function memberText(item: Item, answers: ManyAnswers, counts: Counts): string {
  if (item.result !== 'readable') {
    counts[item.result] += 1;
    return writeRefusedItem(item);
  }
  const answered = answers.answer(item);
  counts[answered.result] += 1;
  return writeItem(item, answered);
}

function noCounts(): Counts {
  return { found: 0, not_found: 0, ambiguous_match: 0, invalid_identifier: 0, invalid_item: 0 };
}
