import { describe, expect, it } from '@jest/globals';
import { entryBytes, sampleEntries } from '../../bench/samples/sample-log.js';
import { StreamCheck } from './index.js';

const LEAF = { v: 1, type: 'claim', stream: 'clm_1', n: 1, prev: null, t: 5 };

/** The reason of the first refusal, or null. */
function follow(entries: readonly Buffer[], from = 0n): string | null {
  const check = new StreamCheck(from);
  for (const [at, bytes] of entries.entries()) {
    const leaf = check.next({ index: from + BigInt(at), bytes });
    if (!leaf.ok) return leaf.reason;
  }
  return null;
}

describe('StreamCheck', () => {
  it('follows streams that count without gaps', () => {
    expect(follow(sampleEntries(50))).toBeNull();
  });

  it('takes the word of the first leaf of a stream that began before', () => {
    expect(follow(sampleEntries(50).slice(20), 20n)).toBeNull();
    expect(follow([entryBytes({ ...LEAF, n: 2, prev: 20 })], 20n)).toMatch(/first of its stream/);
  });

  it.each([
    [[{ n: 2, prev: 0 }], 'leaf 0 of the stream “clm_1” has n 2 and is the first'],
    [[{ n: 1, prev: 0 }], 'has n 1 and prev 0'],
    [[{ n: 2, prev: null }], 'has n 2 and prev null'],
    [[{}, { n: 3, prev: 0 }], 'has n 3 and prev 0 after n 1 at leaf 0'],
    [[{}, { n: 1 }], 'has n 1 and prev null after n 1'],
    [[{}, { n: 2, prev: 1 }], 'has n 2 and prev 1'],
    [[{}, { n: 2, prev: 0, t: 4 }], 'leaf 1 is of an earlier time'],
    [[{ v: 2 }], 'leaf 0: it is not of version 1'],
    [[{ stream: 7 }], 'no type or no stream'],
    [[{ n: 0 }], 'its n is no place'],
    [[{ prev: -1 }], 'its prev is no index'],
    [[{ t: 1.5 }], 'its t is no time'],
    [[{ text: 'x'.repeat(17_000) }], 'longer than 16384 bytes'],
  ])('refuses %j', (leaves, reason) => {
    expect(follow(leaves.map((leaf) => entryBytes({ ...LEAF, ...leaf })))).toContain(reason);
  });

  it('refuses an entry that is not in canonical form', () => {
    expect(
      follow([
        Buffer.from(JSON.stringify({ v: 1, type: 'x', stream: 'y', n: 1, prev: null, t: 1 })),
      ]),
    ).toMatch(/canonical/);
    expect(follow([Buffer.from('[]')])).toMatch(/no object/);
    expect(follow([Buffer.from('{')])).toMatch(/expected/);
  });
});
