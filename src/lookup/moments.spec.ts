import { describe, expect, it } from '@jest/globals';
import type { Ask } from './domain/ask.js';
import { LookupMemory } from './lookup-memory.service.js';
import { Moments } from './moments.js';

const ASK: Ask = { purposes: ['ai'], inquiry: {}, unknownPolicy: 'deny' };
const T = Date.parse('2026-06-01T00:00:00Z');

const markOf = (size: number) => ({ size: String(size), root: `\\x0${size}`, recordedAtMs: '0' });
const headOf = (size: number) => ({ size, root: `root ${size}`, recordedAt: T - 1_000 });

describe('a moment', () => {
  it('serves the same ask at the same log for less than a tenth of a second', () => {
    const moments = new Moments(new LookupMemory());
    const first = moments.at(ASK, markOf(1), headOf(1), T);
    expect(first.asOf).toBe(T);
    expect(moments.at(ASK, markOf(1), headOf(1), T + 99)).toBe(first);
    expect(moments.at(ASK, markOf(1), headOf(1), T + 100)).toMatchObject({ asOf: T + 100 });
  });

  it('ends with the log that it was seen at', () => {
    const moments = new Moments(new LookupMemory());
    const first = moments.at(ASK, markOf(1), headOf(1), T);
    const second = moments.at(ASK, markOf(2), headOf(2), T + 1);
    expect(second).not.toBe(first);
    expect(second).toMatchObject({ asOf: T + 1, log: { size: 2 } });
  });

  it('is not shared by those who ask something else', () => {
    const moments = new Moments(new LookupMemory());
    const other: Ask = { ...ASK, unknownPolicy: 'refer' };
    const first = moments.at(ASK, markOf(1), headOf(1), T);
    expect(moments.at(other, markOf(1), headOf(1), T)).not.toBe(first);
  });

  it('never lies before the last leaf of its log, and ends when the clock goes back', () => {
    const moments = new Moments(new LookupMemory());
    const head = { ...headOf(1), recordedAt: T + 5 };
    expect(moments.at(ASK, markOf(1), head, T).asOf).toBe(T + 5);
    expect(moments.at(ASK, markOf(1), headOf(1), T - 50).asOf).toBe(T - 50);
  });
});
