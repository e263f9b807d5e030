import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type ClaimFact,
  type Condition,
  type Duty,
  evaluate,
  type Inquiry,
  isWider,
  type Match,
  type PreservationTerms,
  type PurposeAnswer,
  type Statement,
  type Term,
  type TriggerInEffect,
  type WorkFacts,
} from '#consent/domain';
import { canonicalJson } from '#kernel';
import { type Layer, type Purpose, PURPOSES, type Territory, type WorkKind } from '#vocabulary';
import { factsText, normalFacts } from './normal-facts.js';
import { plainDuty } from './normal-statements.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const AS_OF = Date.UTC(2026, 10, 28, 12);
const SPAN = { asOf: AS_OF, until: AS_OF + DAY };
/** A few in each run of the tests; many were tried when the rules were made. */
const RUNS = { numRuns: 150 };

/** Mostly close to the span, where it matters. */
const instant = fc.oneof(
  fc.integer({ min: -30, max: 30 }).map((hours) => AS_OF + hours * HOUR),
  fc.integer({ min: -200, max: 60 }).map((days) => AS_OF + days * DAY),
);
const past = instant.map((at) => (at > AS_OF ? 2 * AS_OF - at : at));
const recorded = fc.oneof({ weight: 9, arbitrary: past }, { weight: 1, arbitrary: instant });
const party = fc.constantFrom('A', 'A', 'B', 'C');

function rarely<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });
}
const territory = fc.constantFrom<Territory>(
  { include: ['DE'] },
  { include: ['WORLD'], exclude: ['DE'] },
);
const textOf = (at: number) => new Date(at).toISOString();
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    { kind: 'territory', include: ['EU'] },
    { kind: 'actorClass', in: ['research'] },
    { kind: 'actors', allow: ['Z'] },
    { kind: 'volumeCap', max: 10, unit: 'works' },
    { kind: 'trigger', trigger: 'delisted_everywhere', months: 6 },
    { kind: 'trigger', trigger: 'release_anniversary', years: 3 },
    { kind: 'trigger', trigger: 'release_anniversary', years: 10 },
    { kind: 'trigger', trigger: 'death_plus_years', years: 1 },
    { kind: 'lawfulSource', required: false },
  ),
  instant.map((at): Condition => ({ kind: 'embargoUntil', date: textOf(at) })),
  instant.map((at): Condition => ({ kind: 'period', until: textOf(at) })),
);
const duty: fc.Arbitrary<Duty> = fc.constantFrom<Duty>(
  { kind: 'compensate', model: 'per_work', amount: '1.00', currency: 'EUR', offer: 'o1' },
  { kind: 'attribute', text: 'A' },
  { kind: 'attribute', text: 'B' },
  { kind: 'obtain_consent', contact: 'a@example.org' },
  { kind: 'notify' },
);
const named = fc.constantFrom<Purpose>(
  ...(['ai', 'ai.train', 'ai.train.generative', 'ai.train.finetune'] as const),
  ...(['preservation', 'preservation.ingest', 'access'] as const),
);
const term: fc.Arbitrary<Term> = fc.oneof(
  { weight: 2, arbitrary: named.map((purpose): Term => ({ purpose, decision: 'allow' })) },
  { weight: 1, arbitrary: named.map((purpose): Term => ({ purpose, decision: 'deny' })) },
  {
    weight: 3,
    arbitrary: fc.record({
      purpose: named,
      decision: fc.constant('conditional' as const),
      conditions: fc.array(condition, { maxLength: 2 }),
      duties: fc.array(duty, { maxLength: 2 }),
    }),
  },
);
const preservation: fc.Arbitrary<PreservationTerms> = fc.record({
  accessMode: fc.constantFrom<PreservationTerms['accessMode']>('dark', 'onsite'),
  custodians: rarely(fc.constant(['Z'])),
  triggers: fc.array(
    fc.record({
      trigger: fc.constantFrom('release_anniversary' as const, 'label_ceased' as const),
      years: fc.constantFrom(3, 10),
      effect: fc.record({
        accessMode: fc.constantFrom('dim' as const, 'open' as const),
        delayDays: fc.constantFrom(0, 1, 30),
      }),
    }),
    { maxLength: 2 },
  ),
});
const left = fc.constantFrom<Statement['afterWithdrawal']>(
  { existingCopies: 'keep' },
  { existingCopies: 'delete_within_days', days: 30, trainedModels: 'none' },
);

function statementFor(layer: Layer): fc.Arbitrary<Statement> {
  return fc
    .record({
      declarationId: fc.nat(30).map((n) => `d${10 + n}`),
      party,
      layer: fc.constant(layer),
      subject: fc.constantFrom<Statement['subject']>(
        { kind: 'work', id: 'w' },
        { kind: 'catalogue', id: 'c1' },
        { kind: 'catalogue', id: 'c2' },
        { kind: 'party' },
      ),
      recordedAt: recorded,
      effectiveFrom: rarely(instant),
      effectiveUntil: rarely(instant),
      territory: rarely(territory),
      terms: fc.uniqueArray(term, { minLength: 1, maxLength: 4, selector: (one) => one.purpose }),
      withdraws: rarely(fc.nat(30).map((n) => `d${10 + n}`)),
      preservationTerms: rarely(preservation),
      afterWithdrawal: rarely(left),
    })
    .map((one) => (one.withdraws === undefined ? one : { ...one, terms: [] }));
}

function claimFor(layer: Layer): fc.Arbitrary<ClaimFact> {
  return fc.record({
    claimId: rarely(fc.constantFrom('k1', 'k2')),
    party,
    layer: fc.constant(layer),
    sharePpm: fc.constantFrom(0, 500_000, 1_000_000, 1_000_000),
    level: fc.constantFrom<ClaimFact['level']>(0, 1, 2, 3, 4),
    exclusive: fc.constantFrom(false, false, false, true),
    state: fc.constantFrom<ClaimFact['state']>(
      'active',
      'active',
      'active',
      'disputed',
      'withdrawn',
    ),
    madeAt: fc.oneof(
      past,
      fc.integer({ min: -30, max: 30 }).map((h) => AS_OF - 90 * DAY + h * HOUR),
    ),
    recordedAt: rarely(instant),
    until: rarely(instant),
    territory: rarely(territory),
    speaksFor: rarely(fc.constantFrom<readonly Purpose[]>(['ai'])),
  });
}

const trigger: fc.Arbitrary<TriggerInEffect> = fc.record({
  kind: fc.constantFrom('delisted_everywhere' as const, 'label_ceased' as const),
  inEffectSince: instant,
  months: fc.constantFrom(1, 6, 9),
});
const releasedOn = fc.oneof(
  fc.constantFrom('1998', '2020-02-29', '2016-11-28', '2023-11-29', '2023-11-28'),
  instant.map((at) => `${2023 - (at % 2)}${textOf(at).slice(4, 10)}`),
);

function workOf(kind: WorkKind, workId: string, layers: readonly Layer[]): fc.Arbitrary<WorkFacts> {
  return fc.record({
    workId: fc.constant(workId),
    kind: fc.constant(kind),
    claims: fc.array(fc.oneof(...layers.map(claimFor)), { minLength: 1, maxLength: 3 }),
    statements: fc.uniqueArray(fc.oneof(...layers.map(statementFor)), {
      maxLength: 8,
      selector: (one) => one.declarationId,
    }),
    disputes: fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      fc.array(
        fc.record({
          disputeId: fc.uuid(),
          layer: fc.constantFrom(...layers),
          parties: rarely(fc.subarray(['A', 'B', 'C', 'X'], { minLength: 1 })),
          openedAt: rarely(instant),
          closedAt: rarely(instant),
        }),
        { maxLength: 2 },
      ),
    ),
    triggers: fc.array(trigger, { maxLength: 2 }),
    releasedOn: rarely(releasedOn),
    diedOn: rarely(fc.constantFrom('2020', '2025-11-28', '2025-11-29')),
    ...{ embodies: fc.constant([]), contains: fc.constant([]), samples: fc.constant([]) },
  }) as fc.Arbitrary<WorkFacts>;
}

const recording = (id: string): fc.Arbitrary<WorkFacts> =>
  fc
    .record({
      own: workOf('recording', id, ['recording', 'recording', 'performance', 'composition']),
      embodies: fc
        .subarray(['~0', '~1'])
        .chain((parts) =>
          fc.tuple(...parts.map((part) => workOf('composition', id + part, ['composition']))),
        ),
      // One and the same sampled work wherever it is met, or one that differs by who shows it.
      sample: rarely(
        fc.constantFrom('s', `${id}s`).chain((s) => workOf('recording', s, ['recording'])),
      ),
      verified: fc.boolean(),
    })
    .map(({ own, embodies, sample, verified }) => ({
      ...own,
      embodies,
      samples: sample === undefined ? [] : [{ work: sample, verified }],
    }));

const work: fc.Arbitrary<WorkFacts> = fc.oneof(
  { weight: 3, arbitrary: workOf('text', 't', ['text']) },
  { weight: 3, arbitrary: recording('r') },
  fc
    .tuple(workOf('release', 'a', ['recording']), recording('r1'), recording('r2'), fc.boolean())
    .map(([release, one, other, isTwice]) => ({
      ...release,
      contains: [one, isTwice ? { ...one, workId: 'r3' } : other],
    })),
);
const match = work.chain((one) =>
  fc.record({
    work: fc.constant(one),
    how: fc.constantFrom<Match['how']>('identifier', 'hash', 'metadata', 'metadata'),
    confidence: fc.constantFrom(0.5, 0.8, 0.96, 1),
  }),
);
const matches = fc.oneof(
  { weight: 4, arbitrary: match.map((one): Match[] => [one]) },
  // Matches of one work have one face: only what links lead to can be cut off.
  fc.array(match, { maxLength: 2 }).map((list) =>
    list.map((one) => ({
      ...one,
      work: list.find(({ work: { workId } }) => workId === one.work.workId)!.work,
    })),
  ),
  match.map((one): Match[] => [one, { ...one, work: { ...one.work, workId: 'z' } }]),
);
const question: fc.Arbitrary<Omit<Inquiry, 'asOf'>> = fc.record({
  territory: fc.constantFrom(undefined, 'DE', 'FR', 'WORLD'),
  actorClass: fc.constantFrom(undefined, 'research' as const, 'commercial' as const),
  lawfulSource: fc.constantFrom(undefined, true, false),
  inquirer: fc.constantFrom(undefined, 'Z', 'Y'),
  accepts: fc.constantFrom(undefined, ['volumeCap']),
  unknownPolicy: fc.constantFrom('deny' as const, 'refer' as const),
});
const asked = fc.oneof({ weight: 2, arbitrary: named }, fc.constantFrom(...PURPOSES));

/** What an answer says that does not hang on names: duties without their words, each once. */
function told(answer: PurposeAnswer) {
  // What comes after the span is none of a snapshot's business: it does not know when answers change there.
  const { changesAt: _changesAt, validUntil: _until, works: _works, ...said } = answer;
  const { layers, preservationTerms, offers, ...rest } = said;
  const once = (list: readonly unknown[]) =>
    [...new Set(list.map((one) => canonicalJson(one)))].sort();
  return JSON.parse(
    JSON.stringify({
      ...rest,
      disputeIds: rest.disputeIds.length > 0,
      disputeId: rest.disputeId !== undefined,
      duties: once(rest.duties.map(plainDuty)),
      conditions: once(layers.flatMap((one) => one.conditions)),
      preserved: once(preservationTerms.map(({ terms, accessMode }) => ({ terms, accessMode }))),
      offers: once(
        offers.map(({ layer, duties }) => ({ layer, duties: once(duties.map(plainDuty)) })),
      ),
    }),
  ) as unknown;
}

/** What the registry knows at the beginning of the span; nobody can know the rest. */
function knownBy(one: WorkFacts): WorkFacts {
  return {
    ...one,
    claims: one.claims.filter(({ madeAt, recordedAt = madeAt }) => recordedAt <= AS_OF),
    statements: one.statements.filter(({ recordedAt }) => recordedAt <= AS_OF),
    embodies: one.embodies.map(knownBy),
    contains: one.contains.map(knownBy),
    samples: one.samples.map((sample) => ({ ...sample, work: knownBy(sample.work) })),
  };
}

function claimsIn(one: WorkFacts): ClaimFact[] {
  const inside = [...one.embodies, ...one.contains, ...one.samples.map((sample) => sample.work)];
  return [...one.claims, ...inside.flatMap(claimsIn)];
}

describe('facts of a snapshot', () => {
  it('answer as the facts themselves do, at the moment that they are of', () => {
    fc.assert(
      fc.property(matches, question, asked, (facts, inquiry, purpose) => {
        const normal = normalFacts(facts, SPAN);
        const at = { ...inquiry, asOf: AS_OF };
        const [before, after] = [evaluate(facts, at, purpose), evaluate(normal, at, purpose)];
        expect(told(after)).toEqual(told(before));
        const until = Math.min(before.validUntil, SPAN.until);
        // That an unverified claim lapses can only widen: a snapshot does not know of it.
        const lapses = facts
          .flatMap(({ work: one }) => claimsIn(one))
          .some(({ level, madeAt }) => level < 2 && madeAt + 90 * DAY === until);
        if (lapses) expect(after.validUntil).toBeGreaterThanOrEqual(until);
        else expect(Math.min(after.validUntil, SPAN.until)).toBe(until);
      }),
      RUNS,
    );
  });

  it('answer as the facts would at every later moment before the end, or stricter', () => {
    fc.assert(
      fc.property(
        matches,
        question,
        asked,
        fc.integer({ min: 1, max: 287 }),
        (all, inquiry, purpose, step) => {
          const facts = all.map((one) => ({ ...one, work: knownBy(one.work) }));
          const at = { ...inquiry, asOf: AS_OF + step * 300_000 };
          const truly = evaluate(facts, at, purpose);
          const ours = evaluate(normalFacts(facts, SPAN), at, purpose);
          expect(isWider(ours.outcome, truly.outcome)).toBe(false);
          const claims = facts.flatMap(({ work: one }) => claimsIn(one));
          if (claims.every(({ level }) => level >= 2)) expect(told(ours)).toEqual(told(truly));
        },
      ),
      RUNS,
    );
  });

  it('come to the same when they are taken again, and name nobody who need not be named', () => {
    fc.assert(
      fc.property(matches, (facts) => {
        const normal = normalFacts(facts, SPAN);
        const text = factsText(normal);
        expect(factsText(normalFacts(normal, SPAN))).toBe(text);
        expect(text).not.toMatch(
          /"party":"(?!p\d)|"declarationId":"(?!d\d)|"workId":"(?!w\d)|example/,
        );
      }),
      { numRuns: 80 },
    );
  });

  it('do not hang on order or on what things are called', () => {
    const renamed = (one: WorkFacts, by: string): WorkFacts => ({
      ...one,
      workId: by + one.workId,
      claims: one.claims.map((claim) => ({ ...claim, party: by + claim.party })).reverse(),
      statements: one.statements
        .map(({ logIndex: _index, ...said }) => ({
          ...said,
          party: by + said.party,
          ...(said.withdraws === undefined ? {} : { withdraws: by + said.withdraws }),
          declarationId: by + said.declarationId,
        }))
        .reverse(),
      ...(one.disputes === undefined
        ? {}
        : {
            disputes: one.disputes.map(({ parties, ...rest }) => ({
              ...rest,
              ...(parties === undefined ? {} : { parties: parties.map((name) => by + name) }),
            })),
          }),
      embodies: one.embodies.map((part) => renamed(part, by)).reverse(),
      contains: one.contains.map((part) => renamed(part, by)).reverse(),
      samples: one.samples.map((part) => ({ ...part, work: renamed(part.work, by) })),
    });
    // Two claims of one moment under one id are told apart by their order alone.
    const isOrdered = (one: WorkFacts): boolean =>
      one.claims.every(({ claimId }) => claimId === undefined) &&
      [...one.embodies, ...one.contains].every(isOrdered);
    fc.assert(
      fc.property(work, (one) => {
        fc.pre(isOrdered(one));
        const as = (facts: WorkFacts): Match => ({ work: facts, how: 'identifier', confidence: 1 });
        const text = factsText(normalFacts([as(one)], SPAN));
        expect(factsText(normalFacts([as(renamed(one, 'n'))], SPAN))).toBe(text);
      }),
      { numRuns: 80 },
    );
  });
});
