import { LAYERS, PURPOSES } from '#vocabulary';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, OUTCOMES, type PurposeAnswer, REASONS } from '#consent/domain';
import { canonicalJson } from '#kernel';
import { writePurposes } from './answer-text.js';
import { writeItemEnd, writeItemStart, writeRefusedItem } from './item-text.js';
import { readItem } from './items.js';
import { readTermSet } from './statements.js';

const RUNS = { numRuns: 120 };

const id = fc.constantFrom('pty_1', 'pty_2', 'dec_1', 'wrk_1', 'wrk_2', 'wrk_2~0');
const flag = fc.boolean();
const ppm = fc.nat(1_000_000);
const layer = fc.constantFrom(...LAYERS);
const outcome = fc.constantFrom(...OUTCOMES);
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 3 });
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

/**
 * As the database gives back what it keeps: any text and number, members in any order. Their names
 * are words of closed lists; a name like "7" would stand first in every JavaScript object.
 */
const word = fc.stringMatching(/^[A-Za-z]{1,6}$/);
const stored = fc
  .dictionary(word, fc.oneof(fc.string({ unit: 'binary' }), fc.double(), few(fc.string())))
  .map((one) => JSON.stringify({ ...one, kind: 'notify' }))
  .map((text) => JSON.parse(text) as object);
const term = stored.map((one) => readTermSet(JSON.stringify(one)) as never);

const layerAnswer = fc.record({
  ...{ layer, workId: id, outcome, basis: fc.constantFrom('none', 'declaration', 'licence:lic_1') },
  decidedBy: few(
    fc.record({
      ...{ declarationId: id, logIndex: maybe(fc.nat()), party: id, level: fc.nat(4) },
      unverified: flag,
    }),
  ),
  ...{ missingSharePpm: ppm, duties: few(term), conditions: few(term), offers: fc.constant([]) },
  ...{ reasons: few(fc.constantFrom(...REASONS)), state: few(fc.constant('territory')) },
  ...{ conflict: flag, unverified: flag, disputeIds: few(id), preservationTerms: fc.constant([]) },
  afterWithdrawal: fc.constant(undefined),
});

const answer = fc
  .record({
    ...{
      outcome,
      treatAs: maybe(fc.constant('deny')),
      basis: fc.constantFrom('none', 'licence:l'),
    },
    works: few(
      fc.record({
        ...{ workId: id, kind: fc.constant('release'), how: fc.constant('identifier'), outcome },
        ...{ confidence: fc.constant(1) },
        contained: few(fc.record({ workId: id, kind: fc.constant('recording'), outcome })),
      }),
    ),
    ...{ reasons: few(fc.constantFrom(...REASONS)), state: few(fc.constant('territory')) },
    ...{ layers: few(layerAnswer), missingLayers: few(layer), duties: few(term) },
    missingSharePpm: fc.dictionary(layer, ppm),
    offers: few(
      fc.record({
        ...{ party: id, layer, workId: id, declarationId: id, duties: few(term) },
        offerIds: few(id),
      }),
    ),
    overlays: few(fc.record({ id })),
    ...{ conflict: flag, unverified: flag, disputeIds: few(id) },
    ...{ existingCopies: maybe(fc.constant('keep')), deleteWithinDays: maybe(fc.nat()) },
    ...{ trainedModels: maybe(fc.constant('none')), newIngest: maybe(flag) },
    preservationTerms: few(
      fc.record({
        ...{ declarationId: id, party: id, layer, workId: id, terms: term },
        accessMode: fc.constant('dark'),
      }),
    ),
    validUntil: fc.nat(),
  })
  .map((members) => {
    const nothing = evaluate([], { asOf: 0, unknownPolicy: 'deny' }, 'ai');
    return { ...nothing, ...members } as unknown as PurposeAnswer;
  });

const answers = fc
  .tuple(
    fc.shuffledSubarray([...PURPOSES], { minLength: 1, maxLength: 4 }),
    fc.array(answer, { minLength: 4, maxLength: 4 }),
  )
  .map(([purposes, all]) => purposes.map((purpose, at) => ({ ...all[at]!, purpose })));

/** Whatever somebody sends as an item; half of the time something that can be read. */
const sent = fc.oneof(
  fc.record({
    ref: maybe(fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger())),
    ...{ scheme: fc.constant('isrc'), value: fc.constantFrom('USUG11904206', 'us-ug1-19-04206') },
  }),
  fc.record(
    {
      ref: fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeInteger(), fc.constant(-0)),
      scheme: fc.oneof(
        fc.constantFrom('iswc', 'ismn'),
        fc.string({ unit: 'binary', maxLength: 200 }),
      ),
      value: fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string()),
    },
    { requiredKeys: [] },
  ),
  fc.dictionary(fc.string({ unit: 'binary', maxLength: 200 }), fc.string()),
  fc.anything(),
);

const works = few(
  fc.record({
    ...{ workId: id, kind: fc.constant('recording'), how: fc.constant('metadata' as const) },
    confidence: ppm.map((one) => one / 1_000_000),
  }),
);

describe('the text of an item', () => {
  it('is canonical, whatever was asked and answered', () => {
    fc.assert(
      fc.property(sent, answers, works, id, (raw, all, found, self) => {
        const item = readItem(raw, 7);
        const text =
          item.result === 'readable'
            ? `${writeItemStart(writePurposes(all, self))}${writeItemEnd(item, 'found', found)}}`
            : `${writeRefusedItem(item)}}`;
        expect(text).toBe(canonicalJson(JSON.parse(text)));
      }),
      RUNS,
    );
  });

  it('cuts what it repeats of a long text between two characters', () => {
    const long = `x${'\u{1f3b5}'.repeat(100)}`;
    const item = readItem({ scheme: 'isrc', value: long }, 0);
    expect(item).toMatchObject({ result: 'invalid_identifier', value: long.slice(0, 127) });
  });
});

describe('readTermSet', () => {
  it('puts the members into canonical order at every level', () => {
    fc.assert(
      fc.property(stored, (content) => {
        const text = JSON.stringify({ terms: [content], b: content, a: content });
        expect(JSON.stringify(readTermSet(text))).toBe(canonicalJson(JSON.parse(text)));
      }),
      RUNS,
    );
  });
});
