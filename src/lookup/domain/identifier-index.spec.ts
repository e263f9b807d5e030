import { describe, expect, it } from '@jest/globals';
import type { EntryRow } from './entry.js';
import { IdentifierIndex } from './identifier-index.js';

const entry = (n: number, more: Partial<EntryRow> = {}): EntryRow => ({
  workId: `wrk_${String(n).padStart(26, '0')}`,
  standingId: n,
  confidencePpm: 1_000_000,
  releasedOn: undefined,
  ...more,
});

const SEED = 0x9e3779b9;

describe('IdentifierIndex', () => {
  it('finds what was added, through its growth, and nothing else', () => {
    const index = new IdentifierIndex(SEED);
    for (let n = 0; n < 60_000; n += 1) index.add('isrc', `ZZ${n}`, entry(n));
    expect(index.count).toBe(60_000);
    for (let n = 0; n < 60_000; n += 97) expect(index.find('isrc', `ZZ${n}`)).toEqual([entry(n)]);
    expect(index.find('isrc', 'ZZ60000')).toEqual([]);
    expect(index.find('iswc', 'ZZ1')).toEqual([]);
    expect(index.isUnfit).toBe(false);
    expect(index.bytes / index.count).toBeLessThan(100);
  });

  it('tells schemes apart, and keeps several works of one identifier in their order', () => {
    const index = new IdentifierIndex(SEED);
    const dated = entry(1, { releasedOn: '1999-12-31', confidencePpm: 900_000 });
    index.add('isrc', 'A', entry(2));
    index.add('isrc', 'A', dated);
    index.add('iswc', 'A', entry(3));
    expect(index.find('isrc', 'A')).toEqual([dated, entry(2)]);
    expect(index.find('iswc', 'A')).toEqual([entry(3)]);
  });

  it('forgets what is removed, and takes it in again', () => {
    const index = new IdentifierIndex(SEED);
    for (let turn = 0; turn < 5_000; turn += 1) {
      index.remove('isrc', 'A');
      index.add('isrc', 'A', entry(turn));
      index.add('isrc', `B${turn}`, entry(turn));
    }
    expect(index.find('isrc', 'A')).toEqual([entry(4_999)]);
    expect(index.count).toBe(5_001);
    index.remove('isrc', 'A');
    expect(index.find('isrc', 'A')).toEqual([]);
    expect(index.find('isrc', 'B77')).toEqual([entry(77)]);
  });

  it('leaves it to the database where identifiers crowd', () => {
    const index = new IdentifierIndex(SEED);
    for (let n = 0; n < 400; n += 1) index.add('isrc', 'SAME', entry(n));
    expect(index.isUnfit).toBe(true);
    expect(index.find('isrc', 'SAME')).toBeNull();
    expect(index.find('isrc', 'OTHER')).toBeNull();
  });

  it('cannot tell of values that it does not hold', () => {
    const index = new IdentifierIndex(SEED);
    index.add('url', 'é', entry(1));
    index.add('url', 'x'.repeat(256), entry(1));
    expect(index.find('url', 'é')).toBeNull();
    expect(index.find('url', 'x'.repeat(256))).toBeNull();
    expect(index.count).toBe(0);
  });
});
