import { describe, expect, it } from '@jest/globals';
import { encodeLeaf, type LeafDraft } from '#transparency/domain';
import { PublicState, ReplayFault } from './index.js';

const id = (prefix: string, end: string) => `${prefix}_01kaq3v8w6x9y2z4a5b7c8d9${end}`;
const [work, other] = [id('wrk', 'w1'), id('wrk', 'w2')];
const claims = [id('clm', 'c1'), id('clm', 'c2')];
const T = 1_764_000_000_000;

const born = (stream: string): LeafDraft => ({
  ...{ type: 'work', stream },
  content: { kind: 'recording', identifiers: [], links: [], catalogues: [] },
});
const claim = (at: number): LeafDraft => ({
  ...{ type: 'claim', stream: claims[at]! },
  content: {
    ...{ party: id('pty', `p${at + 1}`), work, layer: 'recording', role: 'owner' },
    ...{ sharePpm: 1_000_000, territory: null, exclusive: true, level: 3, method: 'party' },
    ...{ state: 'active', mandate: null, madeAt: null },
  },
});
const dispute = (change: object = {}): LeafDraft => ({
  ...{ type: 'dispute', stream: id('dsp', 'q1') },
  content: {
    ...{ work, layer: 'recording', claims, openedBy: null, state: 'opened', how: null },
    ...change,
  },
});
const trigger = (change: object = {}): LeafDraft => ({
  ...{ type: 'trigger', stream: `${work}/label_ceased` },
  content: {
    ...{ work, kind: 'label_ceased', months: null, party: id('pty', 'p3'), evidence: null },
    ...{ state: 'declared', holders: null, inEffectAt: null },
    ...change,
  },
});
const inEffect = trigger({ state: 'in_effect', party: null, holders: 2, inEffectAt: T + 1_000 });
const objected = trigger({ state: 'objected', party: id('pty', 'p1') });

/** What the log says of leaves that come after two works and two claims: a fault, or `taken`. */
function taken(drafts: readonly LeafDraft[], t: (at: number) => number = () => T): string {
  const state = new PublicState();
  const streams = new Map<string, { n: number; last: number }>();
  try {
    for (const [at, draft] of [born(work), born(other), claim(0), claim(1), ...drafts].entries()) {
      const before = streams.get(draft.stream);
      const streamVersion = (before?.n ?? 0) + 1;
      streams.set(draft.stream, { n: streamVersion, last: at });
      const place = { streamVersion, previous: before?.last ?? null, recordedAt: t(at) };
      state.apply(encodeLeaf(draft, place));
    }
    return 'taken';
  } catch (fault) {
    if (fault instanceof ReplayFault) return fault.reason;
    throw fault;
  }
}

describe('a leaf of a dispute', () => {
  const ended = dispute({ state: 'resolved', how: 'lapsed' });

  it('is opened and resolved once', () => {
    expect(taken([dispute(), ended])).toBe('taken');
    expect(taken([dispute(), ended, ended])).toContain('opened, then resolved');
    expect(taken([ended])).toContain('opened, then resolved');
  });

  it.each<[object, string]>([
    [{ work: id('wrk', 'w9') }, 'a work that the log does not know'],
    [{ work: other }, 'not on this layer of this work'],
    [{ layer: 'performance' }, 'not on this layer of this work'],
    [{ claims: [claims[0], id('clm', 'c9')] }, 'not on this layer of this work'],
    [{ claims: [claims[0]] }, 'two claims'],
    [{ how: 'upheld' }, 'how the dispute ended'],
    [{ openedBy: work }, 'nobody opened it'],
    [{ reason: 'because' }, 'there is no field reason'],
  ])('with %j is refused', (change, reason) => {
    expect(taken([dispute(change)])).toContain(reason);
  });
});

describe('a leaf of a trigger', () => {
  it('takes effect, unless it is stopped before its moment', () => {
    expect(taken([trigger(), inEffect, objected, trigger(), inEffect])).toBe('taken');
    expect(taken([inEffect, inEffect])).toContain('reached its quorum before');
    const late = (at: number) => (at > 4 ? T + 1_000 : T);
    expect(taken([inEffect, objected], late)).toContain('nothing stops it any more');
  });

  it.each<[object, string]>([
    [{ work: other }, 'its stream is not that of its work and kind'],
    [{ kind: 'date' }, 'its stream is not that of its work and kind'],
    [{ state: 'fired' }, 'no such state'],
    [{ party: null }, 'it names no party'],
    [{ state: 'in_effect', party: null }, 'says when'],
    [{ state: 'in_effect', party: null, inEffectAt: T }, 'says when'],
    [{ inEffectAt: T + 1 }, 'says when'],
  ])('with %j is refused', (change, reason) => {
    expect(taken([trigger(change)])).toContain(reason);
  });
});
