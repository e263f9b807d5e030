import { describe, expect, it } from '@jest/globals';
import type { Match, Statement, Term } from '#consent/domain';
import type { Ask } from '#lookup/domain';
import { RANK, verdictOfItem, verdictOn } from './verdict.js';

const HOUR = 3_600_000;
const AS_OF = Date.UTC(2026, 10, 28);
const TRAIN = 'ai.train.generative' as const;
const STREAM = 'access.stream' as const;

function matched(terms: readonly Term[], more: Partial<Statement> = {}): Match[] {
  const work = {
    ...{ workId: 'w0', kind: 'text' as const, embodies: [], contains: [], samples: [] },
    claims: [
      {
        ...{ party: 'p0', layer: 'text' as const, sharePpm: 1_000_000, level: 3 as const },
        ...{ exclusive: false, state: 'active' as const, madeAt: 0 },
      },
    ],
    statements: [
      {
        ...{ declarationId: 'd0', party: 'p0', layer: 'text' as const, recordedAt: 0, terms },
        ...{ subject: { kind: 'work' as const, id: 'w0' } },
        ...more,
      },
    ],
  };
  return [{ work, confidence: 1, how: 'identifier' }];
}

const ask = (more: Partial<Ask> = {}): Ask => ({
  purposes: [TRAIN],
  inquiry: { lawfulSource: true },
  unknownPolicy: 'deny',
  ...more,
});
const at = (now = AS_OF) => ({ asOf: AS_OF, now });
const allow = (purpose: Term['purpose'], more: Partial<Term> = {}): Term =>
  ({ purpose, decision: 'allow', ...more }) as Term;

describe('verdictOn', () => {
  it('allows what every purpose permits', () => {
    const both = matched([allow(TRAIN), allow(STREAM)]);
    expect(verdictOn(both, ask({ purposes: [TRAIN, STREAM] }), at())).toEqual({
      rank: RANK.allowed,
      reasons: '',
    });
  });
  it('names the duties of what is allowed with duties', () => {
    const terms = [allow(TRAIN, { duties: [{ kind: 'attribute' }] } as Partial<Term>)];
    expect(verdictOn(matched(terms), ask(), at())).toEqual({
      rank: RANK.allowed,
      reasons: `${TRAIN} permitted_with_duties attribute`,
    });
  });
  it('refuses where one of several purposes is refused', () => {
    const terms = [allow(TRAIN), { purpose: STREAM, decision: 'deny' } as Term];
    expect(verdictOn(matched(terms), ask({ purposes: [TRAIN, STREAM] }), at())).toMatchObject({
      rank: RANK.refused,
      reasons: `${STREAM} denied deny`,
    });
  });
  it.each(['deny', 'refer', 'allow_at_own_risk'] as const)(
    'leaves unknown what nobody has said, under the policy %s',
    (unknownPolicy) => {
      expect(verdictOn(matched([]), ask({ unknownPolicy }), at()).rank).toBe(RANK.unknown);
    },
  );
  it('is unknown where nothing was asked', () => {
    expect(verdictOn(matched([allow(TRAIN)]), ask({ purposes: [] }), at()).rank).toBe(RANK.unknown);
  });
  it('does not go on with a permission that has ended since the snapshot', () => {
    const ends = matched([allow(TRAIN)], { effectiveUntil: AS_OF + HOUR });
    expect(verdictOn(ends, ask(), at(AS_OF + HOUR - 1)).rank).toBe(RANK.allowed);
    expect(verdictOn(ends, ask(), at(AS_OF + HOUR)).rank).toBe(RANK.unknown);
  });
  it('does not give a permission before the snapshot has it', () => {
    const comes = matched([allow(TRAIN)], { effectiveFrom: AS_OF + HOUR });
    expect(verdictOn(comes, ask(), at(AS_OF + 2 * HOUR)).rank).toBe(RANK.unknown);
  });
});

describe('what a registry answered', () => {
  const told = (outcome: string, more = {}) => ({ purposes: { [TRAIN]: { outcome, ...more } } });
  const duties = [{ kind: 'attribute' }, { kind: 'attribute' }, { kind: 'compensate' }];

  it.each<[string, Parameters<typeof verdictOfItem>[0], number, string]>([
    ['permitted', told('permitted'), RANK.allowed, ''],
    [
      'permitted with duties',
      told('permitted_with_duties', { duties }),
      RANK.allowed,
      `${TRAIN} permitted_with_duties attribute+compensate`,
    ],
    ['unknown', told('unknown', { reasons: ['silent'] }), RANK.unknown, `${TRAIN} unknown silent`],
    ['denied', told('denied', { reasons: ['deny'] }), RANK.refused, `${TRAIN} denied deny`],
    ['new to us', told('blessed'), RANK.refused, `${TRAIN} blessed`],
    ['missing', { purposes: {} }, RANK.refused, `${TRAIN} not_answered`],
    ['no object at all', {}, RANK.refused, `${TRAIN} not_answered`],
  ])('and is %s', (_, item, rank, reasons) => {
    expect(verdictOfItem(item, [TRAIN])).toEqual({ rank, reasons });
  });

  it('is as strict as the strictest purpose, and nothing where nothing was asked', () => {
    const item = {
      purposes: { [TRAIN]: { outcome: 'permitted' }, [STREAM]: { outcome: 'denied' } },
    };
    expect(verdictOfItem(item, [TRAIN, STREAM]).rank).toBe(RANK.refused);
    expect(verdictOfItem(item, []).rank).toBe(RANK.unknown);
  });
});
