import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, ID_PREFIXES, isId, newId, sha256 } from './index.js';

describe('ids', () => {
  it('carry the prefix of their kind and are well-formed for that kind alone', () => {
    for (const kind of Object.keys(ID_PREFIXES) as (keyof typeof ID_PREFIXES)[]) {
      const id = newId(kind);
      expect(isId(kind, id)).toBe(true);
      expect(isId(kind === 'work' ? 'party' : 'work', id)).toBe(false);
    }
  });

  it('sort by time of creation', () => {
    const ids = Array.from({ length: 200 }, () => newId('work'));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(200);
  });

  it.each(['wrk_', 'wrk_0', `wrk_${'u'.repeat(26)}`, `wrk_8${'0'.repeat(25)}`, 7, null, undefined])(
    'refuses %p as the id of a work',
    (text) => {
      expect(isId('work', text)).toBe(false);
    },
  );
});

describe('canonicalJson', () => {
  it('gives the same text whatever the order of members (RFC 8785 §3.2.3)', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'é'] })).toBe('{"a":[true,null,"é"],"b":1}');
  });

  it('is what the published implementation gives, for every value', () => {
    const names = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 3 }),
      fc.constantFrom('10', '9', '1a', 'B', 'a', '__proto__', 'toString', '\u{1f600}', '\ufb33'),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.string({ unit: 'grapheme' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(null, true, false, undefined, -0, 1e21, new Date(0)),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(names, tie('value'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(value, (one) => {
        const text = canonicalize(one);
        if (text !== undefined) expect(canonicalJson(one)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  const circle: unknown[] = [];
  circle.push({ circle });
  it.each([
    ['a number that is none', { a: Number.NaN }],
    ['a number without end', [Number.POSITIVE_INFINITY]],
    ['half a character', ['\ud800']],
    ['half a character in a name', { '\udc00': 1 }],
    ['a circle', circle],
    ['nothing', undefined],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow();
  });
});

describe('sha256', () => {
  it('hashes the empty input to the published value', () => {
    expect(sha256('').toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });
});
