import {
  canonicalJson,
  checkAnswer,
  cutReceipts,
  decidingLeaves,
  isJsonObject,
  type JsonObject,
  openReceiptToken,
  parseJson,
  readAnswer,
  type ReceiptKeys,
  type ReceiptPayload,
  writeReceipt,
} from '#verify';
import type { components } from './api.generated.js';
import { UnusableAnswer } from './errors.js';

type Schemas = components['schemas'];

export interface Identifier {
  /** `isrc`, `iswc`, `spotify_track` … */
  readonly scheme: string;
  /** As you have it; common spellings are read. */
  readonly value: string;
}

/** What is asked about every identifier; see the API's description of `POST /v1/lookups`. */
export interface Question extends Partial<Omit<Schemas['LookupsRequest'], 'items' | 'receipt'>> {
  /** Refuses an answer from a smaller log than this: one that can't know of your last change. */
  readonly minLogSize?: number;
}

export type LookupItem = Schemas['ItemResponse'];
type Lookups = Schemas['LookupsResponse'];

export interface LookupAnswer extends Omit<Lookups, 'items'> {
  /** One for each identifier, in the order in which they were asked about. */
  readonly items: readonly LookupItem[];
  /** The answer as it came: what to keep where all receipts are kept together. */
  readonly text: string;
  /** What the verified receipt says; null where no keys are pinned. */
  readonly verified: { readonly kid: string; readonly payload: ReceiptPayload } | null;
  /** The receipt document of one item, which stands for itself. Throws where none was verified. */
  receiptOf(index: number): string;
}

interface Asked {
  readonly identifiers: readonly Identifier[];
  readonly question: Question;
  readonly keys: ReceiptKeys | null;
}

const ANSWER_BYTES_MAX = 256 * 1024 * 1024;
const RESULTS = ['found', 'not_found', 'ambiguous_match', 'invalid_identifier', 'invalid_item'];

/**
 * Reads the answer to a batch. Throws {@link UnusableAnswer} unless it answers every identifier for every
 * purpose asked about, and, with keys, unless a pinned key signed exactly this answer to exactly this question.
 */
export function readLookupAnswer(text: string, asked: Asked): LookupAnswer {
  const parsed = parseJson(text, ANSWER_BYTES_MAX);
  if (!parsed.ok) throw unusable(`it is unreadable: ${parsed.reason}`);
  const answer = parsed.value;
  if (!isJsonObject(answer)) throw unusable('it is no object');
  checkComplete(answer, asked);
  const verified = asked.keys === null ? null : checkReceipt(answer, asked, asked.keys);
  let cut: ReturnType<typeof cutReceipts> | undefined;
  return {
    ...(answer as unknown as Lookups),
    text,
    verified,
    receiptOf(index) {
      const saved = verified === null ? null : readAnswer(answer);
      if (saved === null || !saved.ok) throw new UnusableAnswer('No receipt was verified.');
      cut ??= cutReceipts(saved.value);
      const document = cut.ok ? cut.value(index) : null;
      const written = document && writeReceipt(document);
      if (!written?.ok) throw new RangeError(`The answer has no item ${index}.`);
      return written.value;
    },
  };
}

function checkComplete(answer: JsonObject, { identifiers, question }: Asked): void {
  const { items, log, purposes, asOf } = answer;
  if (!Array.isArray(items) || items.length !== identifiers.length) {
    throw unusable(`it does not answer each of the ${identifiers.length} identifiers`);
  }
  if (typeof asOf !== 'string' || Number.isNaN(Date.parse(asOf)))
    throw unusable('it has no moment');
  const size = isJsonObject(log) ? log['size'] : undefined;
  if (!Number.isSafeInteger(size)) throw unusable('it does not say the size of its log');
  if ((size as number) < (question.minLogSize ?? 0)) {
    throw unusable(`it knows the log to size ${size as number}, not to ${question.minLogSize}`);
  }
  const answered = Array.isArray(purposes) ? (purposes as readonly unknown[]) : [];
  const wanted = question.purposes ?? answered;
  if (answered.length === 0 || !isSame(wanted, answered)) {
    throw unusable('it is about other purposes');
  }
  for (const [at, item] of (items as readonly unknown[]).entries()) {
    const fault = faultOfItem(item, at, identifiers[at]!, answered as readonly string[]);
    if (fault !== null) throw unusable(`item ${at} ${fault}`);
  }
}

function faultOfItem(
  item: unknown,
  at: number,
  { scheme }: Identifier,
  purposes: readonly string[],
): string | null {
  if (!isJsonObject(item as never)) return 'is no object';
  const { ref, result, scheme: answered, purposes: told } = item as JsonObject;
  if (ref !== at) return 'is of another identifier';
  if (!RESULTS.includes(result as string)) return 'has no result';
  if (result === 'invalid_item' || result === 'invalid_identifier') return null;
  if (answered !== scheme.toLowerCase()) return 'is of another scheme';
  const isTold = purposes.every((purpose) => {
    const one = isJsonObject(told as never) && Object.hasOwn(told as JsonObject, purpose);
    return one && typeof (told as Record<string, JsonObject>)[purpose]?.['outcome'] === 'string';
  });
  return isTold ? null : 'does not answer every purpose';
}

function checkReceipt(answer: JsonObject, { question }: Asked, keys: ReceiptKeys) {
  const saved = readAnswer(answer);
  if (!saved.ok) throw unusable(saved.reason);
  const opened = openReceiptToken(saved.value.receipt, keys);
  if (!opened.ok) throw unusable(opened.reason);
  const { payload } = opened.value;
  const signed = checkAnswer(saved.value, payload);
  if (!signed.ok) throw unusable(signed.reason);
  if (!isAnswerTo(payload, question)) throw unusable('its receipt is for another question');
  const beyond = saved.value.items.some((item) =>
    decidingLeaves(item).some((leaf) => !(leaf >= 0 && BigInt(leaf) < payload.log.size)),
  );
  if (beyond) throw unusable('it names leaves that its log did not have');
  return opened.value;
}

/** A receipt answers its own question and no other. */
function isAnswerTo(payload: ReceiptPayload, question: Question): boolean {
  const { asOf, inquiry = {}, purposes = payload.purposes, unknownPolicy = 'deny' } = question;
  return (
    payload.asked === (asOf === undefined ? 'latest' : 'moment') &&
    (asOf === undefined || Date.parse(asOf) === Date.parse(payload.asOf)) &&
    isSame(payload.purposes, purposes) &&
    payload.unknownPolicy === unknownPolicy &&
    isSame(stated(payload.inquiry), stated(inquiry))
  );
}

/** What an inquiry states; the order of what it accepts says nothing. */
function stated(inquiry: object): Record<string, unknown> {
  const members = Object.entries(inquiry).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    members.map(([name, value]) => [name, Array.isArray(value) ? sorted(value) : value]),
  );
}

function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted();
}

function isSame(one: unknown, other: unknown): boolean {
  const [first, second] = [canonicalJson(one), canonicalJson(other)];
  return first.ok && second.ok && first.value === second.value;
}

function unusable(why: string): UnusableAnswer {
  return new UnusableAnswer(`The answer can’t be relied on: ${why}.`);
}
