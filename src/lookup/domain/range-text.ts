import { canonicalJson } from '#kernel';
import { RANGE_ROWS } from '#verify';
import { VOCABULARY_VERSION } from '#vocabulary';
import { instant } from './answer-text.js';
import type { Answered } from './answered.js';
import type { Ask } from './ask.js';

const DIGEST_BYTES = 16;

/** What a range comes to, as it is written. */
export interface RangeFacts {
  readonly issuer: string;
  /** Epoch ms. */
  readonly asOf: number;
  readonly log: { readonly size: number; readonly root: string };
  readonly bits: number;
  readonly prefix: string;
  readonly nothing: Answered;
  /** In ascending order of their digests, hex. */
  readonly rows: readonly { readonly digest: string; readonly answered: Answered }[];
}

/**
 * The canonical JSON of a range (docs/specs/range.md). Works in one standing share one answer, and rows
 * that lead nowhere fill it up to a multiple of 256: their number does not tell which range it is. `random` gives so many bytes.
 */
export function writeRange(ask: Ask, range: RangeFacts, random: (bytes: number) => Buffer): string {
  const { issuer, asOf, log, bits, prefix, nothing, rows } = range;
  const answers = new Map<Answered, number>([[nothing, 0]]);
  const written: string[] = [];
  for (const { digest, answered } of rows) {
    if (!answers.has(answered)) answers.set(answered, answers.size);
    written.push(`["${digest}",${answers.get(answered)}]`);
  }
  // Two works of one digest are one row: the statement groups by digest.
  const taken = new Set(rows.map(({ digest }) => digest));
  while (written.length === 0 || written.length % RANGE_ROWS > 0) {
    const digest = digestWithin(bits, prefix, random(DIGEST_BYTES));
    if (taken.has(digest)) continue;
    taken.add(digest);
    written.push(`["${digest}",null]`);
  }
  return (
    `{"answers":[${[...answers.keys()].map(writeAnswer)}],"asOf":"${instant(asOf)}","bits":${bits}` +
    `,"identifiers":${rows.length},"inquiry":${canonicalJson(ask.inquiry)}` +
    `,"iss":${JSON.stringify(issuer)},"log":{"root":"${log.root}","size":${log.size}}` +
    `,"prefix":"${prefix}","purposes":${JSON.stringify(ask.purposes)}` +
    `,"rows":[${written.sort()}],"type":"consent-range"` +
    `,"unknownPolicy":"${ask.unknownPolicy}","v":1,"vocabulary":"${VOCABULARY_VERSION}"}`
  );
}

function writeAnswer({ result, purposes }: Answered): string {
  return `{"purposes":${purposes},"result":"${result}"}`;
}

/** A digest that begins with the prefix and goes on as these bytes do. */
function digestWithin(bits: number, prefix: string, bytes: Buffer): string {
  const width = 2 ** (32 - bits);
  bytes.writeUInt32BE(parseInt(prefix.padEnd(8, '0'), 16) + (bytes.readUInt32BE() % width));
  return bytes.toString('hex');
}
