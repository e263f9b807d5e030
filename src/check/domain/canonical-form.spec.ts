import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseIdentifier, type SchemeName } from '#identifiers';
import { CANONICAL_FORM, isCanonical, isLoose, LOOSE_FORM } from './canonical-form.js';

/** What an engine decides by a form alone must be what the registry's own reader says. */

const matching = (form: string) => fc.stringMatching(new RegExp(`^(?:${form})$`));

describe.each(Object.entries(CANONICAL_FORM))('the form of %s', (scheme, form) => {
  it('fits canonical values alone', () => {
    fc.assert(
      fc.property(matching(form), (value) => {
        expect(parseIdentifier(scheme, value)).toMatchObject({ ok: true, value });
      }),
    );
  });
});

describe.each(Object.entries(LOOSE_FORM))('the loose form of %s', (scheme, form) => {
  it('is read by taking out hyphens and spaces, in capitals', () => {
    fc.assert(
      fc.property(matching(form), (typed) => {
        const value = typed.replace(/[- ]/g, '').toUpperCase();
        expect(parseIdentifier(scheme, typed)).toMatchObject({ ok: true, value });
        expect(isCanonical(scheme as SchemeName, value)).toBe(true);
      }),
    );
  });
});

describe('a form', () => {
  it.each(['USUG1190000', 'USUG119000000', 'usug11900000', 'USUG11900000\n', ' USUG11900000', ''])(
    'does not fit %j, which is not canonical',
    (value) => {
      expect(isCanonical('isrc', value)).toBe(false);
    },
  );
  it('is not there where a check digit decides', () => {
    expect(isCanonical('gtin', '00602547202895')).toBe(false);
    expect(isLoose('iswc', 'T-034.524.680-1')).toBe(false);
  });
});
