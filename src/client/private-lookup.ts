import { parseIdentifier } from '#identifiers';
import {
  canonicalJson,
  identifierDigest,
  type Range,
  RANGE_BITS_MAX,
  rangePrefix,
  readRange,
  type ReceiptKeys,
} from '#verify';
import { UnusableAnswer } from './errors.js';
import type { Identifier, LookupItem, Question } from './lookup-answer.js';

/** What a private lookup gives; the registry does not know which of them was asked about. */
export interface PrivateAnswer {
  /** Names no work. */
  readonly item: LookupItem;
  /** What the identifier was hidden in; null where it is none and nothing was asked. */
  readonly hidden: Hidden | null;
}

interface Hidden {
  /** The answer as it came: what to keep as evidence, where it is signed. */
  readonly text: string;
  /** How many registered identifiers begin alike. */
  readonly among: number;
  /** Epoch ms. */
  readonly asOf: number;
  readonly logSize: number;
  /** The pinned key that signed it; null where none is pinned. */
  readonly kid: string | null;
}

/** How a private lookup gets at the registry. */
export interface RangeSource {
  /** How many bits of a digest the registry wants to be told. */
  readBits(): Promise<number>;
  /** The text of a range, asked for by the query. */
  readRange(bits: number, prefix: string, query: URLSearchParams): Promise<string>;
}

/**
 * Asks what may be done with one work without telling the registry which (docs/specs/range.md): by the
 * first bits of the identifier's digest, without a credential. Throws rather than to tell more than 20
 * bits, whatever the registry asks for. A question about the past or in a party's name can't be put so.
 */
export async function lookupPrivately(
  source: RangeSource,
  { scheme, value }: Identifier,
  question: Question,
  keys: ReceiptKeys | null,
): Promise<PrivateAnswer> {
  const query = queryOf(question, keys !== null);
  const read = parseIdentifier(scheme, value);
  if (!read.ok) {
    const { reason, detail } = read;
    return { item: { result: 'invalid_identifier', scheme, value, reason, detail }, hidden: null };
  }
  const digest = identifierDigest(read.scheme, read.value);
  const bits = await source.readBits();
  if (!Number.isSafeInteger(bits) || bits < 0 || bits > RANGE_BITS_MAX) {
    throw new UnusableAnswer(
      `The registry asks for ${String(bits)} bits of a digest; more than ${RANGE_BITS_MAX} are never told.`,
    );
  }
  const prefix = rangePrefix(digest, bits);
  const text = await source.readRange(bits, prefix, query);
  const range = readRange(text, keys);
  if (!range.ok) throw unusable(range.reason);
  checkAnswers(range.value, { bits, prefix, question });
  const { identifiers: among, asOf, log, kid } = range.value;
  return {
    item: {
      ...(range.value.answerTo(digest) as unknown as LookupItem),
      scheme: read.scheme,
      value: read.value,
    },
    hidden: { text, among, asOf, logSize: log.size, kid },
  };
}

function queryOf(question: Question, receipt: boolean): URLSearchParams {
  const { purposes, inquiry = {}, unknownPolicy = 'deny', asOf, minLogSize: _ } = question;
  if (asOf !== undefined || inquiry.inquirer !== undefined) {
    throw new TypeError('A private lookup is answered as of now, and for anybody.');
  }
  const query = new URLSearchParams({ unknownPolicy });
  if (purposes) query.set('purposes', purposes.join());
  for (const [name, stated] of Object.entries(inquiry)) {
    if (stated !== undefined) query.set(name, String(stated));
  }
  if (receipt) query.set('receipt', 'true');
  return query;
}

/** A range answers its own question and no other. */
function checkAnswers(
  range: Range,
  asked: { readonly bits: number; readonly prefix: string; readonly question: Question },
): void {
  const { purposes = range.purposes, inquiry = {}, unknownPolicy = 'deny' } = asked.question;
  const isAsked =
    range.bits === asked.bits &&
    range.prefix === asked.prefix &&
    range.unknownPolicy === unknownPolicy &&
    isSame(range.purposes, purposes) &&
    isSame(range.inquiry, JSON.parse(JSON.stringify(inquiry)));
  if (!isAsked) throw unusable('it is to another question');
  const { minLogSize = 0 } = asked.question;
  if (range.log.size < minLogSize) {
    throw unusable(`it knows the log to size ${range.log.size}, not to ${minLogSize}`);
  }
}

function isSame(one: unknown, other: unknown): boolean {
  const [first, second] = [canonicalJson(one), canonicalJson(other)];
  return first.ok && second.ok && first.value === second.value;
}

function unusable(why: string): UnusableAnswer {
  return new UnusableAnswer(`The answer can’t be relied on: ${why}.`);
}
