import { type Layer, type Purpose, PURPOSES } from '#vocabulary';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ClaimFact, Condition, Inquiry, PreservationTrigger } from '#consent/domain';
import type { Statement, Term, WorkFacts } from '#consent/domain';
import { evaluate } from '#consent/domain';
import { writePurposes } from './answer-text.js';
import { LastingAnswer } from './lasting-answer.js';

const NOON = Date.UTC(2026, 5, 1);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Of every family: their answers stand for a day, a day, a day and thirty days. */
const MIXED: readonly Purpose[] = [
  'preservation.ingest',
  'ai.input',
  'access.stream',
  'dataset.redistribute',
];

const ASKS: Omit<Inquiry, 'asOf'> = {
  territory: 'DE',
  actorClass: 'commercial',
  lawfulSource: true,
  unknownPolicy: 'deny',
};

/** The moments that answers differ by: asked when it was worked out, shortly before it ends, and between. */
const LATER = [0, 1, HOUR, DAY - 1, DAY, DAY + 1, 10 * DAY, 30 * DAY, 30 * DAY + 1, 400 * DAY];

function answersAt(work: WorkFacts | null, purposes: readonly Purpose[], asOf: number) {
  const matches = work === null ? [] : [{ work, how: 'identifier' as const, confidence: 1 }];
  return purposes.map((purpose) => evaluate(matches, { ...ASKS, asOf }, purpose));
}

const textAt = (work: WorkFacts | null, purposes: readonly Purpose[], asOf: number) =>
  writePurposes(answersAt(work, purposes, asOf), '');

const lastingAnswer = (work: WorkFacts | null, purposes = MIXED, from = NOON) =>
  new LastingAnswer('recording', 'found', answersAt(work, purposes, from), from);

const withoutEnds = (text: string) => text.replaceAll(/"validUntil":"[^"]*"/g, '');

const ALL: readonly Purpose[] = ['ai', 'access', 'preservation', 'dataset.redistribute'];
const ALLOW: Term[] = ALL.map((purpose) => ({ purpose, decision: 'allow' }));

const claim = (party: string, layer: Layer, more: Partial<ClaimFact>): ClaimFact => ({
  ...{ party, layer, sharePpm: 1_000_000, level: 3, exclusive: false, state: 'active' },
  ...{ madeAt: NOON - 180 * DAY, ...more },
});

/** A recording of one composition, as a standing names them. */
function songOf(
  claims: readonly ClaimFact[],
  statements: readonly Statement[],
  more: Partial<WorkFacts>,
): WorkFacts {
  const [none, { triggers }] = [{ embodies: [], contains: [], samples: [] }, more];
  const part = (isPart: (one: { readonly layer: Layer }) => boolean) => ({
    ...{ ...none, claims: claims.filter(isPart), statements: statements.filter(isPart) },
    ...(triggers ? { triggers } : {}),
  });
  const composition: WorkFacts = {
    ...{ workId: '~0', kind: 'composition' },
    ...part(({ layer }) => layer === 'composition'),
  };
  const own = part(({ layer }) => layer !== 'composition');
  return { workId: '', kind: 'recording', ...own, ...more, embodies: [composition] };
}

/** A song of one party that says the same about both layers. */
function song(
  terms: readonly Term[],
  more: Partial<Statement> = {},
  claimed: Partial<ClaimFact> = {},
  facts: Partial<WorkFacts> = {},
): WorkFacts {
  const layers: Layer[] = ['recording', 'composition'];
  const statements = layers.map((layer, logIndex): Statement => ({
    ...{ declarationId: `dec_${logIndex}`, logIndex, party: 'pty_A', layer, terms },
    ...{ subject: { kind: 'work', id: '' }, recordedAt: NOON - 150 * DAY, ...more },
  }));
  return songOf(
    layers.map((layer) => claim('pty_A', layer, claimed)),
    statements,
    facts,
  );
}

const when = (...conditions: Condition[]): Term[] =>
  ALLOW.map(({ purpose }) => ({ purpose, decision: 'conditional', conditions }));

const opening = (trigger: Omit<PreservationTrigger, 'effect'>): Partial<Statement> => ({
  preservationTerms: {
    accessMode: 'dark',
    triggers: [{ effect: { accessMode: 'onsite', delayDays: 2 }, ...trigger }],
  },
});

describe('an answer that lasts', () => {
  it.each<[string, WorkFacts | null, string | null]>([
    ['nothing registered', null, null],
    ['silence', song([]), null],
    ['a consent', song(ALLOW), null],
    ['an end within the day', song(ALLOW, { effectiveUntil: NOON + HOUR }), '2026-06-01T01:00Z'],
    ['an end at the very validity', song(ALLOW, { effectiveUntil: NOON + DAY }), '2026-06-02'],
    ['an end after the day', song(ALLOW, { effectiveUntil: NOON + 3 * DAY }), '2026-06-04'],
    ['an end after the month', song(ALLOW, { effectiveUntil: NOON + 92 * DAY }), '2026-09-01'],
    ['a begin to come', song(ALLOW, { effectiveFrom: NOON + 2 * DAY }), '2026-06-03'],
    ['an embargo', song(when({ kind: 'embargoUntil', date: '2026-06-10' })), '2026-06-10'],
    ['a period', song(when({ kind: 'period', until: '2026-07-15' })), '2026-07-15'],
    [
      'a claim that lapses',
      song([{ purpose: 'ai', decision: 'deny' }], {}, { level: 1, madeAt: NOON - 85 * DAY }),
      '2026-06-06',
    ],
    ['a claim that ends', song(ALLOW, {}, { until: NOON + 7 * DAY }), '2026-06-08'],
    [
      'a date that opens copies, with a delay',
      song(ALLOW, opening({ trigger: 'date', date: '2026-06-20' })),
      '2026-06-22',
    ],
    [
      'an anniversary, with a delay',
      song(
        ALLOW,
        opening({ trigger: 'release_anniversary', years: 10 }),
        {},
        {
          releasedOn: '2016-06-20',
        },
      ),
      '2026-06-22',
    ],
    [
      'what archives declared and comes into effect',
      song(
        when({ kind: 'trigger', trigger: 'delisted_everywhere' }),
        {},
        {},
        {
          triggers: [{ kind: 'delisted_everywhere', inEffectSince: NOON + 40 * DAY }],
        },
      ),
      '2026-07-11',
    ],
  ])('is, for %s, what would be worked out anew until it changes', (_, work, changes) => {
    const lasting = lastingAnswer(work);
    expect(lasting).toMatchObject({ kind: 'recording', from: NOON });
    expect(lasting.until).toBe(changes === null ? Infinity : Date.parse(changes));
    const before = Math.min(lasting.until - 1, NOON + 1_000 * DAY);
    for (const asOf of [...LATER.map((later) => NOON + later), before]) {
      if (asOf >= lasting.until) continue;
      expect(lasting.at(asOf)).toEqual({ result: 'found', purposes: textAt(work, MIXED, asOf) });
    }
    if (changes === null) return;
    const changed = withoutEnds(textAt(work, MIXED, lasting.until));
    expect(changed).not.toBe(withoutEnds(lasting.at(before).purposes));
  });

  it('ends with the first of its purposes that changes', () => {
    const terms = [...when({ kind: 'embargoUntil', date: '2026-06-10' })];
    const mixed = terms.map((term): Term =>
      term.purpose === 'ai'
        ? { ...term, conditions: [{ kind: 'period', until: '2026-06-05' }] }
        : term,
    );
    const work = song(mixed);
    expect(lastingAnswer(work, ['access.stream', 'ai.input']).until).toBe(Date.parse('2026-06-05'));
    expect(lastingAnswer(work, ['access.stream']).until).toBe(Date.parse('2026-06-10'));
  });

  it('moves the end of its validity on, up to the change that is known', () => {
    const work = song(ALLOW, { effectiveUntil: NOON + 3 * DAY });
    const lasting = lastingAnswer(work);
    const ends = (asOf: number) =>
      [...lasting.at(asOf).purposes.matchAll(/"validUntil":"([^"]*)"/g)].map(([, end]) => end);
    const known = '2026-06-04T00:00:00.000Z';
    const next = '2026-06-02T00:00:00.000Z';
    // access.stream, ai.input, dataset, preservation.ingest
    expect(ends(NOON)).toEqual([next, next, next, known]);
    const hourOn = '2026-06-02T01:00:00.000Z';
    expect(ends(NOON + HOUR)).toEqual([hourOn, hourOn, hourOn, known]);
    expect(ends(NOON + 2 * DAY + 1)).toEqual([known, known, known, known]);
  });

  it('has the length of its text but for the ends', () => {
    const text = textAt(song(ALLOW), MIXED, NOON);
    const end = '2026-06-02T00:00:00.000Z'.length;
    expect(lastingAnswer(song(ALLOW)).length).toBe(text.length - MIXED.length * (end - 1));
  });
});

const days = (min: number, max: number) =>
  fc.integer({ min: min * 24, max: max * 24 }).map((hours) => NOON + hours * HOUR);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 3 });
const date = days(-5, 45).map((at) => new Date(at).toISOString());
const party = fc.constantFrom('pty_A', 'pty_A', 'pty_B');
const layer = fc.constantFrom<Layer>('recording', 'composition');

const condition: fc.Arbitrary<Condition> = fc.oneof(
  date.map((one) => ({ kind: 'embargoUntil' as const, date: one })),
  fc.record({ kind: fc.constant('period' as const), until: date }),
  fc.constant<Condition>({ kind: 'trigger', trigger: 'delisted_everywhere' }),
  fc.constant<Condition>({ kind: 'volumeCap', max: 10, unit: 'works' }),
);
const term: fc.Arbitrary<Term> = fc
  .record({
    purpose: fc.constantFrom(...PURPOSES),
    decision: fc.constantFrom<Term['decision']>('allow', 'deny', 'conditional'),
    conditions: fc.array(condition, { minLength: 1, maxLength: 2 }),
  })
  .map(({ conditions, ...one }) => (one.decision === 'conditional' ? { ...one, conditions } : one));

const spoken: fc.Arbitrary<Statement> = fc.record({
  declarationId: fc.nat(99).map((one) => `dec_${one}`),
  logIndex: fc.nat(99),
  party,
  layer,
  subject: fc.constantFrom<Statement['subject']>({ kind: 'work', id: '' }, { kind: 'party' }),
  recordedAt: days(-100, 0),
  effectiveFrom: maybe(days(-10, 45)),
  effectiveUntil: maybe(days(-10, 45)),
  terms: fc
    .uniqueArray(term, { maxLength: 4, selector: (one) => one.purpose })
    .map((some) => [
      ...some,
      ...ALLOW.filter((all) => !some.some((one) => one.purpose === all.purpose)),
    ]),
  preservationTerms: maybe(
    date.map((one) => opening({ trigger: 'date', date: one }).preservationTerms!),
  ),
});
const claimed: fc.Arbitrary<ClaimFact> = fc
  .record({
    party,
    layer,
    level: fc.constantFrom<ClaimFact['level']>(1, 3, 3),
    madeAt: days(-100, -50),
    until: maybe(days(-5, 45)),
    sharePpm: fc.constantFrom(500_000, 1_000_000),
  })
  .map(({ party: who, layer: what, ...more }) => claim(who, what, more));

const anySong: fc.Arbitrary<WorkFacts> = fc
  .record({
    claims: fc.array(claimed, { minLength: 1, maxLength: 4 }),
    statements: fc.array(spoken, { minLength: 1, maxLength: 5 }),
    triggers: maybe(
      days(-5, 45).map((at) => [{ kind: 'delisted_everywhere' as const, inEffectSince: at }]),
    ),
  })
  .map(({ claims, statements, triggers }) =>
    songOf(claims, statements, triggers ? { triggers } : {}),
  );

describe('an answer that lasts, for every song', () => {
  it('is byte for byte what would be worked out anew, at any moment until it changes', () => {
    const asked = fc.uniqueArray(fc.constantFrom(...PURPOSES), { minLength: 1, maxLength: 4 });
    const later = fc.oneof(fc.integer({ min: 0, max: 60 * DAY }), fc.constant(Infinity));
    fc.assert(
      fc.property(anySong, asked, later, (work, purposes, by) => {
        const lasting = lastingAnswer(work, purposes);
        const last = Math.min(lasting.until - 1, NOON + 1_000 * DAY);
        const asOf = Math.min(NOON + by, last);
        expect(lasting.at(asOf).purposes).toBe(textAt(work, purposes, asOf));
      }),
      { numRuns: 500 },
    );
  });
});
