import { beforeEach, describe, expect, it } from '@jest/globals';
import { evaluate } from '#consent/domain';
import type { Ask } from './domain/ask.js';
import type { Known } from './domain/known.js';
import { LastingAnswer } from './domain/lasting-answer.js';
import type { StandingClaim, WorkStanding } from './domain/standing.js';
import type { SubjectKey } from './domain/statements.js';
import type { SubjectStatements } from './domain/subject-statements.js';
import { LookupMemory } from './lookup-memory.service.js';
import type { KnownLog, LogHead } from './lookup.query.js';

const T = Date.parse('2026-06-01T00:00:00Z');
const ASK: Ask = { purposes: ['ai', 'access'], inquiry: {}, unknownPolicy: 'deny' };
const A = 'party:A';
const C = 'catalogue:C';
/** The number of the standing that most tests ask about. */
const ID = 7;

const claim: StandingClaim = {
  party: 'A',
  layer: 'recording',
  sharePpm: 1_000_000,
  level: 3,
  exclusive: false,
  disputed: false,
};
/** Rests on what A says of everything it holds, and of its catalogue C. */
const STANDING: WorkStanding = {
  kind: 'recording',
  claims: [claim],
  statements: [],
  catalogues: ['C'],
  releases: [],
  embodies: [],
  contains: [],
  samples: [],
};

let memory: LookupMemory;
beforeEach(() => {
  memory = new LookupMemory();
  see(10);
});

/** Histories are told apart by a letter; two of them have no leaf in common. */
const tipOf = (history: string, size: number) => `${history}${size}`;
const markOf = (size: number, history = 'a') => {
  const root = `\\x${Buffer.from(tipOf(history, size)).toString('hex')}`;
  return { size: String(size), root, recordedAtMs: String(T) };
};

/** A statement that was sent when `asked` was known saw this log. */
function see(
  size: number,
  changed: readonly string[] | null = [],
  { asked = memory.knownLog, history = 'a' }: { asked?: KnownLog; history?: string } = {},
): LogHead {
  const tie = asked.head.size > size ? '-' : tipOf(history, asked.head.size);
  const news = { tie, tip: tipOf(history, size), changed };
  return memory.observe(asked, { mark: markOf(size, history), news });
}

/** Reads what is said of a subject, the last of it at an index, in a snapshot of this size. */
function read(key: SubjectKey, lastIndex: number, size?: number): SubjectStatements {
  const about = { statements: [], lastIndex, countsFromRelease: false };
  const load = memory.beginLoading(size);
  memory.keepAbout(load, key, about);
  memory.endLoading(load);
  return about;
}

function knownOf(...entries: [SubjectKey, SubjectStatements][]): Known {
  const subjects = new Map(entries);
  return {
    subject: (key) => subjects.get(key)!,
    about: (key) => subjects.get(key)!.statements,
    termSet: () => ({ terms: [] }),
  };
}

/** Everything that the standing rests on, read and remembered at the known log. */
const readAll = (lastIndex = 3): Known => knownOf([A, read(A, lastIndex)], [C, read(C, -1)]);

function someAnswer(): LastingAnswer {
  const inquiry = { asOf: T, unknownPolicy: 'deny' as const };
  const answers = ASK.purposes.map((purpose) => evaluate([], inquiry, purpose));
  return new LastingAnswer('recording', 'not_found', answers, T);
}

/** Keeps an answer for the standing, as a lookup at the known log does. */
function keepOne(known = readAll(), ask = ASK): LastingAnswer {
  const answer = someAnswer();
  memory.answersTo(ask, known, memory.knownLog.head.size).keep(ID, STANDING, answer);
  return answer;
}

const given = (ask = ASK, size = memory.knownLog.head.size) =>
  memory.answersTo(ask, knownOf(), size).answer(ID);

describe('a remembered answer', () => {
  it('is given again to the same ask for the same standing', () => {
    const answer = keepOne();
    expect(given()).toBe(answer);
    expect(given({ ...ASK, inquiry: {} })).toBe(answer);
    expect(memory.answersTo(ASK, knownOf(), 10).answer(ID + 1)).toBeUndefined();
  });

  it.each<[string, Partial<Ask>]>([
    ['other purposes', { purposes: ['ai'] }],
    ['another policy', { unknownPolicy: 'refer' }],
    ['a place', { inquiry: { territory: 'DE' } }],
    ['an inquirer', { inquiry: { inquirer: 'pty_1' } }],
    ['a model', { inquiry: { modelRelease: 'm"],"deny"' } }],
    ['limits that are accepted', { inquiry: { accepts: ['volumeCap'] } }],
  ])('is not given to an ask with %s', (_, other) => {
    const answer = keepOne();
    expect(given({ ...ASK, ...other })).toBeUndefined();
    const another = keepOne(undefined, { ...ASK, ...other });
    expect(given({ ...ASK, ...other })).toBe(another);
    expect(given()).not.toBe(another);
    expect(answer).not.toBe(another);
  });

  it('is given as the log grows by what it does not rest on', () => {
    const answer = keepOne();
    see(12, ['party:B', 'catalogue:D']);
    expect(given()).toBe(answer);
  });

  it.each([A, C])('is not given once something is declared about %s', (key) => {
    keepOne();
    see(12, ['party:B', key]);
    expect(given()).toBeUndefined();
    // Nor when what is said now has been read.
    readAll(11);
    expect(given()).toBeUndefined();
  });

  it('is not given when something is declared after it was looked for in vain', () => {
    const answers = memory.answersTo(ASK, knownOf(), 10);
    keepOne();
    see(12, [A]);
    expect(answers.answer(ID)).toBeUndefined();
  });

  it('is not given at a log that has less than the newest of what it rests on', () => {
    see(14);
    const answer = keepOne(readAll(12));
    expect(given(ASK, 13)).toBe(answer);
    expect(given(ASK, 12)).toBeUndefined();
  });

  it.each<[string, () => LogHead]>([
    ['somebody was erased, or too much was declared to name it', () => see(12, null)],
    ['the log went back', () => see(9)],
    ['the log has another history', () => see(12, [], { history: 'b' })],
    ['the log has another history of the same size', () => see(10, [], { history: 'b' })],
  ])('is forgotten when %s', (_, happen) => {
    const before = memory.answersTo(ASK, knownOf(), 20);
    keepOne();
    happen();
    const size = memory.knownLog.head.size;
    expect(given(ASK, Math.max(size, 10))).toBeUndefined();
    expect(before.answer(ID)).toBeUndefined();
  });

  it('is forgotten with a subject that so many others pushed out', () => {
    keepOne();
    for (let at = 0; at < 100_000; at += 1) read(`party:${at}`, -1);
    expect(memory.about(A, 10)).toBeUndefined();
    expect(given()).toBeUndefined();
  });

  it('is pushed out where answers would take more than 64 MiB', () => {
    const known = readAll();
    const answers = memory.answersTo(ASK, known, 10);
    const huge = Object.assign(someAnswer(), { length: 1024 * 1024 });
    for (let at = 0; at < 64; at += 1) answers.keep(at, STANDING, huge);
    expect(answers.answer(0)).toBeUndefined();
    expect(answers.answer(1)).toBe(huge);
    answers.keep(64, STANDING, Object.assign(someAnswer(), { length: 65 * 1024 * 1024 }));
    expect(answers.answer(64)).toBeUndefined();
  });

  it('is never given for another standing, however many asks there were', () => {
    Object.assign(memory, { lastAsk: 2 ** 21 - 3 });
    for (let at = 0; at < 6; at += 1) {
      const ask = { ...ASK, inquiry: { modelRelease: `m${at}` } };
      const answers = memory.answersTo(ask, readAll(), 10);
      const own = [1, 2, 3, 4, 2 ** 31 - 1].map((id) => ({ id, answer: someAnswer() }));
      for (const { id, answer } of own) answers.keep(id, STANDING, answer);
      for (const { id, answer } of own) expect(answers.answer(id)).toBe(answer);
    }
  });

  it('is never given to an ask whose number another one has by now', () => {
    const known = readAll();
    const before = memory.answersTo(ASK, known, 10);
    Object.assign(memory, { lastAsk: 2 ** 21 - 1 });
    const other = { ...ASK, inquiry: { territory: 'DE' as const } };
    keepOne(known, other);
    expect(given(other)).toBeDefined();
    expect(before.answer(ID)).toBeUndefined();
    before.keep(ID, STANDING, someAnswer());
    const answer = given(other);
    expect(answer).toBeDefined();
    expect(given()).toBeUndefined();
  });
});

describe('an answer is not remembered', () => {
  it.each([A, C])('where something was declared about %s while it was worked out', (key) => {
    const answers = memory.answersTo(ASK, readAll(), 10);
    see(12, [key]);
    answers.keep(ID, STANDING, someAnswer());
    expect(given()).toBeUndefined();
    readAll(11);
    answers.keep(ID, STANDING, someAnswer());
    expect(given()).toBeUndefined();
  });

  it('where a subject was pushed out or read anew meanwhile', () => {
    const answers = memory.answersTo(ASK, readAll(), 10);
    read(A, 3);
    answers.keep(ID, STANDING, someAnswer());
    expect(given()).toBeUndefined();
  });

  it('where a snapshot behind the known log was read for it', () => {
    see(12);
    const known = knownOf([A, read(A, 3, 11)], [C, read(C, -1, 11)]);
    memory.answersTo(ASK, known, 11).keep(ID, STANDING, someAnswer());
    expect(given()).toBeUndefined();
    expect(given(ASK, 11)).toBeUndefined();
  });

  it.each<[string, () => LogHead]>([
    ['an erasure', () => see(12, null)],
    ['a log that went back', () => see(9)],
    ['another history', () => see(12, [], { history: 'b' })],
  ])('where %s came before it was kept', (_, happen) => {
    // It rests on no subject: nothing else would tell that the terms of its own statements are gone.
    const standing = { ...STANDING, claims: [], catalogues: [] };
    const answers = memory.answersTo(ASK, knownOf(), 10);
    happen();
    answers.keep(ID, standing, someAnswer());
    expect(given(ASK, 20)).toBeUndefined();
  });

  it('where it was worked out in a snapshot of before an erasure that others saw', () => {
    see(12, null);
    const known = readAll();
    memory.answersTo(ASK, known, 11).keep(ID, STANDING, someAnswer());
    expect(given()).toBeUndefined();
    const answer = keepOne(known);
    expect(given()).toBe(answer);
    expect(given(ASK, 11)).toBeUndefined();
  });

  it('and none that was remembered since is given, by who began before a forgetting', () => {
    const before = memory.answersTo(ASK, knownOf(), 10);
    see(12, null);
    const answer = keepOne();
    expect(given()).toBe(answer);
    expect(before.answer(ID)).toBeUndefined();
  });
});

describe('what is said of a subject is not remembered', () => {
  it.each<[string, () => LogHead]>([
    ['something was declared about it', () => see(12, [A])],
    ['somebody was erased', () => see(12, null)],
    ['the log was restored', () => see(12, [], { history: 'b' })],
  ])('where %s while it was being read', (_, happen) => {
    const load = memory.beginLoading();
    happen();
    memory.keepAbout(load, A, { statements: [], lastIndex: 3, countsFromRelease: false });
    memory.endLoading(load);
    expect(memory.about(A, 20)).toBeUndefined();
  });
});

describe('words', () => {
  it('are not remembered from a snapshot of before an erasure that others saw', () => {
    see(12, null);
    const row = { standingId: ID, shape: '{"kind":"recording"}', refs: '' };
    for (const [seenSize, isKept] of [
      [11, false],
      [12, true],
    ] as const) {
      const load = memory.beginLoading(seenSize);
      memory.keepTermSet(load, 1, { terms: [] });
      expect(memory.keepStanding(load, row)).toMatchObject({ kind: 'recording' });
      memory.endLoading(load);
      expect(memory.termSet(1) !== undefined).toBe(isKept);
      expect(memory.standing(ID) !== undefined).toBe(isKept);
    }
  });
});

describe('the log that is known', () => {
  it('does not go back when a slow reading brings an erasure that others saw', () => {
    const asked = memory.knownLog;
    see(12, null);
    see(20);
    const asking = memory.knownLog;
    see(12, null, { asked });
    expect(memory.knownLog.head.size).toBe(20);
    // What that reading saw at 12 is not what is true at 20, which another one is answered from.
    read(A, 3, 12);
    expect(memory.covers(asking, markOf(20))).toBe(true);
    expect(memory.about(A, 20)).toBeUndefined();
  });

  it('is that of the restored log, whoever sees it first', () => {
    const asked = memory.knownLog;
    see(20);
    see(12, [], { history: 'b' });
    expect(memory.knownLog).toMatchObject({ head: { size: 12 }, tip: 'b12' });
    see(13, [], { history: 'b', asked });
    expect(memory.knownLog).toMatchObject({ head: { size: 13 }, tip: 'b13' });
    see(12, [], { history: 'b', asked });
    expect(memory.knownLog).toMatchObject({ head: { size: 13 }, tip: 'b13' });
  });

  it('covers no log of before it was restored', () => {
    see(20);
    const asked = memory.knownLog;
    expect(memory.covers(asked, markOf(20))).toBe(true);
    see(12, [], { history: 'b' });
    expect(memory.covers(asked, markOf(20))).toBe(false);
  });

  it('covers what lies between the log that was asked from and itself, and no other root', () => {
    const asked = memory.knownLog;
    see(20);
    expect(memory.covers(asked, markOf(10))).toBe(true);
    expect(memory.covers(asked, markOf(10, 'b'))).toBe(false);
    expect(memory.covers(asked, markOf(15))).toBe(true);
    expect(memory.covers(asked, markOf(9))).toBe(false);
    expect(memory.covers(asked, markOf(21))).toBe(false);
  });
});
