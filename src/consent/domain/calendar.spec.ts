import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anniversaryOf, instantOf } from './calendar.js';

describe('instantOf', () => {
  it('agrees with the platform calendar on every instant', () => {
    const min = new Date('0001-01-01T00:00:00Z');
    const max = new Date('9999-12-31T23:59:59Z');
    fc.assert(
      fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
        const text = date.toISOString();
        expect(instantOf(text)).toBe(date.getTime());
        expect(instantOf(text.slice(0, 10))).toBe(Date.parse(text.slice(0, 10)));
      }),
    );
  });

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00',
    '2026-01-01T00:00:00+01:00',
    '2026-01-01 00:00:00Z',
    '2026-01-01T00:00:00.00Z',
    '+02026-01-01',
    '',
  ])('refuses %j', (text) => {
    expect(instantOf(text)).toBeNaN();
  });
});

describe('anniversaryOf', () => {
  it.each([
    ['2016-06-01', 10, '2026-06-01'],
    ['2016-06', 10, '2026-07-01'],
    ['2016-12', 10, '2027-01-01'],
    ['2016', 10, '2027-01-01'],
    ['2016-02-29', 1, '2017-03-01'],
  ])('%s and %i years make %s', (date, years, expected) => {
    expect(anniversaryOf(date, years)).toBe(Date.parse(expected));
  });

  it.each(['2016-13', '2016-02-30', 'long ago', '20'])('does not know %j', (date) => {
    expect(anniversaryOf(date, 1)).toBeNaN();
  });

  it('does not know a date that is absent', () => {
    expect(anniversaryOf(undefined, 1)).toBeNaN();
  });
});
