import { type Comparison, recompute } from './domain/index.js';
import {
  type Checked,
  checkReceiptLog,
  cutReceipt,
  type OpenedCheckpoint,
  parseAnswer,
  parseJwks,
  parseReceipt,
  type ReceiptDocument,
  type ReceiptKeys,
  type VerifiedReceipt,
  verifyReceipt,
} from '#verify';
import { KeyStream, type PublicState } from './domain/index.js';
import type { LogReplay } from './log-replay.js';

/** The keys for receipts that the log names, as a key set; those that had ended by a size are out. */
function keysInLog(state: PublicState, size: number): Checked<ReceiptKeys> {
  const keys: object[] = [];
  for (const [kid, key] of state.world.streams) {
    if (!(key instanceof KeyStream) || key.use !== 'receipt' || key.publicKey === null) continue;
    if (key.from >= size || key.ended < size) continue;
    const x = Buffer.from(key.publicKey, 'base64').toString('base64url');
    keys.push({ kty: 'OKP', crv: 'Ed25519', kid, x });
  }
  if (keys.length === 0) return { ok: false, reason: 'the log names no key for receipts by then' };
  return parseJwks(JSON.stringify({ keys }));
}

/**
 * A receipt document, or a saved answer to one question, which says what it is about by itself. Of an answer
 * with several items it must be said which one is meant: cut its receipt out first.
 */
function readDocument(file: Uint8Array): Checked<ReceiptDocument> {
  const document = parseReceipt(file);
  if (document.ok) return document;
  const answer = parseAnswer(file);
  if (!answer.ok) return document;
  return answer.value.items.length === 1
    ? cutReceipt(answer.value, 0)
    : {
        ok: false,
        reason: `the file is an answer with ${answer.value.items.length} items; cut the receipt of one out of it (fermata receipt cut)`,
      };
}

/** The log size that a receipt names, read before anything of it is believed; null for none. */
export function sizeNamedBy(file: Uint8Array): number | null {
  const document = readDocument(file);
  if (!document.ok) return null;
  try {
    const payload = Buffer.from(document.value.receipt.split('.')[1] ?? '', 'base64url');
    const { log } = JSON.parse(payload.toString('utf8')) as { log?: { size?: unknown } };
    return Number.isSafeInteger(log?.size) ? (log!.size as number) : null;
  } catch {
    return null;
  }
}

/**
 * A receipt document, or a saved answer to one question, against a replayed log: signed by a key that the log names, of this very log,
 * and saying what the log makes of the question. `head` is what the log was replayed up to.
 */
export async function checkReceipt(
  file: Uint8Array,
  replay: LogReplay,
  head: OpenedCheckpoint,
): Promise<Checked<{ readonly receipt: VerifiedReceipt; readonly comparison: Comparison }>> {
  const document = readDocument(file);
  if (!document.ok) return document;
  const keys = keysInLog(replay.state, sizeNamedBy(file) ?? 0);
  if (!keys.ok) return keys;
  const receipt = verifyReceipt(document.value, keys.value);
  if (!receipt.ok) return receipt;
  const isOfLog = await checkReceiptLog(receipt.value, replay.reader, head);
  if (!isOfLog.ok) return isOfLog;
  const { payload, item } = receipt.value;
  const { asOf, vocabulary, unknownPolicy, inquiry, purposes } = payload;
  const logSize = Number(payload.log.size);
  const question = { asOf, vocabulary, unknownPolicy, inquiry, purposes, logSize, item };
  return {
    ok: true,
    value: { receipt: receipt.value, comparison: recompute(replay.state, question) },
  };
}
