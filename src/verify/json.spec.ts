import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { canonicalJson, parseJson } from './index.js';

describe('canonicalJson', () => {
  it('sorts members by UTF-16 code units and writes numbers as ECMAScript does', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(value)).toEqual({
      ok: true,
      value: '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    });
    const numbers = [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0];
    expect(canonicalJson(numbers)).toEqual({
      ok: true,
      value: '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    });
  });

  it('writes what another implementation writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        if (text.ok) expect(text.value).toBe(canonicalize(value));
      }),
    );
  });

  it.each([
    [Number.NaN],
    [Infinity],
    [undefined],
    [{ a: undefined }],
    [10n],
    [() => 1],
    ['\uD800'],
    [{ '\uDC00': 1 }],
    [
      {
        get a(): never {
          throw new Error('no');
        },
      },
    ],
    [Array.from({ length: 100 }).reduce<unknown>((inner) => [inner], 1)],
  ])('refuses what is no JSON: %#', (value) => {
    expect(canonicalJson(value).ok).toBe(false);
  });
});

describe('parseJson', () => {
  const parse = (text: string | Uint8Array) => parseJson(text, 10_000);

  it('reads what canonicalJson writes, and what JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(3), (value, indent) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        const text = canonicalJson(plain);
        if (!text.ok) return;
        expect(parse(text.value)).toEqual({ ok: true, value: JSON.parse(text.value) });
        expect(parse(JSON.stringify(plain, null, indent)).ok).toBe(true);
      }),
    );
  });

  it.each([
    ['{"a":1,"a":1}', 'the member “a” stands twice'],
    ['{"a":1,"\\u0061":2}', 'the member “a” stands twice'],
    ['1.0', 'canonical form'],
    ['-0', 'canonical form'],
    ['1e2', 'canonical form'],
    ['12345678901234567891', 'canonical form'],
    ['1e999', 'canonical form'],
    ['01', 'expected the end'],
    ['"\\ud800"', 'half of a surrogate pair'],
    ['[1,]', 'expected a value'],
    ['{"a":1,}', 'expected a string'],
    ['{"a" 1}', 'expected a colon'],
    ['[1 2]', 'expected a comma or ]'],
    ["{'a':1}", 'expected a string'],
    ['"a\nb"', 'expected a string'],
    ['1 2', 'expected the end'],
    ['', 'expected a value'],
    ['\uFEFF1', 'expected a value'],
    ['NaN', 'expected a value'],
    ['['.repeat(100), 'nested deeper than 64'],
    ['"'.padEnd(20_000, 'a'), 'longer than 10000 bytes'],
  ])('refuses %j', (text, reason) => {
    expect(parse(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  it('makes an own member of __proto__', () => {
    const parsed = parse('{"__proto__":{"a":1}}');
    expect(parsed.ok && Object.keys(parsed.value as object)).toEqual(['__proto__']);
    expect(parsed.ok && canonicalJson(parsed.value)).toEqual({
      ok: true,
      value: '{"__proto__":{"a":1}}',
    });
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(parse(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toEqual({
      ok: false,
      reason: 'it is not UTF-8',
    });
  });
});
