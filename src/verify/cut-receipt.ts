import { type Checked, pass, refuse } from './checked.js';
import { sameBytes, textOf } from './encoding.js';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue, parseJson } from './json.js';
import type { ReceiptDocument } from './receipt.js';
import type { ReceiptPayload } from './receipt-payload.js';
import { leafHash, nodeHash, TreeHasher } from './tree.js';

/** A batch of 10,000 items with everything said about each fits many times over. */
const ANSWER_BYTES_MAX = 256 * 1024 * 1024;
const ITEMS_MAX = 100_000;

/** Members of a single answer that stand beside those of its item. */
const ENVELOPE = ['asOf', 'log', 'vocabulary', 'unknownPolicy', 'inquiry', 'overlays', 'receipt'];

/** A lookup answer as it was saved: single, batch or lines. */
export interface SavedAnswer {
  readonly receipt: string;
  /** In the order of the request. */
  readonly items: readonly JsonObject[];
  /** What the answer says of all of its items, beside the receipt. Not signed as it stands here. */
  readonly envelope: JsonObject;
}

/** The parts of a saved answer: JSON of one item or of many, or NDJSON with its summary. */
export function parseAnswer(file: string | Uint8Array): Checked<SavedAnswer> {
  const whole = parseJson(file, ANSWER_BYTES_MAX);
  if (whole.ok && !(isJsonObject(whole.value) && isJsonObject(whole.value['summary']))) {
    return readAnswer(whole.value);
  }
  const lines = parseLines(file);
  // Of a file of one line, the fault of the whole says more.
  return (
    lines ?? refuse(`the answer is unreadable: ${whole.ok ? 'it has no items' : whole.reason}`)
  );
}

/** As {@link parseAnswer}, of JSON that is parsed already. */
export function readAnswer(value: JsonValue): Checked<SavedAnswer> {
  if (!isJsonObject(value)) return refuse('the answer is no object');
  const { receipt, items, ...others } = value;
  if (typeof receipt !== 'string') {
    return refuse('the answer carries no receipt; ask with receipt=true');
  }
  if (items === undefined) {
    const members = Object.entries(others);
    const envelope = members.filter(([name]) => ENVELOPE.includes(name));
    const item = members.filter(([name]) => !ENVELOPE.includes(name));
    return pass({
      receipt,
      items: [Object.fromEntries(item)],
      envelope: Object.fromEntries(envelope),
    });
  }
  if (!isItems(items)) return refuse(`items is no list of up to ${ITEMS_MAX} objects`);
  return pass({ receipt, items, envelope: others });
}

/** Null where the file is no NDJSON at all. */
function parseLines(file: string | Uint8Array): Checked<SavedAnswer> | null {
  const text = textOf(file, ANSWER_BYTES_MAX);
  if (!text.ok) return refuse(`the answer is unreadable: ${text.reason}`);
  const lines = text.value.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > ITEMS_MAX + 1) return refuse(`the answer has more than ${ITEMS_MAX} lines`);
  const values: JsonObject[] = [];
  for (const [at, line] of lines.entries()) {
    const parsed = parseJson(line, ANSWER_BYTES_MAX);
    if (!parsed.ok || !isJsonObject(parsed.value)) {
      if (at === 0) return null;
      return refuse(
        `line ${at + 1} of the answer: ${parsed.ok ? 'it is no object' : parsed.reason}`,
      );
    }
    values.push(parsed.value);
  }
  const summary = values.pop()?.['summary'];
  if (!isJsonObject(summary))
    return refuse('the last line of the answer is no summary: it was cut off');
  const { receipt, ...envelope } = summary;
  if (typeof receipt !== 'string') {
    return refuse('the answer carries no receipt; ask with receipt=true');
  }
  return values.length > 0
    ? pass({ receipt, items: values, envelope })
    : refuse('the answer has no items');
}

function isItems(value: JsonValue): value is readonly JsonObject[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= ITEMS_MAX &&
    (value as readonly JsonValue[]).every(isJsonObject)
  );
}

/** The single receipt of one item of an answer, which stands for itself from then on. */
export function cutReceipt(answer: SavedAnswer, index: number): Checked<ReceiptDocument> {
  const cut = cutReceipts(answer);
  if (!cut.ok) return cut;
  const document = Number.isSafeInteger(index) ? cut.value(index) : null;
  return document === null
    ? refuse(`the answer has items 0 to ${answer.items.length - 1}, and no ${index}`)
    : pass(document);
}

/** Cuts any number of receipts from one answer; the tree over the items is built once. */
export function cutReceipts(
  answer: SavedAnswer,
): Checked<(index: number) => ReceiptDocument | null> {
  let row: Buffer[] = [];
  for (const [at, item] of answer.items.entries()) {
    const bytes = canonicalJson(item);
    if (!bytes.ok) return refuse(`item ${at}: ${bytes.reason}`);
    row.push(leafHash(Buffer.from(bytes.value)));
  }
  const rows: Buffer[][] = [];
  while (row.length > 1) {
    rows.push(row);
    row = rowAbove(row);
  }
  return pass((index) => {
    const item = answer.items[index];
    if (item === undefined) return null;
    const proof: Buffer[] = [];
    let at = index;
    for (const hashes of rows) {
      // The last of an odd row has no sibling: it rises as it is.
      const sibling = hashes[at % 2 === 0 ? at + 1 : at - 1];
      if (sibling !== undefined) proof.push(sibling);
      at = Math.floor(at / 2);
    }
    return { receipt: answer.receipt, index: BigInt(index), proof, item };
  });
}

function rowAbove(row: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = [];
  for (let at = 0; at < row.length; at += 2) {
    const right = row[at + 1];
    above.push(right === undefined ? row[at]! : nodeHash(row[at]!, right));
  }
  return above;
}

/**
 * Whether the items of a saved answer are those that were signed, all of them in their order, and
 * what it says beside them is what the receipt says.
 */
export function checkAnswer(answer: SavedAnswer, payload: ReceiptPayload): Checked<true> {
  const envelope = checkEnvelope(answer, payload);
  if (!envelope.ok) return envelope;
  const tree = new TreeHasher();
  for (const [at, item] of answer.items.entries()) {
    const bytes = canonicalJson(item);
    if (!bytes.ok) return refuse(`item ${at}: ${bytes.reason}`);
    tree.append(leafHash(Buffer.from(bytes.value)));
  }
  if (sameBytes(tree.root(), payload.batch.root)) return pass(true);
  return refuse(
    answer.items.length === 1
      ? 'the item of the answer is not the one that was signed'
      : 'the items of the answer are not those that were signed: one was changed, put in, left out or moved',
  );
}

/** The receipt alone is signed; somebody could have changed what stands beside it. */
function checkEnvelope(answer: SavedAnswer, payload: ReceiptPayload): Checked<true> {
  const { asOf, vocabulary, unknownPolicy, inquiry, purposes, log } = payload;
  const count = BigInt(answer.items.length);
  if (count !== payload.batch.count) {
    return refuse(`the answer has ${count} items and the receipt is over ${payload.batch.count}`);
  }
  const signed: Record<string, unknown> = { asOf, vocabulary, unknownPolicy, inquiry, purposes };
  for (const [name, value] of Object.entries(signed)) {
    const said = answer.envelope[name];
    if (said !== undefined && !isSame(said, value)) {
      return refuse(`the member ${name} of the answer is not what the receipt says`);
    }
  }
  const said = answer.envelope['log'];
  if (said === undefined) return pass(true);
  const isLog =
    isJsonObject(said) &&
    isSame(said['size'], Number(log.size)) &&
    isSame(said['root'], log.root.toString('base64')) &&
    (said['origin'] === undefined || said['origin'] === log.origin);
  return isLog ? pass(true) : refuse('the member log of the answer is not what the receipt says');
}

function isSame(said: unknown, signed: unknown): boolean {
  const [one, other] = [canonicalJson(said), canonicalJson(signed)];
  return one.ok && other.ok && one.value === other.value;
}
