import { describe, expect, it } from '@jest/globals';
import { isSessionAlive, isSessionToken, newSessionToken } from './session-lifetime.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('isSessionAlive', () => {
  const session = { lastUsedAt: 0, expiresAt: 12 * HOUR };

  it('ends half an hour after the last use, to the millisecond', () => {
    expect(isSessionAlive(session, 30 * MINUTE - 1)).toBe(true);
    expect(isSessionAlive(session, 30 * MINUTE)).toBe(false);
  });

  it('ends after twelve hours however busy it is', () => {
    const busy = { ...session, lastUsedAt: 12 * HOUR - 1 };
    expect(isSessionAlive(busy, 12 * HOUR - 1)).toBe(true);
    expect(isSessionAlive(busy, 12 * HOUR)).toBe(false);
  });
});

describe('newSessionToken', () => {
  it('asks for 256 bits and writes them down after the prefix', () => {
    const asked: number[] = [];
    const token = newSessionToken((size) => {
      asked.push(size);
      return new Uint8Array(size).fill(255);
    });
    expect(asked).toEqual([32]);
    expect(token).toBe(`fses_${'_'.repeat(42)}8`);
    expect(isSessionToken(token)).toBe(true);
  });

  it.each([
    '',
    'fses_',
    `fses_${'a'.repeat(42)}`,
    `fses_${'a'.repeat(44)}`,
    `fmt_${'a'.repeat(43)}`,
  ])('takes %p for no token', (text) => {
    expect(isSessionToken(text)).toBe(false);
  });
});
