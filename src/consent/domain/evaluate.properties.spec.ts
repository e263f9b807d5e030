import { type Layer, type Purpose, PURPOSES, type Territory, type WorkKind } from '#vocabulary';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Statement } from './declaration.js';
import { evaluate } from './evaluate.js';
import { inquiry, work, NOON } from './facts.factory.js';
import type { ClaimFact, Inquiry, Licence, Match, WorkFacts } from './inquiry.js';
import { isWider, permits, widthOf } from './outcome-order.js';
import { UNKNOWN_POLICIES } from './inquiry.js';
import type { AccessMode, PreservationTerms } from './preservation-terms.js';
import type { Condition, Duty, Term } from './terms.js';

const DAY = 86_400_000;
const RUNS = { numRuns: 500 };

const party = fc.constantFrom('A', 'A', 'A', 'B', 'C');
const instant = fc.integer({ min: -200, max: 60 }).map((days) => NOON + days * DAY);
const past = fc.integer({ min: -200, max: -20 }).map((days) => NOON + days * DAY);
const recorded = fc.oneof({ weight: 5, arbitrary: past }, { weight: 1, arbitrary: instant });

/** Present once in a while: a world full of exceptions would answer nothing but no. */
function rarely<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });
}
const territory: fc.Arbitrary<Territory | undefined> = fc.constantFrom<Territory | undefined>(
  undefined,
  undefined,
  { include: ['DE'] },
  { include: ['EU'] },
  { include: ['WORLD'], exclude: ['DE'] },
  { include: ['US', 'FR'] },
);
const place = fc.constantFrom(undefined, 'DE', 'FR', 'US', 'EU', 'WORLD');

const condition: fc.Arbitrary<Condition> = fc.constantFrom<Condition>(
  { kind: 'territory', include: ['EU'] },
  { kind: 'actorClass', in: ['research'] },
  { kind: 'embargoUntil', date: '2026-07-01' },
  { kind: 'period', until: '2026-06-15' },
  { kind: 'volumeCap', max: 10, unit: 'works' },
  { kind: 'trigger', trigger: 'delisted_everywhere' },
  { kind: 'lawfulSource', required: false },
);
const duty: fc.Arbitrary<Duty> = fc.constantFrom<Duty>(
  { kind: 'compensate', model: 'per_work', amount: '1.00', currency: 'EUR' },
  { kind: 'attribute', text: 'A' },
  { kind: 'obtain_consent' },
  { kind: 'notify' },
);
// The few purposes in play meet often; the asked one is drawn from all of them.
const named: fc.Arbitrary<Purpose> = fc.constantFrom<Purpose>(
  'ai',
  'ai.search',
  'ai.train',
  'ai.train.generative',
  'ai.train.finetune',
  'ai.train.likeness',
  'preservation',
  'preservation.ingest',
  'access',
);
const asked: fc.Arbitrary<Purpose> = fc.oneof(
  { weight: 3, arbitrary: named },
  { weight: 1, arbitrary: fc.constantFrom(...PURPOSES) },
);
const term: fc.Arbitrary<Term> = fc.oneof(
  { weight: 3, arbitrary: named.map((purpose): Term => ({ purpose, decision: 'allow' })) },
  { weight: 2, arbitrary: named.map((purpose): Term => ({ purpose, decision: 'deny' })) },
  fc.record({
    purpose: named,
    decision: fc.constant('conditional' as const),
    conditions: fc.array(condition, { maxLength: 2 }),
    duties: fc.array(duty, { maxLength: 2 }),
  }),
);
const terms = fc.uniqueArray(term, { minLength: 1, maxLength: 5, selector: (one) => one.purpose });

const accessMode = fc.constantFrom<AccessMode>('dark', 'onsite', 'open');
const preservation: fc.Arbitrary<PreservationTerms> = fc.record({
  accessMode,
  triggers: fc.array(
    fc.record({
      trigger: fc.constant('date' as const),
      date: fc.constantFrom('2026-05-01', '2026-07-01', '2026-12-31'),
      effect: fc.record({ accessMode, delayDays: fc.constantFrom(0, 30) }),
    }),
    { maxLength: 2 },
  ),
});

function statementFor(layer: Layer): fc.Arbitrary<Statement> {
  return fc
    .record({
      declarationId: fc.uuid(),
      party,
      layer: fc.constant(layer),
      subject: fc.constantFrom<Statement['subject']>(
        { kind: 'work', id: 'w' },
        { kind: 'release', id: 'r1' },
        { kind: 'catalogue', id: 'c1' },
        { kind: 'catalogue', id: 'c2' },
        { kind: 'party' },
      ),
      recordedAt: recorded,
      effectiveFrom: rarely(instant),
      effectiveUntil: rarely(instant),
      territory: rarely(territory),
      terms,
      withdraws: rarely(fc.constant('dec_before')),
      preservationTerms: rarely(preservation),
      afterWithdrawal: rarely(fc.constant({ existingCopies: 'keep' } as const)),
    })
    .map((one) => (one.withdraws === undefined ? one : { ...one, terms: [] }));
}

function claimFor(layer: Layer): fc.Arbitrary<ClaimFact> {
  return fc.record({
    claimId: rarely(fc.constantFrom('k1', 'k2')),
    party,
    layer: fc.constant(layer),
    sharePpm: fc.constantFrom(0, 400_000, 500_000, 1_000_000, 1_000_000, 1_000_000),
    level: fc.constantFrom<ClaimFact['level']>(0, 1, 2, 3, 4),
    exclusive: rarely(fc.constant(true)).map((one) => one ?? false),
    state: rarely(fc.constantFrom<ClaimFact['state']>('disputed', 'withdrawn')).map(
      (one) => one ?? 'active',
    ),
    madeAt: past,
    recordedAt: rarely(instant),
    until: rarely(instant),
    territory: rarely(territory),
    speaksFor: rarely(fc.constantFrom<readonly Purpose[]>(['ai'], ['preservation.ingest'])),
  });
}

function workOf(kind: WorkKind, workId: string, layers: readonly Layer[]): fc.Arbitrary<WorkFacts> {
  const claims = fc.array(fc.oneof(...layers.map(claimFor)), { minLength: 1, maxLength: 3 });
  const statements = fc.array(fc.oneof(...layers.map(statementFor)), { maxLength: 8 });
  const disputes = fc.array(
    fc.record({
      disputeId: fc.uuid(),
      layer: fc.constantFrom(...layers),
      openedAt: instant,
      closedAt: instant,
    }),
    { minLength: 1, maxLength: 2 },
  );
  return fc
    .record({ claims, statements, disputes: rarely(disputes) })
    .map((facts) => work({ workId, kind, ...facts }));
}

const composition = (id: string) => workOf('composition', id, ['composition']);

const recordingWorld: fc.Arbitrary<WorkFacts> = fc
  .record({
    own: workOf('recording', 'wrk_r', ['recording', 'recording', 'performance']),
    embodies: fc.oneof(
      { weight: 4, arbitrary: composition('wrk_c1').map((one) => [one]) },
      fc.tuple(composition('wrk_c1'), composition('wrk_c2')),
      fc.constant([]),
    ),
    sample: rarely(workOf('recording', 'wrk_s', ['recording'])),
    verified: fc.boolean(),
  })
  .map(({ own, embodies, sample, verified }) => ({
    ...own,
    embodies,
    samples: sample === undefined ? [] : [{ work: sample, verified }],
  }));

/** The same facts under other work ids: in a registry one id has one set of facts. */
function renamed(facts: WorkFacts, suffix: string): WorkFacts {
  const inside = (one: WorkFacts): WorkFacts => renamed(one, suffix);
  return {
    ...facts,
    workId: facts.workId + suffix,
    embodies: facts.embodies.map(inside),
    contains: facts.contains.map(inside),
    samples: facts.samples.map((one) => ({ ...one, work: inside(one.work) })),
  };
}

const textWorld = workOf('text', 'wrk_t', ['text']);
const world: fc.Arbitrary<WorkFacts> = fc.oneof(
  { weight: 3, arbitrary: textWorld },
  { weight: 2, arbitrary: recordingWorld },
  fc.array(recordingWorld, { maxLength: 2 }).map((items) =>
    work({
      workId: 'wrk_a',
      kind: 'release',
      contains: items.map((item, at) => renamed(item, String(at))),
    }),
  ),
);

const licence: fc.Arbitrary<Licence> = fc.record(
  {
    licenceId: fc.uuid(),
    grantee: fc.constantFrom('Z', 'Y'),
    purposes: fc.subarray<Purpose>(['ai', 'ai.train', 'preservation.ingest'], { minLength: 1 }),
    from: instant,
    until: instant,
    works: fc.constant(['wrk_r']),
    layers: fc.constant<readonly Layer[]>(['recording', 'text']),
  },
  { requiredKeys: ['licenceId', 'grantee', 'purposes', 'from'] },
) as fc.Arbitrary<Licence>;

const question: fc.Arbitrary<Inquiry> = fc
  .record({
    territory: place,
    actorClass: fc.constantFrom(undefined, 'research' as const, 'commercial' as const),
    lawfulSource: fc.constantFrom(undefined, true, true, false),
    inquirer: fc.constantFrom(undefined, 'Z'),
    accepts: fc.constantFrom(undefined, ['volumeCap']),
    asOf: fc.oneof({ weight: 4, arbitrary: fc.constant(NOON) }, { weight: 1, arbitrary: instant }),
    unknownPolicy: fc.constantFrom(...UNKNOWN_POLICIES),
    licences: fc.array(licence, { maxLength: 2 }),
  })
  .map((one) => inquiry(one));

const lawfulQuestion = question.map((one) => ({ ...one, lawfulSource: true, licences: [] }));

function matchOf(one: WorkFacts): Match {
  return { work: one, confidence: 1, how: 'identifier' };
}

const match: fc.Arbitrary<Match> = fc.record({
  work: world,
  confidence: fc.constantFrom(0.5, 0.75, 0.9, 0.95, 1),
  how: fc.constantFrom<Match['how']>('identifier', 'hash', 'fingerprint', 'metadata'),
});

function reversed<T>(list: readonly T[]): readonly T[] {
  return [...list].reverse();
}

function mirrored(facts: WorkFacts): WorkFacts {
  return {
    ...facts,
    claims: reversed(facts.claims),
    statements: reversed(facts.statements),
    disputes: facts.disputes && reversed(facts.disputes),
    embodies: reversed(facts.embodies.map(mirrored)),
    contains: reversed(facts.contains.map(mirrored)),
    samples: reversed(facts.samples.map((one) => ({ ...one, work: mirrored(one.work) }))),
  };
}

/** The facts with one statement of one of its works replaced. */
function withStatements(facts: WorkFacts, change: (one: Statement) => Statement): WorkFacts {
  const inside = (one: WorkFacts): WorkFacts => withStatements(one, change);
  return {
    ...facts,
    statements: facts.statements.map(change),
    embodies: facts.embodies.map(inside),
    contains: facts.contains.map(inside),
    samples: facts.samples.map((one) => ({ ...one, work: inside(one.work) })),
  };
}

function allStatements(facts: WorkFacts): readonly Statement[] {
  return [
    ...facts.statements,
    ...facts.embodies.flatMap(allStatements),
    ...facts.contains.flatMap(allStatements),
    ...facts.samples.flatMap((one) => allStatements(one.work)),
  ];
}

describe('evaluate, for every world', () => {
  it('meets every outcome, so that the rules below are not empty', () => {
    const seen = new Set<string>();
    for (const [facts, asks, purpose] of fc.sample(fc.tuple(world, question, asked), {
      numRuns: 4000,
      seed: 7,
    })) {
      seen.add(evaluate([matchOf(facts)], asks, purpose).outcome);
    }
    expect([...seen].sort()).toEqual(
      [
        'denied',
        'disputed',
        'licence_required',
        'permitted',
        'permitted_with_duties',
        'unknown',
      ].sort(),
    );
  });

  it('gives one answer whatever the order of claims, statements, links, licences and matches', () => {
    fc.assert(
      fc.property(
        fc
          .array(match, { maxLength: 3 })
          .map((list) => list.map((one, at) => ({ ...one, work: renamed(one.work, `_${at}`) }))),
        question,
        asked,
        (matches, asks, purpose) => {
          const turned = reversed(matches.map((one) => ({ ...one, work: mirrored(one.work) })));
          const licences = asks.licences && reversed(asks.licences);
          expect(evaluate(turned, { ...asks, licences }, purpose)).toEqual(
            evaluate(matches, asks, purpose),
          );
        },
      ),
      RUNS,
    );
  });

  it('never widens when a deny is added', () => {
    fc.assert(
      fc.property(world, question, asked, named, fc.nat(), (facts, asks, purpose, denied, pick) => {
        const all = allStatements(facts);
        fc.pre(all.length > 0);
        const target = all[pick % all.length]!;
        fc.pre(target.withdraws === undefined);
        // In a limited territory an allow that became a deny says less elsewhere; there a deny may
        // only be added beside the terms that are said already.
        const names = target.terms.some((one) => one.purpose === denied);
        fc.pre(!names || target.territory === undefined);
        const stricter = withStatements(facts, (one) => {
          if (one !== target) return one;
          const rest = one.terms.filter((other) => other.purpose !== denied);
          return { ...one, terms: [...rest, { purpose: denied, decision: 'deny' }] };
        });
        const before = evaluate([matchOf(facts)], asks, purpose).outcome;
        const after = evaluate([matchOf(stricter)], asks, purpose).outcome;
        expect(widthOf(after)).toBeLessThanOrEqual(widthOf(before));
      }),
      RUNS,
    );
  });

  it('never widens when anyone claims a share and refuses', () => {
    fc.assert(
      fc.property(textWorld, claimFor('text'), question, asked, (facts, claimed, asks, purpose) => {
        const { claimId: _, speaksFor: __, ...rest } = claimed;
        const stranger = { ...rest, party: 'X', exclusive: false };
        const refusal: Statement = {
          declarationId: 'dec_x',
          party: 'X',
          layer: 'text',
          subject: { kind: 'work', id: 'w' },
          recordedAt: NOON - 300 * DAY,
          terms: [{ purpose, decision: 'deny' }],
        };
        const refused = {
          ...facts,
          claims: [...facts.claims, stranger],
          statements: [...facts.statements, refusal],
        };
        const before = evaluate([matchOf(facts)], asks, purpose).outcome;
        const after = evaluate([matchOf(refused)], asks, purpose).outcome;
        expect(isWider(after, before)).toBe(false);
      }),
      RUNS,
    );
  });

  it('never widens when an unconditional allow is removed', () => {
    fc.assert(
      fc.property(world, lawfulQuestion, asked, fc.nat(), (facts, asks, purpose, pick) => {
        const allows = allStatements(facts).flatMap((one) =>
          one.territory === undefined
            ? one.terms
                .filter((other) => other.decision === 'allow')
                .map((other) => [one, other] as const)
            : [],
        );
        fc.pre(allows.length > 0);
        const [target, gone] = allows[pick % allows.length]!;
        const poorer = withStatements(facts, (one) =>
          one === target ? { ...one, terms: one.terms.filter((other) => other !== gone) } : one,
        );
        const before = evaluate([matchOf(facts)], asks, purpose).outcome;
        const after = evaluate([matchOf(poorer)], asks, purpose).outcome;
        expect(isWider(after, before)).toBe(false);
      }),
      RUNS,
    );
  });

  it('never changes an answer about the past by what is recorded later', () => {
    const laterBy = fc.integer({ min: 1, max: 100 }).map((days) => days * DAY);
    fc.assert(
      fc.property(
        textWorld,
        question,
        asked,
        fc.array(fc.tuple(statementFor('text'), laterBy), { maxLength: 3 }),
        fc.array(fc.tuple(claimFor('text'), laterBy), { maxLength: 3 }),
        (facts, asks, purpose, statements, claims) => {
          const grown: WorkFacts = {
            ...facts,
            statements: [
              ...facts.statements,
              ...statements.map(([one, by]) => ({ ...one, recordedAt: asks.asOf + by })),
            ],
            claims: [
              ...facts.claims,
              ...claims.map(([one, by]) => ({ ...one, recordedAt: asks.asOf + by })),
            ],
          };
          expect(evaluate([matchOf(grown)], asks, purpose)).toEqual(
            evaluate([matchOf(facts)], asks, purpose),
          );
        },
      ),
      RUNS,
    );
  });

  it('keeps its answer until validUntil when nothing new is recorded', () => {
    fc.assert(
      fc.property(
        world,
        question,
        asked,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (facts, asks, purpose, part) => {
          const given = evaluate([matchOf(facts)], asks, purpose);
          const until = given.validUntil - 1;
          const later = Math.floor(asks.asOf + (until - asks.asOf) * part);
          // Facts recorded in between are news; everything else must have been foreseen.
          const isNews = (recordedAt: number): boolean =>
            recordedAt > asks.asOf && recordedAt <= later;
          const known = JSON.stringify(facts, (key, value: unknown) =>
            (key === 'recordedAt' || key === 'madeAt' || key === 'openedAt') &&
            isNews(value as number)
              ? 'news'
              : value,
          );
          fc.pre(!known.includes('"news"'));
          const then = evaluate([matchOf(facts)], { ...asks, asOf: later }, purpose);
          expect(then.outcome).toBe(given.outcome);
        },
      ),
      RUNS,
    );
  });

  it('is the same answer until it changes, but for the end of its validity', () => {
    fc.assert(
      fc.property(
        world,
        question,
        asked,
        fc.integer({ min: 0, max: 400 * DAY }),
        (facts, asks, purpose, by) => {
          const given = evaluate([matchOf(facts)], asks, purpose);
          const later = Math.min(asks.asOf + by, given.changesAt - 1);
          const isNews = (key: string, at: unknown): boolean =>
            ['recordedAt', 'madeAt', 'openedAt'].includes(key) &&
            (at as number) > asks.asOf &&
            (at as number) <= later;
          let hasNews = false;
          JSON.stringify(facts, (key, value: unknown) => ((hasNews ||= isNews(key, value)), value));
          fc.pre(!hasNews);
          const then = evaluate([matchOf(facts)], { ...asks, asOf: later }, purpose);
          expect({ ...then, validUntil: 0 }).toEqual({ ...given, validUntil: 0 });
          const lasts = given.validUntil - asks.asOf;
          if (given.validUntil < given.changesAt) {
            expect(then.validUntil).toBe(Math.min(given.changesAt, later + lasts));
          } else expect(then.validUntil).toBe(given.changesAt);
        },
      ),
      RUNS,
    );
  });

  it('is never wider for a conditional than for an allow', () => {
    fc.assert(
      fc.property(textWorld, lawfulQuestion, asked, (facts, asks, purpose) => {
        const allowed = withStatements(facts, (one) => ({
          ...one,
          territory: undefined,
          terms: one.terms.map((other) =>
            other.decision === 'conditional'
              ? { purpose: other.purpose, decision: 'allow' as const }
              : other,
          ),
        }));
        const conditional = withStatements(facts, (one) => ({ ...one, territory: undefined }));
        const a = evaluate([matchOf(conditional)], asks, purpose).outcome;
        const b = evaluate([matchOf(allowed)], asks, purpose).outcome;
        // An unverified allow is unset where an unverified conditional is a deny, never the reverse.
        expect(permits(a) && isWider(a, b)).toBe(false);
      }),
      RUNS,
    );
  });

  it('has an outcome that no unknown policy changes', () => {
    fc.assert(
      fc.property(world, question, asked, (facts, asks, purpose) => {
        const outcomes = UNKNOWN_POLICIES.map(
          (unknownPolicy) =>
            evaluate([matchOf(facts)], { ...asks, unknownPolicy }, purpose).outcome,
        );
        expect(new Set(outcomes).size).toBe(1);
      }),
      RUNS,
    );
  });

  it('permits no ai, access or dataset use of an unlawful copy unless a term waives it', () => {
    fc.assert(
      fc.property(
        world,
        question,
        asked.filter((one) => !one.startsWith('preservation')),
        (facts, asks, purpose) => {
          const strict = withStatements(facts, (one) => ({
            ...one,
            terms: one.terms.map((other) => ({
              ...other,
              conditions: other.conditions?.filter((each) => each.kind !== 'lawfulSource'),
            })),
          }));
          const scraped = { ...asks, lawfulSource: false, licences: [] };
          expect(permits(evaluate([matchOf(strict)], scraped, purpose).outcome)).toBe(false);
        },
      ),
      RUNS,
    );
  });

  it('permits nothing to anyone where nothing is registered', () => {
    fc.assert(
      fc.property(question, asked, (asks, purpose) => {
        const answer = evaluate([], asks, purpose);
        expect(answer.identity).toBe('not_found');
        expect(permits(answer.outcome)).toBe(false);
      }),
      RUNS,
    );
  });
});
