import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { jwkOf, jwksText, RECEIPT_SEED } from '../../bench/samples/sample-receipts.js';
import {
  SAMPLE_FILES,
  sampleManifest,
  signManifest,
  SNAPSHOT_AS_OF,
  SNAPSHOT_HEADER,
} from '../../bench/samples/sample-snapshot.js';
import { LOG_SEED } from '../../bench/samples/signers.js';
import {
  parseJwks,
  type ReceiptKeys,
  verifySnapshotManifest,
  verifySnapshotSignature,
} from './index.js';

const SOON = SNAPSHOT_AS_OF + 1_000;
const LATE = SNAPSHOT_AS_OF + 86_400_000;

function keysOf(text: string): ReceiptKeys {
  const keys = parseJwks(text);
  if (!keys.ok) throw new Error(keys.reason);
  return keys.value;
}
const KEYS = keysOf(jwksText(RECEIPT_SEED));

function refusal(bytes: Uint8Array, jws = signManifest(bytes), now = SOON, keys = KEYS): string {
  const checked = verifySnapshotManifest(bytes, jws, keys, now);
  return checked.ok ? 'accepted' : checked.reason;
}

const fileWith = (at: number, changed: Record<string, unknown>) => ({
  files: SAMPLE_FILES.map((file, index) => (index === at ? { ...file, ...changed } : file)),
});

describe('verifySnapshotManifest', () => {
  it('accepts what a pinned key signed, until it expires', () => {
    const bytes = sampleManifest();
    const checked = verifySnapshotManifest(bytes, signManifest(bytes), KEYS, SOON);
    expect(checked).toMatchObject({ ok: true, value: { size: 512, asOf: SNAPSHOT_AS_OF } });
    expect(refusal(bytes, signManifest(bytes, { ...SNAPSHOT_HEADER, alg: 'EdDSA' }))).toBe(
      'accepted',
    );
    expect(refusal(bytes, signManifest(bytes), LATE - 1)).toBe('accepted');
    expect(refusal(bytes, signManifest(bytes), LATE)).toMatch(/has expired/);
    expect(refusal(bytes, signManifest(bytes), NaN)).toMatch(/has expired/);
    expect(refusal(bytes, signManifest(bytes), SNAPSHOT_AS_OF - 600_000)).toMatch(/not come yet/);
    expect(verifySnapshotSignature(bytes, signManifest(bytes), KEYS).ok).toBe(true);
  });

  it('refuses every signature but that of a pinned key over these very bytes', () => {
    const bytes = sampleManifest();
    const [start, , signature] = signManifest(bytes).split('.');
    const body = bytes.toString('base64url');
    const others: Record<string, string> = {
      'another key': signManifest(
        bytes,
        { ...SNAPSHOT_HEADER, kid: jwkOf(LOG_SEED).kid },
        LOG_SEED,
      ),
      'a key under a pinned name': signManifest(bytes, SNAPSHOT_HEADER, LOG_SEED),
      'other bytes': signManifest(sampleManifest({ identifiers: 3, standings: 2, size: 513 })),
      'no signature': `${start}..`,
      'not detached': `${start}.${body}.${signature}`,
      'four parts': `${start}..${signature}.`,
      'another type': signManifest(bytes, { ...SNAPSHOT_HEADER, typ: 'consent-receipt+jws' }),
      'another algorithm': signManifest(bytes, { ...SNAPSHOT_HEADER, alg: 'none' }),
      'another member': signManifest(bytes, { ...SNAPSHOT_HEADER, jku: 'https://evil.example' }),
      nothing: '',
      'far too much': 'a'.repeat(5_000),
    };
    for (const [what, jws] of Object.entries(others)) {
      expect([what, refusal(bytes, jws)]).not.toEqual([what, 'accepted']);
    }
    expect(refusal(bytes, null as never)).toMatch(/no detached JWS/);
    expect(refusal('{}' as never, 'a..b')).toMatch(/no bytes/);
    const changed = Buffer.from(bytes);
    changed[40]! ^= 1;
    expect(refusal(changed, signManifest(bytes))).toMatch(/does not fit/);
  });

  it('refuses a key that had ended when the snapshot was made', () => {
    const bytes = sampleManifest();
    const ended = (seconds: number) =>
      keysOf(JSON.stringify({ keys: [{ ...jwkOf(RECEIPT_SEED), fermata_ended: seconds }] }));
    const asOf = Math.floor(SNAPSHOT_AS_OF / 1000);
    expect(refusal(bytes, signManifest(bytes), SOON, ended(asOf - 1))).toMatch(/had ended/);
    expect(refusal(bytes, signManifest(bytes), SOON, ended(asOf + 60))).toBe('accepted');
  });

  it.each<[string, Record<string, unknown>]>([
    ['another version', { v: 2 }],
    ['another type', { type: 'consent-receipt' }],
    ['a member too many', { note: 'hello' }],
    ['a member too few', { vocabulary: undefined }],
    ['no size', { size: 0 }],
    ['a broken size', { size: 1.5 }],
    ['a short root', { root: Buffer.alloc(31).toString('base64') }],
    ['no UUID', { snapshot: 'latest' }],
    ['a date for an instant', { asOf: '2026-11-28' }],
    ['a day that does not exist', { asOf: '2026-02-30T00:00:00.000Z' }],
    ['an end before its beginning', { expires: '2020-01-01T00:00:00.000Z' }],
    ['a vocabulary without digest', { vocabulary: { version: '1' } }],
    ['files that are no list', { files: {} }],
    ['files that are null', { files: [null] }],
    ['no standings', { files: SAMPLE_FILES.slice(0, 3), standings: 0 }],
    ['no answers', { files: SAMPLE_FILES.slice(1) }],
    ['files out of order', { files: [...SAMPLE_FILES].reverse() }],
    ['a file twice', { files: [SAMPLE_FILES[0], ...SAMPLE_FILES] }],
    [
      'a path out of the folder',
      fileWith(2, { path: '../identifiers/scheme=isrc/part-0.parquet' }),
    ],
    ['a path within and out', fileWith(2, { path: 'identifiers/scheme=../part-0.parquet' })],
    ['an absolute path', fileWith(2, { path: '/identifiers/scheme=isrc/part-0.parquet' })],
    ['another scheme than the path', fileWith(2, { scheme: 'iswc' })],
    ['another role than the path', fileWith(2, { role: 'answers' })],
    ['no digest', fileWith(2, { sha256: 'abc' })],
    ['a digest in capitals', fileWith(2, { sha256: 'A'.repeat(64) })],
    ['fewer rows than identifiers', fileWith(2, { rows: 2 })],
    ['negative bytes', fileWith(2, { bytes: -1 })],
    ['changes from a later snapshot', { size: 400 }],
    ['changes without what they lead on from', fileWith(1, { from: undefined })],
    ['a member of a file too many', fileWith(3, { url: 'https://evil.example' })],
  ])('refuses %s, although it is signed', (_, changed) => {
    const files = changed['files'];
    const cleaned = Array.isArray(files)
      ? { ...changed, files: JSON.parse(JSON.stringify(files)) as unknown }
      : changed;
    expect(refusal(sampleManifest(cleaned))).not.toBe('accepted');
  });

  it('refuses a spelling that is not the canonical one, although it is signed', () => {
    const spaced = Buffer.from(sampleManifest().toString().replace('{', '{ '));
    expect(refusal(spaced)).toMatch(/canonical/);
    const twice = Buffer.from(sampleManifest().toString().replace('{', '{"v":1,'));
    expect(refusal(twice)).toMatch(/twice/);
  });
});

describe('the published vectors', () => {
  const vectors = JSON.parse(readFileSync('test/vectors/snapshot.json', 'utf8')) as {
    keys: object;
    now: number;
    manifests: { why: string; accepted: boolean; bytes: string; jws: string }[];
  };

  it.each(vectors.manifests)('$why', ({ accepted, bytes, jws }) => {
    const keys = keysOf(JSON.stringify(vectors.keys));
    const checked = verifySnapshotManifest(Buffer.from(bytes), jws, keys, vectors.now);
    expect(checked.ok).toBe(accepted);
  });
});
