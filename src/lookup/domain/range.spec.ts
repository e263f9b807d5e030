import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rangePrefix } from '#verify';
import { bitsFor, digestsOf, isRangePrefix, refuseBits } from './range.js';

describe('a range', () => {
  it.each([
    [0, 0],
    [511, 0],
    [512, 1],
    [100_000, 8],
    [1_000_000, 11],
    [10_000_000, 15],
    [256_000_000, 19],
    [1e12, 20],
  ])('of a registry with %i entries is named by %i bits', (entries, bits) => {
    expect(bitsFor(entries)).toBe(bits);
  });

  it.each([
    [0, '0', true],
    [0, '', false],
    [0, '1', false],
    [1, '8', true],
    [1, '4', false],
    [4, 'f', true],
    [4, 'F', false],
    [4, '0f', false],
    [5, 'f8', true],
    [5, 'f4', false],
    [20, 'fffff', true],
    [20, 'xfff0', false],
  ])('of %i bits is %j: %s', (bits, prefix, is) => {
    expect(isRangePrefix(bits, prefix)).toBe(is);
  });

  it('may be up to four times as large as need be, and never smaller', () => {
    const isRefused = (bits: number, most: number) => {
      try {
        refuseBits(bits, most);
        return false;
      } catch {
        return true;
      }
    };
    expect([0, 1, 2, 3].map((bits) => isRefused(bits, 1))).toEqual([false, false, true, true]);
    const some = [7, 8, 9, 10, 11].map((bits) => isRefused(bits, 10));
    expect(some).toEqual([true, false, false, false, true]);
  });

  it('has exactly the digests that begin with its prefix', () => {
    const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((one) => Buffer.from(one));
    fc.assert(
      fc.property(digest, digest, fc.integer({ min: 0, max: 20 }), (one, other, bits) => {
        const prefix = rangePrefix(one, bits);
        expect(isRangePrefix(bits, prefix)).toBe(true);
        const { from, to } = digestsOf(bits, prefix);
        for (const each of [one, other]) {
          const key = each.subarray(0, 7);
          const isIn = key.compare(from) >= 0 && key.compare(to) < 0;
          expect(isIn).toBe(rangePrefix(each, bits) === prefix);
        }
      }),
    );
  });
});
