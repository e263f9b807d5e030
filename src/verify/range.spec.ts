import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  RANGE_AS_OF,
  RANGE_HEADER,
  RANGE_IDENTIFIERS,
  rangeDocument,
  rowOf,
  sampleRange,
} from '../../bench/samples/sample-range.js';
import { jcs, jwksText, RECEIPT_SEED } from '../../bench/samples/sample-receipts.js';
import { signManifest, SNAPSHOT_HEADER } from '../../bench/samples/sample-snapshot.js';
import { LOG_SEED } from '../../bench/samples/signers.js';
import { identifierDigest, parseJwks, rangePrefix, rangeRow, readRange } from './index.js';

const pinned = parseJwks(jwksText(RECEIPT_SEED));
if (!pinned.ok) throw new Error(pinned.reason);
const KEYS = pinned.value;

const { digests } = JSON.parse(readFileSync('test/vectors/range.json', 'utf8')) as {
  digests: {
    scheme: string;
    value: string;
    digest: string;
    row: string;
    prefixes: Record<string, string>;
  }[];
};

describe('the digest of an identifier', () => {
  it.each(digests)('of $scheme $value is named by its first bits', (vector) => {
    const digest = identifierDigest(vector.scheme, vector.value);
    expect(digest.toString('hex')).toBe(vector.digest);
    expect(rangeRow(digest)).toBe(vector.row);
    for (const [bits, prefix] of Object.entries(vector.prefixes)) {
      expect([bits, rangePrefix(digest, Number(bits))]).toEqual([bits, prefix]);
    }
  });
});

const digestOf = (identifier: string) => {
  const [scheme, value] = identifier.split(':');
  return identifierDigest(scheme!, value!);
};
const refusal = (text: string, keys: typeof KEYS | null = KEYS) => {
  const read = readRange(text, keys);
  return read.ok ? 'accepted' : read.reason;
};

describe('readRange', () => {
  it('tells what each identifier comes to, and that others are not registered', () => {
    const read = readRange(rangeDocument(sampleRange()), KEYS);
    if (!read.ok) throw new Error(read.reason);
    const { value: range } = read;
    expect(range).toMatchObject({ bits: 4, prefix: '0', asOf: RANGE_AS_OF, identifiers: 2 });
    const results = [...RANGE_IDENTIFIERS, 'isrc:USUG11904206'].map((one) => {
      const { result, purposes } = range.answerTo(digestOf(one));
      return [result, (purposes['ai.train'] as { outcome: string }).outcome];
    });
    expect(results).toEqual([
      ['found', 'permitted'],
      ['found', 'denied'],
      ['not_found', 'unknown'],
    ]);
  });

  it('does not take a row that only fills the range for an identifier', () => {
    const range = sampleRange();
    const rows = range['rows'] as [string, number | null][];
    const [padding] = rows.find(([, answer]) => answer === null)!;
    const read = readRange(rangeDocument(range), KEYS);
    const digest = Buffer.concat([Buffer.from(padding, 'hex'), Buffer.alloc(16)]);
    expect(read.ok && read.value.answerTo(digest).result).toBe('not_found');
  });

  it('wants the signature of a pinned key over this very range, where keys are pinned', () => {
    const range = sampleRange();
    const other = sampleRange({ identifiers: 1 });
    const sign = (header: unknown, seed = RECEIPT_SEED) =>
      signManifest(Buffer.from(jcs(range)), header, seed);
    const refused: [string, RegExp][] = [
      [JSON.stringify({ range }), /not signed/],
      [rangeDocument(other, sign(RANGE_HEADER)), /does not fit the range/],
      [rangeDocument(range, sign(RANGE_HEADER, LOG_SEED)), /does not fit the range/],
      [rangeDocument(range, sign(SNAPSHOT_HEADER)), /not of the type consent-range\+jws/],
      [rangeDocument(range, sign({ ...RANGE_HEADER, alg: 'none' })), /another algorithm/],
      [rangeDocument(range, sign({ ...RANGE_HEADER, kid: 'x' })), /not in the pinned key set/],
      [rangeDocument(range, sign(RANGE_HEADER).replace('..', '.e30.')), /no detached JWS/],
    ];
    for (const [text, reason] of refused) expect(refusal(text)).toMatch(reason);
    expect(refusal(JSON.stringify({ range }), null)).toBe('accepted');
  });

  const rows = sampleRange()['rows'] as [string, unknown][];
  const withRow = (at: number, row: unknown) => ({ rows: rows.with(at, row as never) });
  const answers = sampleRange()['answers'] as Record<string, unknown>[];
  const place = (identifier: string) => rows.findIndex(([row]) => row === rowOf(identifier));

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['of another version', { v: 2 }, /version 1/],
    ['of another type', { type: 'consent-snapshot' }, /version 1/],
    ['with a member less', { iss: undefined }, /exactly the members/],
    ['with a member more', { note: 'all is well' }, /exactly the members/],
    ['at no moment', { asOf: '2026-11-28' }, /asOf/],
    ['of no log', { log: { size: 1 } }, /log must have/],
    ['of a negative log', { log: { size: -1, root: '' } }, /log must have/],
    ['with bits that are none', { bits: 33 }, /bits or prefix/],
    ['about nothing', { purposes: [] }, /no list of purposes/],
    ['with an inquiry that is none', { inquiry: [] }, /inquiry/],
    ['without answers', { answers: [] }, /no answers/],
    ['that does not say what is unknown', { answers: answers.slice(1) }, /the first answer/],
    ['that says so twice', { answers: [answers[0], answers[0], answers[2]] }, /the first answer/],
    [
      'that leaves a purpose out',
      { answers: answers.with(1, { result: 'found', purposes: {} }) },
      /answer 1 does not answer every purpose/,
    ],
    ['with 255 rows', { rows: rows.slice(1) }, /256 rows or a multiple/],
    ['with rows in disorder', { rows: rows.toReversed() }, /ascending/],
    ['with a row twice', withRow(1, rows[0]), /ascending/],
    ['with a row that is none', withRow(3, ['0', null]), /row 3 is none/],
    ['with an answer that is not there', withRow(3, [rows[3]![0], 3]), /row 3 is none/],
    ['with a row for the unknown', withRow(3, [rows[3]![0], 0]), /row 3 is none/],
    ['with an identifier too many', { identifiers: 3 }, /another count/],
    [
      'that hides an identifier',
      withRow(place(RANGE_IDENTIFIERS[1]), [rowOf(RANGE_IDENTIFIERS[1]), null]),
      /another count/,
    ],
    ['of another prefix', { prefix: '1' }, /does not begin with the prefix/],
    ['with a row of another prefix', withRow(255, [`1${'0'.repeat(31)}`, null]), /does not begin/],
  ])('refuses one %s, also where it is signed', (_, changed, reason) => {
    const text = rangeDocument(sampleRange(changed));
    expect(refusal(text)).toMatch(reason);
    expect(refusal(text, null)).toMatch(reason);
  });

  it('never throws, whatever it is given', () => {
    for (const text of ['', '[]', '{}', '{"range":null}', '{"range":[]}', '{"range":{}}', 'x']) {
      expect(refusal(text)).not.toBe('accepted');
      expect(refusal(text, null)).not.toBe('accepted');
    }
  });
});
