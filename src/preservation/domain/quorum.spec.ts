import { describe, expect, it } from '@jest/globals';
import { agreedMonths, objectionEnd, roundOf, type Step, verdictOf } from './quorum.js';

const step = (state: Step['state'], partyId: string | null = null, rest: Partial<Step> = {}) => ({
  ...{ state, partyId, months: null, inEffectAt: null },
  ...rest,
});
const archives = (count: number) => new Set(Array.from({ length: count }, (_, at) => `a${at}`));
const declaredBy = (count: number) =>
  [...archives(count)].map((partyId) => step('declared', partyId));
const dissentsOf = (...parties: string[]) => parties.map((partyId) => step('dissented', partyId));

describe('verdictOf', () => {
  it.each<[string, Step[], number, 'in_effect' | 'dropped' | null]>([
    ['nobody', [], 0, null],
    ['the only archive that holds it', declaredBy(1), 1, null],
    ['one of two', declaredBy(1), 2, null],
    ['both', declaredBy(2), 2, 'in_effect'],
    ['two of three', declaredBy(2), 3, null],
    ['three of four', declaredBy(3), 4, 'in_effect'],
    ['74 of 100', declaredBy(74), 100, null],
    ['75 of 100', declaredBy(75), 100, 'in_effect'],
    [
      'ten of twelve, two dissent',
      [...declaredBy(10), ...dissentsOf('a10', 'a11')],
      12,
      'in_effect',
    ],
    [
      'ten of thirteen, three dissent',
      [...declaredBy(10), ...dissentsOf('a10', 'a11', 'a12')],
      13,
      'dropped',
    ],
    ['strangers who hold nothing', [step('declared', 'x'), step('declared', 'y')], 4, null],
    ['dissents of strangers', [...declaredBy(4), ...dissentsOf('x', 'y', 'z')], 4, 'in_effect'],
    ['one archive twice', [step('declared', 'a0'), step('declared', 'a0')], 2, null],
    ['one that changed its mind', [...declaredBy(2), ...dissentsOf('a1')], 2, null],
    [
      'what is in effect already',
      [...declaredBy(2), step('in_effect', null, { inEffectAt: 9 })],
      2,
      null,
    ],
    [
      'two, but before an objection',
      [...declaredBy(1), step('objected', 'r'), step('declared', 'a1')],
      2,
      null,
    ],
  ])('of %s', (_, steps, holders, verdict) => {
    expect(verdictOf(roundOf(steps), archives(holders))).toBe(verdict);
  });
});

describe('agreedMonths', () => {
  it('is the least that anybody says, and nothing when one does not say', () => {
    const said = (...months: (number | null)[]) =>
      agreedMonths(
        roundOf(months.map((one, at) => step('declared', `a${at}`, { months: one }))),
        archives(5),
      );
    expect([said(12, 7, 30), said(12, null), said(3)]).toEqual([7, null, 3]);
  });
});

describe('objectionEnd', () => {
  it.each([
    ['2026-03-01T10:00:00Z', '2026-09-01T10:00:00.000Z'],
    ['2026-08-31T00:00:00Z', '2027-03-03T00:00:00.000Z'],
  ])('is six months after %s, and never sooner', (from, end) => {
    expect(new Date(objectionEnd(Date.parse(from))).toISOString()).toBe(end);
  });
});
