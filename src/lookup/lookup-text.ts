import { ByteChunks } from './byte-chunks.js';
import type { Ask } from './domain/ask.js';
import { writeComputed } from './domain/envelope-text.js';
import { writeItemText } from './domain/found-text.js';
import { writeItemStart, writeRefusedItem } from './domain/item-text.js';
import type { Item } from './domain/items.js';
import type { ManyAnswers, OneAnswer } from './lookup.service.js';

type Counts = Record<
  'found' | 'not_found' | 'ambiguous_match' | 'invalid_identifier' | 'invalid_item',
  number
>;

/** The JSON of the answer for one identifier. */
export function writeOne(ask: Ask, answer: OneAnswer): string {
  const { item, found } = answer;
  return `${writeItemText(item, found)},${answer.computed ?? writeComputed(ask, answer)}}`;
}

/** The JSON of the answer for a batch, in pieces, so that a slow reader holds no large text. */
export function* writeMany(
  ask: Ask,
  items: readonly Item[],
  answers: ManyAnswers,
): Generator<Buffer, void> {
  const counts = noCounts();
  const out = new ByteChunks();
  const purposes = JSON.stringify(ask.purposes);
  out.text(`{${writeComputed(ask, answers)},"purposes":${purposes},"items":[`);
  for (let at = 0; at < items.length; at += 1) {
    if (at > 0) out.text(',');
    writeItem(out, items[at]!, answers, counts);
    yield* out.takeFull();
  }
  out.text(`],"counts":${JSON.stringify(counts)}}`);
  yield* out.takeRest();
}

/** The same as NDJSON: a line an item in the order of the request, and a summary at the end. */
export function* writeLines(
  ask: Ask,
  items: readonly Item[],
  answers: ManyAnswers,
): Generator<Buffer, void> {
  const counts = noCounts();
  const out = new ByteChunks();
  for (const item of items) {
    writeItem(out, item, answers, counts);
    out.text('\n');
    yield* out.takeFull();
  }
  const purposes = JSON.stringify(ask.purposes);
  const summary = `${writeComputed(ask, answers)},"purposes":${purposes}`;
  out.text(`{"summary":{${summary},"counts":${JSON.stringify(counts)}}}\n`);
  yield* out.takeRest();
}

function writeItem(out: ByteChunks, item: Item, answers: ManyAnswers, counts: Counts): void {
  if (item.result !== 'readable') {
    counts[item.result] += 1;
    out.text(`${writeRefusedItem(item)}}`);
    return;
  }
  const { answered, works } = answers.find(item);
  counts[answered.result] += 1;
  out.text(writeItemStart(item, answered.result, works));
  out.bytes((answered.encoded ??= Buffer.from(answered.purposes)));
  out.text('}');
}

function noCounts(): Counts {
  return { found: 0, not_found: 0, ambiguous_match: 0, invalid_identifier: 0, invalid_item: 0 };
}
