import { describe, expect, it } from '@jest/globals';
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
});

describe('sha256', () => {
  it('hashes the empty input to the published value', () => {
    expect(sha256('').toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });
});
