import { describe, expect, it } from '@jest/globals';
import { RANK } from './verdict.js';
import { VerdictWords } from './verdict-words.js';

const DENIED = { rank: RANK.refused, reasons: 'ai denied deny' } as const;
const SILENT = { rank: RANK.unknown, reasons: 'ai unknown silent' } as const;
const ALLOWED = { rank: RANK.allowed, reasons: '' } as const;

describe('words of verdicts', () => {
  const words = new VerdictWords([ALLOWED, SILENT, DENIED, ALLOWED, DENIED]);
  const wordOf = (code: number) => words.all.find((one) => one.code === code);

  it('are one for what is said alike', () => {
    expect(words.all).toHaveLength(3 + 4);
    expect(new Set(words.all.map(({ code }) => code)).size).toBe(7);
  });

  it.each([
    [DENIED, 'refused'],
    [SILENT, 'unknown'],
    [ALLOWED, 'allowed'],
  ] as const)('give %j its outcome and reasons', (verdict, outcome) => {
    expect(wordOf(words.codeOf(verdict))).toMatchObject({ ...verdict, outcome });
  });

  it.each([
    ['notFound', 'unknown', 'not_found'],
    ['absent', 'unknown', 'no_identifier'],
    ['invalid', 'invalid', 'invalid_identifier'],
    ['unreadable', 'invalid', 'unreadable_row'],
  ] as const)('say of a row that is %s: %s', (why, outcome, reasons) => {
    expect(wordOf(words.unspoken(why))).toMatchObject({ outcome, reasons });
  });

  it('have lower codes the stricter they are', () => {
    const byCode = [...words.all].sort((a, b) => a.code - b.code).map(({ rank }) => rank);
    expect(byCode).toEqual([...byCode].sort((a, b) => a - b));
    for (const [rank, first] of words.firstOfRanks) {
      expect(wordOf(first)?.rank).toBe(rank);
      expect(words.all.some((one) => one.rank === rank && one.code < first)).toBe(false);
    }
  });
});
