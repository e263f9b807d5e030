import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COUNTRIES, covers, EU_MEMBERS, isTerritoryCode, meet, overlaps } from './territory.js';
import type { Territory } from './territory.js';

const code = fc.constantFrom('DE', 'FR', 'US', 'EU', 'WORLD', 'JP');
const territory: fc.Arbitrary<Territory | undefined> = fc.option(
  fc.record({
    include: fc.uniqueArray(code, { minLength: 1 }),
    exclude: fc.option(fc.uniqueArray(code), { nil: undefined }),
  }),
  { nil: undefined },
);
const asked = fc.option(code, { nil: undefined });

describe('territory', () => {
  it('knows 249 countries and 27 members of the Union', () => {
    expect(new Set(COUNTRIES).size).toBe(249);
    expect([...COUNTRIES].sort()).toEqual(COUNTRIES);
    expect(EU_MEMBERS).toHaveLength(27);
    expect(EU_MEMBERS.every((one) => COUNTRIES.includes(one))).toBe(true);
    expect(EU_MEMBERS).not.toContain('GB');
  });

  it.each(['de', 'UK', 'XX', 'EUR', '', 'World', null, 7])('takes %j for no code', (value) => {
    expect(isTerritoryCode(value)).toBe(false);
  });

  it.each<[Territory | undefined, string | undefined, boolean]>([
    [undefined, undefined, true],
    [undefined, 'WORLD', true],
    [{ include: ['WORLD'] }, undefined, true],
    [{ include: ['WORLD'] }, 'DE', true],
    [{ include: ['WORLD'], exclude: ['DE'] }, 'FR', true],
    [{ include: ['WORLD'], exclude: ['DE'] }, 'DE', false],
    [{ include: ['WORLD'], exclude: ['DE'] }, 'EU', false],
    [{ include: ['WORLD'], exclude: ['US'] }, 'EU', true],
    [{ include: ['WORLD'], exclude: ['US'] }, 'WORLD', false],
    [{ include: ['WORLD'], exclude: ['US'] }, undefined, false],
    [{ include: ['WORLD'], exclude: ['EU'] }, 'DE', false],
    [{ include: ['EU'] }, 'DE', true],
    [{ include: ['EU'] }, 'GB', false],
    [{ include: ['EU'] }, 'EU', true],
    [{ include: ['EU'] }, 'WORLD', false],
    [{ include: ['EU'] }, undefined, false],
    [{ include: [...EU_MEMBERS] }, 'EU', true],
    [{ include: EU_MEMBERS.slice(1) }, 'EU', false],
    [{ include: [...COUNTRIES] }, 'WORLD', true],
    [{ include: ['DE'] }, 'DE', true],
    [{ include: ['DE'] }, 'FR', false],
  ])('%j covers %s: %s', (one, place, expected) => {
    expect(covers(one, place)).toBe(expected);
  });

  it('covers only what it overlaps', () => {
    fc.assert(
      fc.property(territory, asked, (one, place) => {
        expect(!covers(one, place) || overlaps(one, place)).toBe(true);
      }),
    );
  });

  it('meets another the same way round, and only where both overlap the place', () => {
    fc.assert(
      fc.property(territory, territory, asked, (a, b, place) => {
        expect(meet(a, b, place)).toBe(meet(b, a, place));
        expect(!meet(a, b, place) || (overlaps(a, place) && overlaps(b, place))).toBe(true);
      }),
    );
  });
});
