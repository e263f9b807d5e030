import { createHash } from 'node:crypto';
import { type Checked, pass, quoted, refuse } from './checked.js';
import { verifyDetached } from './detached-jws.js';
import { hashFromBase64, instantOf } from './encoding.js';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue, parseJson } from './json.js';
import type { ReceiptKeys } from './receipt-keys.js';

/**
 * Private lookups (docs/specs/range.md): an identifier is asked about by the first bits of its digest,
 * and everything that begins with them is answered.
 */

/** A registry that asks for more bits of a digest learns too much, whatever it says it holds. */
export const RANGE_BITS_MAX = 20;
/** A range has this many rows, or a multiple of it. */
export const RANGE_ROWS = 256;
export const RANGE_TYPE = 'consent-range+jws';

/** Bytes of a digest that a row shows. */
const ROW_BYTES = 16;
const RANGE_BYTES_MAX = 64 * 1024 * 1024;
const MEMBERS = [
  ...['answers', 'asOf', 'bits', 'identifiers', 'inquiry', 'iss', 'log', 'prefix', 'purposes'],
  ...['rows', 'type', 'unknownPolicy', 'v', 'vocabulary'],
].join();
const ROW = new RegExp(`^[0-9a-f]{${ROW_BYTES * 2}}$`);

/** SHA-256 of `scheme:value`, the identifier in its canonical form. */
export function identifierDigest(scheme: string, value: string): Buffer {
  return createHash('sha256').update(`${scheme}:${value}`).digest();
}

/** The first bits (0 to 32) of a digest in hex, at least one digit; bits beyond them are 0. */
export function rangePrefix(digest: Uint8Array, bits: number): string {
  const first = Buffer.from(digest).readUInt32BE();
  const kept = bits === 0 ? 0 : first - (first % 2 ** (32 - bits));
  const text = kept.toString(16).padStart(8, '0');
  return text.slice(0, Math.max(1, Math.ceil(bits / 4)));
}

/** What a digest is written as in the rows of a range. */
export function rangeRow(digest: Uint8Array): string {
  return Buffer.from(digest.subarray(0, ROW_BYTES)).toString('hex');
}

/** What one identifier in a range comes to. */
export interface RangeAnswer {
  readonly result: string;
  readonly purposes: JsonObject;
}

/** A range that holds together; where it was signed, by whom. */
export interface Range {
  readonly iss: string;
  /** Epoch ms. */
  readonly asOf: number;
  readonly bits: number;
  readonly prefix: string;
  /** How many of the rows are of identifiers. */
  readonly identifiers: number;
  readonly log: { readonly size: number; readonly root: Buffer };
  readonly purposes: readonly string[];
  readonly inquiry: JsonObject;
  readonly unknownPolicy: string;
  /** The key that signed it; null where the signature was not asked for. */
  readonly kid: string | null;
  /** What the identifier with this digest comes to, of which the range may know nothing. */
  answerTo(digest: Uint8Array): RangeAnswer;
}

/** The range of an answer. With pinned keys it must be signed by one of them. */
export function readRange(text: string | Uint8Array, keys: ReceiptKeys | null): Checked<Range> {
  const parsed = parseJson(text, RANGE_BYTES_MAX);
  if (!parsed.ok) return refuse(`the range is unreadable: ${parsed.reason}`);
  const document = parsed.value;
  const range = isJsonObject(document) ? document['range'] : undefined;
  if (!isJsonObject(document) || range === undefined || !isJsonObject(range)) {
    return refuse('there is no range in the answer');
  }
  if (keys === null) return readParts(range, null);
  const { signature } = document;
  if (typeof signature !== 'string') return refuse('the range is not signed');
  const bytes = canonicalJson(range);
  if (!bytes.ok) return bytes;
  const expected = { type: RANGE_TYPE, of: 'range', keys };
  const key = verifyDetached(Buffer.from(bytes.value), signature, expected);
  if (!key.ok) return key;
  const { kid, endedAt } = key.value;
  const read = readParts(range, kid);
  if (read.ok && endedAt !== null && read.value.asOf > endedAt * 1000) {
    return refuse(`the range was signed after the key ${quoted(kid)} had ended`);
  }
  return read;
}

function readParts(range: JsonObject, kid: string | null): Checked<Range> {
  if (range['v'] !== 1 || range['type'] !== 'consent-range') {
    return refuse('the range is not a consent-range of version 1');
  }
  if (Object.keys(range).sort().join() !== MEMBERS) {
    return refuse(`the range has not exactly the members ${MEMBERS}`);
  }
  const { iss, bits, prefix, identifiers, unknownPolicy, inquiry } = range;
  if (!isText(iss) || !isText(unknownPolicy)) return refuse('iss and unknownPolicy must be texts');
  if (!isCount(bits) || bits > 32 || !isText(prefix)) return refuse('bits or prefix is none');
  if (!isCount(identifiers)) return refuse('identifiers is no count');
  if (!isJsonObject(inquiry!)) return refuse('inquiry is no object');
  const asOf = instantOf(range['asOf']);
  if (asOf === null) return refuse('asOf must be an instant in UTC with milliseconds');
  const log = readLog(range['log']!);
  if (log === null) return refuse('log must have a size and a root');
  const purposes = range['purposes'];
  if (!Array.isArray(purposes) || purposes.length === 0 || !purposes.every(isText)) {
    return refuse('purposes is no list of purposes');
  }
  const answers = readAnswers(range['answers']!, purposes);
  if (!answers.ok) return answers;
  const rows = readRows(range['rows']!, answers.value.length);
  if (!rows.ok) return rows;
  const { all, known } = rows.value;
  if (known.size !== identifiers) return refuse('identifiers is another count than its rows give');
  const astray = all.find((row) => rangePrefix(Buffer.from(row, 'hex'), bits) !== prefix);
  if (astray !== undefined) return refuse(`the row ${astray} does not begin with the prefix`);
  return pass({
    ...{ iss, asOf, bits, prefix, identifiers, log, purposes, inquiry: inquiry as JsonObject },
    ...{ unknownPolicy, kid },
    // The first answer is that to identifiers of which nothing is registered.
    answerTo: (digest) => answers.value[known.get(rangeRow(digest)) ?? 0]!,
  });
}

function readLog(value: JsonValue): Range['log'] | null {
  if (!isJsonObject(value) || !isCount(value['size'])) return null;
  const root = hashFromBase64(value['root'] as string);
  return root.ok ? { size: value['size'], root: root.value } : null;
}

function readAnswers(
  value: JsonValue,
  purposes: readonly string[],
): Checked<readonly RangeAnswer[]> {
  if (!Array.isArray(value) || value.length === 0) return refuse('there are no answers');
  const answers: RangeAnswer[] = [];
  for (const [at, one] of (value as readonly JsonValue[]).entries()) {
    const told = isJsonObject(one) ? one['purposes'] : undefined;
    if (!isJsonObject(one) || told === undefined || !isJsonObject(told) || !isText(one['result'])) {
      return refuse(`answer ${at} has no result or no purposes`);
    }
    const isTold = purposes.every((purpose) => {
      const answer = Object.hasOwn(told, purpose) ? told[purpose]! : null;
      return isJsonObject(answer!) && isText(answer['outcome']);
    });
    if (!isTold) return refuse(`answer ${at} does not answer every purpose`);
    if ((at === 0) !== (one['result'] === 'not_found')) {
      return refuse('the first answer, and no other, must be that to what is not registered');
    }
    answers.push({ result: one['result'], purposes: told });
  }
  return pass(answers);
}

/** The rows in ascending order, each once, and the answers that those of identifiers point at. */
function readRows(
  value: JsonValue,
  answers: number,
): Checked<{ readonly all: readonly string[]; readonly known: ReadonlyMap<string, number> }> {
  if (!Array.isArray(value) || value.length === 0 || value.length % RANGE_ROWS > 0) {
    return refuse(`a range has ${RANGE_ROWS} rows or a multiple of that`);
  }
  const all: string[] = [];
  const known = new Map<string, number>();
  for (const [at, one] of (value as readonly JsonValue[]).entries()) {
    const [row, answer, ...rest] = Array.isArray(one) ? (one as readonly JsonValue[]) : [];
    const isRow = typeof row === 'string' && ROW.test(row) && rest.length === 0;
    const isPadding = answer === null;
    const isAnswered = isCount(answer) && answer > 0 && answer < answers;
    if (!isRow || !(isPadding || isAnswered)) return refuse(`row ${at} is none`);
    if (at > 0 && !(all[at - 1]! < row)) return refuse('the rows are not in ascending order');
    all.push(row);
    if (isAnswered) known.set(row, answer);
  }
  return pass({ all, known });
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
