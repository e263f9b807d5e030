import { describe, expect, it } from '@jest/globals';
import { dateOrderOf, NO_DATES, readDate, weighDate } from './dates.js';

const orderOf = (...cells: string[]) => dateOrderOf(cells.reduce(weighDate, NO_DATES));

describe('readDate', () => {
  it.each([
    ['2024-04-26', '2024-04-26'],
    ['2024/04/26', '2024-04-26'],
    ['20240426', '2024-04-26'],
    ['2024-04-26T23:30:00Z', '2024-04-26'],
    ['26.04.2024', '2024-04-26'],
    ['4/26/2024', '2024-04-26'],
    ['26/4/2024', '2024-04-26'],
    ['26 Apr 2024', '2024-04-26'],
    ['26-Apr-2024', '2024-04-26'],
    ['April 26, 2024', '2024-04-26'],
    ['Sept 3rd, 1999', '1999-09-03'],
    ['5/5/2024', '2024-05-05'],
    ['29/02/2024', '2024-02-29'],
  ])('reads %s as %s whatever the column says', (text, iso) => {
    expect(readDate(text, null)).toEqual({ kind: 'date', iso });
  });

  it.each([
    ['mdy', '2024-05-04'],
    ['dmy', '2024-04-05'],
  ] as const)('reads 5/4/2024 in the order %s of its column', (order, iso) => {
    expect(readDate('5/4/2024', order)).toEqual({ kind: 'date', iso });
  });

  it('does not guess which of 5 and 4 is the month', () => {
    expect(readDate('5/4/2024', null)).toEqual({ kind: 'ambiguous' });
  });

  it('reads dots as day before month, as they are written wherever they are written', () => {
    expect(readDate('05.04.2024', null)).toEqual({ kind: 'date', iso: '2024-04-05' });
  });

  it('refuses a day that the order of its column does not allow', () => {
    expect(readDate('4/26/2024', 'dmy').kind).toBe('unreadable');
  });

  it.each(['2024', '2024-05', '2024-00-00', '2024-05-00'])(
    'takes %s for part of a date',
    (text) => {
      expect(readDate(text, null)).toEqual({ kind: 'not_whole' });
    },
  );

  it.each(['', '-', 'N/A', 'null'])('takes %p for no date', (text) => {
    expect(readDate(text, null)).toEqual({ kind: 'none' });
  });

  it.each(['2024-02-30', '31/02/2024', '4/26/24', '45408', 'soon', '32 Apr 2024', '1 Foo 2024'])(
    'refuses %s with a hint',
    (text) => {
      expect(readDate(text, null)).toEqual({ kind: 'unreadable', hint: expect.any(String) });
    },
  );
});

describe('dateOrderOf', () => {
  it('learns the order from the cells that can be read one way only', () => {
    expect(orderOf('5/4/2024', '4/26/2024', '1/2/2024')).toBe('mdy');
    expect(orderOf('5/4/2024', '26/4/2024')).toBe('dmy');
  });

  it('stays undecided where all cells could be either or the column contradicts itself', () => {
    expect(orderOf('5/4/2024', '1/2/2024')).toBeNull();
    expect(orderOf('26/4/2024', '4/26/2024')).toBeNull();
  });
});
