import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { doneLine, type Erasure, intendedLine, readJournal } from './journal.js';

const id = (prefix: string, nth: number) => `${prefix}_${String(nth).padStart(26, '0')}`;
const erasure = (nth: number): Erasure => ({
  erasureId: id('era', nth),
  at: 1_764_000_000_000 + nth,
  reason: 'own_wish',
  accountIds: [id('acc', nth)],
  partyIds: [id('pty', nth)],
  workIds: [id('wrk', nth), id('wrk', nth + 1)],
});

describe('readJournal', () => {
  it('gives back what was written, and what of it is done', () => {
    const text = [
      intendedLine(erasure(1)),
      intendedLine(erasure(2)),
      doneLine(erasure(1).erasureId, 5),
    ];
    expect(readJournal(text.join(''))).toEqual({
      ok: true,
      erasures: [
        { ...erasure(1), isDone: true },
        { ...erasure(2), isDone: false },
      ],
    });
    expect(readJournal('')).toEqual({ ok: true, erasures: [] });
  });

  it.each([
    ['a line that is cut off', intendedLine(erasure(1)).slice(0, -1)],
    ['an empty line', '\n'],
    ['something else', '{"v":1}\n'],
    ['another version', intendedLine(erasure(1)).replace('"v":1', '"v":2')],
    ['a reason in words', intendedLine(erasure(1)).replace('own_wish', 'Mara wrote to us')],
    ['a name for an id', intendedLine(erasure(1)).replace(id('pty', 1), 'Mara')],
    ['an erasure twice', intendedLine(erasure(1)).repeat(2)],
    ['an end without a beginning', doneLine(id('era', 9), 1)],
  ])('refuses %s by its line', (_, bad) => {
    const text = `${intendedLine(erasure(8))}${bad}`;
    expect(readJournal(text)).toMatchObject({ ok: false, reason: expect.any(String) });
    expect((readJournal(text) as { line: number }).line).toBeGreaterThan(1);
  });

  it('throws on nothing', () => {
    fc.assert(fc.property(fc.string(), (text) => void readJournal(`${text}\n`)));
    fc.assert(fc.property(fc.json(), (text) => void readJournal(`${text}\n`)));
  });
});
