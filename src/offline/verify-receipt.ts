import {
  type Checked,
  checkAnswer,
  checkReceiptLog,
  cutReceipts,
  decidingLeaves,
  fromDecimal,
  isJsonObject,
  openReceiptToken,
  parseAnswer,
  parseJson,
  parseJwks,
  parseReceipt,
  readLeaf,
  type ReceiptKeys,
  type SavedAnswer,
  type VerifiedReceipt,
  verifyItem,
  verifyReceipt,
} from '#verify';
import { instantOf, openLog, type OpenedLog, throwIfFailed } from './open-log.js';
import { readInput } from './read-file.js';
import { receiptsValue, tellReceipts } from './tell-receipt.js';
import { CannotComplete, Misuse, printable, tellFailure, VERDICT, type Voice } from './voice.js';

const DOCUMENT_BYTES_MAX = 256 * 1024 * 1024;

export interface VerifyReceiptOptions {
  readonly file: string;
  readonly keys: string;
  /** Index of the one item that is meant; every item where it is left out. */
  readonly item?: string;
  /** Address or folder of the log, to hold the receipt against; needs `policy`. */
  readonly log?: string;
  readonly policy?: string;
}

/** `verify receipt`: a receipt document, or a saved answer to a lookup with all of its items. */
export async function verifyReceiptCommand(
  options: VerifyReceiptOptions,
  voice: Voice,
): Promise<number> {
  const { log: where, policy } = options;
  if ((where === undefined) !== (policy === undefined)) {
    throw new Misuse('Name --log and --policy together: a log is believed under a policy.');
  }
  const index = itemIndex(options.item);
  const keys = await readKeys(options.keys);
  const receipts = readReceipts(await readInput(options.file), index, keys);
  if (!receipts.ok) return tellFailure(voice, receipts.reason);
  let leaves: LeafLine[] = [];
  if (where !== undefined && policy !== undefined) {
    const log = await openLog(where, policy);
    if ('reason' in log) return tellFailure(voice, log.reason);
    const checked = await checkAgainstLog(receipts.value, log);
    if (!checked.ok) {
      throwIfFailed(log.source);
      return tellFailure(voice, checked.reason);
    }
    leaves = checked.value;
  }
  if (voice.json) {
    voice.value(receiptsValue(receipts.value, where !== undefined));
  } else {
    tellReceipts(voice, receipts.value, where !== undefined);
    for (const { index: leaf, says } of leaves) voice.data(`leaf ${leaf}  ${says}`);
  }
  return VERDICT.verifies;
}

function itemIndex(item: string | undefined): number | null {
  if (item === undefined) return null;
  const index = fromDecimal(item);
  if (!index.ok || index.value > 1_000_000n) throw new Misuse('--item is an index, from 0.');
  return Number(index.value);
}

async function readKeys(file: string): Promise<ReceiptKeys> {
  const keys = parseJwks(await readInput(file));
  if (keys.ok) return keys.value;
  throw new Misuse(`${printable(file)} is no key set: ${keys.reason}.`);
}

/** Every receipt that the file gives, verified; or what failed. */
function readReceipts(
  file: Buffer,
  index: number | null,
  keys: ReceiptKeys,
): Checked<VerifiedReceipt[]> {
  const parsed = parseJson(file, DOCUMENT_BYTES_MAX);
  if (parsed.ok && isJsonObject(parsed.value) && 'item' in parsed.value) {
    const document = parseReceipt(file);
    if (!document.ok) return document;
    if (index !== null && document.value.index !== BigInt(index)) {
      throw new Misuse(`The receipt is of item ${document.value.index}, not of item ${index}.`);
    }
    const verified = verifyReceipt(document.value, keys);
    return verified.ok ? { ok: true, value: [verified.value] } : verified;
  }
  const answer = parseAnswer(file);
  return answer.ok ? readItems(answer.value, index, keys) : answer;
}

function readItems(
  answer: SavedAnswer,
  index: number | null,
  keys: ReceiptKeys,
): Checked<VerifiedReceipt[]> {
  const last = answer.items.length - 1;
  if (index !== null && index > last) throw new Misuse(`The answer has items 0 to ${last}.`);
  const token = openReceiptToken(answer.receipt, keys);
  if (!token.ok) return token;
  const whole = checkAnswer(answer, token.value.payload);
  if (!whole.ok) return whole;
  const cut = cutReceipts(answer);
  if (!cut.ok) return cut;
  const verified: VerifiedReceipt[] = [];
  for (const at of index === null ? answer.items.keys() : [index]) {
    const item = verifyItem(cut.value(at)!, token.value);
    if (!item.ok) return { ok: false, reason: `item ${at}: ${item.reason}` };
    verified.push(item.value);
  }
  return { ok: true, value: verified };
}

interface LeafLine {
  readonly index: number;
  readonly says: string;
}

/** No more leaves than a person reads; every one of them is within the log that was checked. */
const LEAVES_TOLD = 20;

/** That the log had this root at this size, and what the deciding leaves say. */
async function checkAgainstLog(
  receipts: readonly VerifiedReceipt[],
  { reader, head }: OpenedLog,
): Promise<Checked<LeafLine[]>> {
  const first = receipts[0];
  if (first === undefined) throw new CannotComplete('There is no receipt in the file.');
  const checked = await checkReceiptLog(first, reader, head);
  if (!checked.ok) return checked;
  const lines: LeafLine[] = [];
  const indexes = new Set(receipts.flatMap(({ item }) => decidingLeaves(item)));
  for (const index of [...indexes].slice(0, LEAVES_TOLD)) {
    const entry = await reader.entry(head, BigInt(index));
    if (!entry.ok) return entry;
    const leaf = readLeaf(entry.value.bytes);
    if (!leaf.ok) return { ok: false, reason: `leaf ${index}: ${leaf.reason}` };
    const { type, stream, n, t } = leaf.value;
    const says = `${printable(type)} ${n} of ${printable(stream)}, recorded ${instantOf(t / 1000)}`;
    lines.push({ index, says });
  }
  return { ok: true, value: lines };
}
