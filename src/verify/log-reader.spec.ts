import { describe, expect, it } from '@jest/globals';
import {
  auditPath,
  checkpointText,
  consistencyProof,
  fetchFrom,
  logFiles,
  sampleEntries,
  signedNote,
  treeHash,
} from '../../bench/samples/sample-log.js';
import { LOG, POLICY_TEXT } from '../../bench/samples/signers.js';
import {
  entriesPath,
  leafHash,
  LogReader,
  parseBundle,
  parsePolicy,
  parseTile,
  TreeHasher,
  tilePath,
  tileWidth,
} from './index.js';

const parsed = parsePolicy(POLICY_TEXT);
if (!parsed.ok) throw new Error(parsed.reason);
const POLICY = parsed.value;
const ENTRIES = sampleEntries(700);
const HASHES = ENTRIES.map((entry) => leafHash(entry));
const FILES = logFiles(ENTRIES);
const HEAD = { size: 700n, root: treeHash(HASHES) };

async function read(
  files: ReadonlyMap<string, Uint8Array>,
  head: { size: bigint; root: Buffer } = HEAD,
  hasher = new TreeHasher(),
) {
  const bytes: Buffer[] = [];
  for await (const entry of new LogReader(fetchFrom(files)).entries(head, hasher)) {
    if (!entry.ok) return { bytes, reason: entry.reason };
    bytes.push(entry.value.bytes);
  }
  return { bytes, reason: null };
}

describe('LogReader', () => {
  it.each([0, 1, 2, 255, 256, 257, 512, 700])('reads a log of %d entries', async (size) => {
    const entries = ENTRIES.slice(0, size);
    const files = logFiles(entries);
    const reader = new LogReader(fetchFrom(files));
    const head = await reader.checkpoint(POLICY);
    if (!head.ok) throw new Error(head.reason);
    expect(head.value.size).toBe(BigInt(size));
    expect(await read(files, head.value)).toEqual({ bytes: entries, reason: null });
  });

  it.each([0, 1, 100, 256, 300, 699, 700])('goes on after %d entries', async (size) => {
    const before = HASHES.slice(0, size);
    const hasher = new TreeHasher();
    for (const hash of before) hasher.append(hash);
    expect(await read(FILES, HEAD, hasher)).toEqual({ bytes: ENTRIES.slice(size), reason: null });
    expect(hasher.root()).toEqual(HEAD.root);
    const found = await new LogReader(fetchFrom(FILES)).hasherAt(HEAD, BigInt(size));
    expect(found.ok && found.value.root()).toEqual(treeHash(before));
  });

  it('returns no entry of a log that was forked before the place where it goes on', async () => {
    const hasher = new TreeHasher();
    for (const hash of HASHES.slice(0, 99)) hasher.append(hash);
    hasher.append(leafHash(Buffer.from('what was there before')));
    const { bytes, reason } = await read(FILES, HEAD, hasher);
    expect(bytes).toEqual([]);
    expect(reason).toMatch(/another root for size 100 .* it was forked/);
  });

  it('says that a log was cut', async () => {
    const reader = new LogReader(fetchFrom(FILES));
    expect(await reader.extends(HEAD, 701n, HEAD.root)).toEqual({
      ok: false,
      reason: 'the log has 700 leaves now and had 701 before: it was cut or forked',
    });
  });

  it('reads an older tree from the full tiles once the partial ones are gone', async () => {
    const old = { size: 300n, root: treeHash(HASHES.slice(0, 300)) };
    const files = new Map([...logFiles(ENTRIES.slice(0, 300)), ...FILES]);
    for (const path of ['tile/0/001.p/44', 'tile/entries/001.p/44']) {
      expect(files.delete(path)).toBe(true);
    }
    expect(await read(files, old)).toEqual({ bytes: ENTRIES.slice(0, 300), reason: null });
  });

  it('gives each entry by its index', async () => {
    const reader = new LogReader(fetchFrom(FILES));
    for (const index of [0, 255, 256, 600, 699]) {
      const entry = await reader.entry(HEAD, BigInt(index));
      expect(entry).toMatchObject({ ok: true, value: { bytes: ENTRIES[index] } });
    }
    expect((await reader.entry(HEAD, 700n)).ok).toBe(false);
    expect((await reader.entry(HEAD, -1n)).ok).toBe(false);
  });

  it('computes the proofs that the definition gives', async () => {
    const reader = new LogReader(fetchFrom(FILES));
    for (const index of [0, 1, 255, 256, 511, 512, 600, 699]) {
      const proof = await reader.inclusionProof(HEAD, BigInt(index));
      expect(proof).toEqual({ ok: true, value: auditPath(index, HASHES) });
    }
    for (const from of [1, 2, 3, 255, 256, 257, 512, 600, 699, 700]) {
      const proof = await reader.consistencyProof(HEAD, BigInt(from));
      expect(proof).toEqual({ ok: true, value: consistencyProof(from, HASHES) });
    }
    expect((await reader.inclusionProof(HEAD, 700n)).ok).toBe(false);
    expect((await reader.consistencyProof(HEAD, 0n)).ok).toBe(false);
    expect((await reader.consistencyProof(HEAD, 701n)).ok).toBe(false);
  });

  it.each([
    ['tile/0/001', 'tile/0/001 does not hash to what the tile above it says'],
    ['tile/1/000.p/2', 'the tiles of the log do not hash to the root'],
    ['tile/0/002.p/188', 'the tiles of the log do not hash to the root'],
    ['tile/entries/001', 'tile/entries/001: entry 256 does not hash to its leaf'],
    ['tile/entries/002.p/188', 'tile/entries/002.p/188: entry 512 does not hash to its leaf'],
  ])('names the file that is wrong: %s', async (path, reason) => {
    const files = new Map(FILES);
    const changed = Buffer.from(FILES.get(path)!);
    changed[2]! ^= 1;
    files.set(path, changed);
    expect((await read(files)).reason).toContain(reason);
    files.delete(path);
    expect((await read(files)).reason).toBe(`the log has no ${path}`);
    files.set(path, FILES.get(path)!.subarray(0, 40));
    expect((await read(files)).reason).toMatch(new RegExp(`^${path}: it `));
  });

  it('returns nothing that it did not verify: entries end before the first false one', async () => {
    const files = new Map(FILES);
    const changed = Buffer.from(FILES.get('tile/entries/001')!);
    changed[600]! ^= 1;
    files.set('tile/entries/001', changed);
    const { bytes } = await read(files);
    expect(bytes).toEqual(ENTRIES.slice(0, 256));
  });

  it('refuses where the network fails, instead of throwing', async () => {
    const reader = new LogReader(() => Promise.reject(new Error('the line is dead')));
    expect(await reader.checkpoint(POLICY)).toEqual({
      ok: false,
      reason: 'checkpoint can’t be read: “the line is dead”',
    });
    expect((await reader.entry(HEAD, 1n)).ok).toBe(false);
    expect((await reader.entries(HEAD).next()).value).toMatchObject({ ok: false });
    const empty = new LogReader(fetchFrom(new Map()));
    expect(await empty.checkpoint(POLICY)).toEqual({
      ok: false,
      reason: 'the log has no checkpoint',
    });
  });

  it('wants the checkpoint signed as the policy says', async () => {
    const files = new Map(FILES);
    const note = signedNote(checkpointText(700, HEAD.root), [LOG]);
    files.set('checkpoint', Buffer.from(note));
    const head = await new LogReader(fetchFrom(files)).checkpoint(POLICY);
    expect(head).toEqual({ ok: false, reason: expect.stringContaining('the quorum “w1”') });
  });
});

describe('tiles', () => {
  it('have the published paths', () => {
    expect(tilePath(0, 1_234_067n)).toBe('tile/0/x001/x234/067');
    expect(tilePath(5, 0n, 17)).toBe('tile/5/000.p/17');
    expect(entriesPath(999n)).toBe('tile/entries/999');
    expect(entriesPath(1000n, 1)).toBe('tile/entries/x001/000.p/1');
  });

  it('have the published widths in a log of 70,000 leaves', () => {
    const size = 70_000n;
    const widths = [tileWidth(0, 272n, size), tileWidth(0, 273n, size), tileWidth(0, 274n, size)];
    expect(widths).toEqual([256, 112, 0]);
    expect([tileWidth(1, 0n, size), tileWidth(1, 1n, size)]).toEqual([256, 17]);
    expect([tileWidth(2, 0n, size), tileWidth(3, 0n, size)]).toEqual([1, 0]);
    expect(tileWidth(64, 0n, 2n ** 63n)).toBe(0);
  });

  it('have exactly as many hashes as their width says', () => {
    const hash = 'd0d7360ab79f58ab1e1e3fe64ad77e2ea0bc07e36b5f46ed2223edd9298df9e9';
    expect(parseTile(Buffer.from(hash, 'hex'), 1)).toEqual({
      ok: true,
      value: [leafHash(Buffer.from('one'))],
    });
    for (const length of [0, 31, 33, 64]) expect(parseTile(Buffer.alloc(length), 1).ok).toBe(false);
  });

  it('have bundles of exactly their width', () => {
    const bundle = Buffer.from('00036f6e65000374776f', 'hex');
    const entries = [Buffer.from('one'), Buffer.from('two')];
    expect(parseBundle(bundle, 2)).toEqual({ ok: true, value: entries });
    expect(parseBundle(bundle, 1)).toEqual({ ok: false, reason: 'it has more than 1 entries' });
    expect(parseBundle(bundle, 3)).toMatchObject({ reason: 'it has 2 entries instead of 3' });
    expect(parseBundle(bundle.subarray(0, 9), 2)).toMatchObject({
      reason: 'it ends inside of an entry',
    });
    expect(parseBundle(bundle.subarray(0, 6), 2)).toMatchObject({
      reason: 'it ends inside of a length',
    });
  });
});
