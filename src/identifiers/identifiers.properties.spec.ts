import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mod37Radix36 } from './check-digit.js';
import {
  detectScheme,
  displayIdentifier,
  isSchemeName,
  parseIdentifier,
  SCHEMES,
  type SchemeName,
} from './index.js';

const ALPHABET_36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const names = Object.keys(SCHEMES) as SchemeName[];
const anyName = fc.constantFrom(...names);
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const alphanumerics = (length: number) =>
  fc.string({ unit: fc.constantFrom(...ALPHABET_36), minLength: length, maxLength: length });
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const base62 = fc.string({
  unit: fc.constantFrom(...ALPHABET_36, ...ALPHABET_36.toLowerCase().slice(10)),
  minLength: 22,
  maxLength: 22,
});

/** Completes a body by the check digit that a refusal names; the vectors vouch for the algorithms. */
function completed(scheme: SchemeName, body: string, wrongCheck = '0'): string {
  const parsed = parseIdentifier(scheme, body + wrongCheck);
  if (parsed.ok) return parsed.value;
  return body + (parsed.expected ?? '');
}

/** Canonical values of the schemes that have a check digit, made from random bodies. */
const CHECKED: Partial<Record<SchemeName, fc.Arbitrary<string>>> = {
  iswc: digits(9).map((body) => completed('iswc', `T${body}`)),
  isni: digits(15).map((body) => completed('isni', body)),
  orcid: digits(15).map((body) => completed('orcid', body)),
  'ipi-name': digits(9)
    .filter((body) => !/^0+$/.test(body))
    .map((body) => completed('ipi-name', body, '00')),
  'ipi-base': digits(9).map((body) => completed('ipi-base', `I${body}`)),
  gtin: digits(12).map((body) => completed('gtin', `1${body}`)),
  isbn: digits(9).map((body) => completed('isbn', `978${body}`)),
  ismn: digits(8).map((body) => completed('ismn', `9790${body}`)),
  issn: digits(6).map((body) => completed('issn', `1${body}`)),
  grid: alphanumerics(15).map((body) => `A1${body}${mod37Radix36(`A1${body}`)}`),
  dpid: digits(10).map((body) => completed('dpid', `PADPIDA${body}`)),
};

const checkedValue = fc
  .constantFrom(...(Object.keys(CHECKED) as SchemeName[]))
  .chain((scheme) => fc.tuple(fc.constant(scheme), CHECKED[scheme] ?? fc.constant('')));

/** Raw text close to what each scheme reads, so that many of the runs are accepted. */
const plausible: fc.Arbitrary<[SchemeName, string]> = fc.oneof(
  checkedValue,
  fc.tuple(
    fc.constant<SchemeName>('isrc'),
    fc.tuple(alphanumerics(3), digits(7)).map(([prefix, rest]) => `US-${prefix}-${rest}`),
  ),
  fc.tuple(
    fc.constant<SchemeName>('doi'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).map((name) => `10.1000/${name}`),
  ),
  fc.tuple(
    fc.constant<SchemeName>('doi'),
    fc.webPath().map((path) => `https://doi.org/10.1000/X${path}`),
  ),
  fc.tuple(fc.constantFrom<SchemeName>('spotify-track', 'spotify-artist'), base62),
  fc.tuple(fc.constantFrom<SchemeName>('mbid', 'mbid-work', 'acoustid'), fc.uuid()),
  fc.tuple(fc.constantFrom<SchemeName>('sha256', 'blake3'), hex(64)),
  fc.tuple(fc.constant<SchemeName>('hfa'), alphanumerics(6)),
  fc.tuple(
    fc.constantFrom<SchemeName>('apple', 'deezer', 'tidal', 'discogs'),
    fc.integer({ min: 1 }).map(String),
  ),
  anyName.map((name): [SchemeName, string] => [name, SCHEMES[name].example]),
  fc.tuple(anyName, fc.string({ unit: 'binary' })),
);

describe('every scheme', () => {
  it('never throws, and always answers with a value or a reason', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.string({
        unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      }),
      plausible.map(([, typed]) => typed),
    );
    fc.assert(
      fc.property(anyName, anything, (scheme, raw) => {
        const parsed = parseIdentifier(scheme, raw);
        expect(parsed.ok ? parsed.value : parsed.detail).not.toBe('');
        const detected = detectScheme(raw);
        expect(detected === null || isSchemeName(detected)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('reads its canonical values and their display forms back unchanged', () => {
    let acceptedCount = 0;
    fc.assert(
      fc.property(plausible, ([scheme, typed]) => {
        const parsed = parseIdentifier(scheme, typed);
        if (!parsed.ok) return;
        acceptedCount++;
        const { value } = parsed;
        expect(parsed.repaired).toBe(value !== typed);
        expect(parseIdentifier(scheme, value)).toEqual({
          ok: true,
          scheme,
          value,
          repaired: false,
        });
        expect(parseIdentifier(scheme, displayIdentifier(scheme, value))).toMatchObject({ value });
      }),
      { numRuns: 3000 },
    );
    expect(acceptedCount).toBeGreaterThan(1000);
  });

  it('does not mind spaces around, separators of print, or full-width digits', () => {
    const fullWidth = (text: string) =>
      text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(checkedValue, ([scheme, value]) => {
        const written = displayIdentifier(scheme, value);
        const typed = `\u00a0${fullWidth(written).replaceAll('-', '\u2011')} `;
        expect(parseIdentifier(scheme, typed)).toMatchObject({ ok: true, value, repaired: true });
      }),
    );
  });
});

/**
 * Where the algorithm of a scheme cannot see that one digit changed by `difference`.
 *
 * ISWC and IPI base number multiply by 1 to 9 modulo 10, so a weight that shares a factor with 10
 * hides differences. The IPI name number writes both remainders 0 and 1 as 00. All others see
 * every change of one digit.
 */
function isInvisible(
  scheme: SchemeName,
  value: string,
  index: number,
  difference: number,
): boolean {
  if (scheme === 'iswc' || scheme === 'ipi-base') {
    return index < 10 && (index * difference) % 10 === 0;
  }
  return scheme === 'ipi-name' && value.endsWith('00') && index < 9;
}

describe('a check digit', () => {
  it('shows that one digit was changed, except where its weights cannot', () => {
    const changed = fc.tuple(checkedValue, fc.nat(), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(changed, ([[scheme, value], place, difference]) => {
        const places = [...value].flatMap((character, index) =>
          /\d/.test(character) ? [index] : [],
        );
        const index = places[place % places.length] ?? 0;
        const digit = (Number(value[index]) + difference) % 10;
        const typed = value.slice(0, index) + digit + value.slice(index + 1);
        fc.pre(!isInvisible(scheme, value, index, difference));
        expect(parseIdentifier(scheme, typed)).toMatchObject({ ok: false });
      }),
      { numRuns: 3000 },
    );
  });

  it('cannot show some changes in an ISWC, which are therefore accepted', () => {
    expect(parseIdentifier('iswc', 'T0345246801').ok).toBe(true);
    expect(parseIdentifier('iswc', 'T0345446801').ok).toBe(true);
  });
});

describe('a Spotify id', () => {
  it('is accepted exactly when its base 62 value is below 2^128', () => {
    const alphabet = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const nearLimit = base62.map((id) => `7N42dg${id.slice(6)}`);
    fc.assert(
      fc.property(fc.oneof(base62, nearLimit), (id) => {
        let value = 0n;
        for (const character of id) value = value * 62n + BigInt(alphabet.indexOf(character));
        expect(parseIdentifier('spotify-track', id).ok).toBe(value < 1n << 128n);
      }),
    );
  });
});
