import { ByteChunks } from './byte-chunks.js';
import type { Ask } from './domain/ask.js';
import { writeComputed } from './domain/envelope-text.js';
import { writeItemText } from './domain/found-text.js';
import { writeItemEnd, writeItemStart, writeRefusedItem } from './domain/item-text.js';
import type { Item } from './domain/items.js';
import type { ManyAnswers, OneAnswer } from './lookup.service.js';
import type { ItemTree } from './receipts/item-tree.js';
import type { OpenReceipt } from './receipts/receipts.service.js';

type Counts = Record<
  'found' | 'not_found' | 'ambiguous_match' | 'invalid_identifier' | 'invalid_item',
  number
>;

/** The JSON of the answer for one identifier. */
export function writeOne(ask: Ask, answer: OneAnswer, receipt: OpenReceipt | null = null): string {
  const { item, found } = answer;
  const members = writeItemText(item, found);
  if (receipt !== null) addText(receipt.items, `${members}}`);
  return `${members},${answer.computed ?? writeComputed(ask, answer)}${writeReceipt(receipt)}}`;
}

/** The JSON of the answer for a batch, in pieces, so that a slow reader holds no large text. */
export function* writeMany(
  ask: Ask,
  items: readonly Item[],
  answers: ManyAnswers,
  receipt: OpenReceipt | null = null,
): Generator<Buffer, void> {
  const counts = noCounts();
  const out = new ByteChunks();
  const see = seeItems(receipt);
  const purposes = JSON.stringify(ask.purposes);
  out.text(`{${writeComputed(ask, answers)},"purposes":${purposes},"items":[`);
  for (let at = 0; at < items.length; at += 1) {
    if (at > 0) out.text(',');
    writeItem(out, items[at]!, answers, counts, see);
    yield* out.takeFull();
  }
  out.text(`],"counts":${JSON.stringify(counts)}${writeReceipt(receipt)}}`);
  yield* out.takeRest();
}

/** The same as NDJSON: a line an item in the order of the request, and a summary at the end. */
export function* writeLines(
  ask: Ask,
  items: readonly Item[],
  answers: ManyAnswers,
  receipt: OpenReceipt | null = null,
): Generator<Buffer, void> {
  const counts = noCounts();
  const out = new ByteChunks();
  const see = seeItems(receipt);
  for (const item of items) {
    writeItem(out, item, answers, counts, see);
    out.text('\n');
    yield* out.takeFull();
  }
  const purposes = JSON.stringify(ask.purposes);
  const summary = `${writeComputed(ask, answers)},"purposes":${purposes}`;
  const end = `"counts":${JSON.stringify(counts)}${writeReceipt(receipt)}`;
  out.text(`{"summary":{${summary},${end}}}\n`);
  yield* out.takeRest();
}

/** Hashes each item where it was written: a receipt covers these bytes. */
type SeeItem = (chunk: Buffer, start: number, end: number, begin: Buffer | null) => void;

function seeItems(receipt: OpenReceipt | null): SeeItem | null {
  return receipt && receipt.items.append.bind(receipt.items);
}

function addText(items: ItemTree, item: string): void {
  const bytes = Buffer.from(` ${item}`);
  items.append(bytes, 1, bytes.length, null);
}

function writeItem(
  out: ByteChunks,
  item: Item,
  answers: ManyAnswers,
  counts: Counts,
  see: SeeItem | null,
): void {
  if (item.result !== 'readable') {
    counts[item.result] += 1;
    out.piece(null, `${writeRefusedItem(item)}}`, see);
    return;
  }
  const { answered, works } = answers.find(item);
  counts[answered.result] += 1;
  const start = (answered.encoded ??= Buffer.from(writeItemStart(answered.purposes)));
  out.piece(start, `${writeItemEnd(item, answered.result, works)}}`, see);
}

function writeReceipt(receipt: OpenReceipt | null): string {
  return receipt === null ? '' : `,"receipt":"${receipt.sign()}"`;
}

function noCounts(): Counts {
  return { found: 0, not_found: 0, ambiguous_match: 0, invalid_identifier: 0, invalid_item: 0 };
}
