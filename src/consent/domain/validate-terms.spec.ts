import { PURPOSES } from '#vocabulary';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  validateAfterWithdrawal,
  validatePreservationTerms,
  validateTerms,
  validateTerritory,
} from './validate-terms.js';

const FINE = { purpose: 'ai', decision: 'deny' };

function pointersOf(value: unknown): readonly string[] {
  const result = validateTerms(value);
  return result.ok ? [] : result.errors.map((one) => one.pointer);
}

function condition(value: unknown): unknown {
  return [{ purpose: 'ai', decision: 'conditional', conditions: [value] }];
}

function duty(value: unknown): unknown {
  return [{ purpose: 'ai', decision: 'conditional', duties: [value] }];
}

describe('validateTerms', () => {
  it('puts terms, conditions, duties and lists in canonical order', () => {
    const result = validateTerms([
      {
        duties: [{ kind: 'notify' }, { kind: 'attribute' }],
        purpose: 'ai',
        decision: 'conditional',
        conditions: [
          { kind: 'lawfulSource', required: true },
          { include: ['US', 'DE'], kind: 'territory' },
          { kind: 'actorClass', in: ['commercial', 'research'] },
        ],
      },
      { purpose: 'preservation', decision: 'allow', conditions: [], duties: undefined },
    ]);
    expect(result).toEqual({
      ok: true,
      terms: [
        { purpose: 'preservation', decision: 'allow' },
        {
          purpose: 'ai',
          decision: 'conditional',
          conditions: [
            { kind: 'territory', include: ['DE', 'US'] },
            { kind: 'actorClass', in: ['research', 'commercial'] },
            { kind: 'lawfulSource', required: true },
          ],
          duties: [{ kind: 'attribute' }, { kind: 'notify' }],
        },
      ],
    });
  });

  it('leaves canonical terms as they are', () => {
    const first = validateTerms([
      { purpose: 'ai.train', decision: 'deny' },
      { purpose: 'access', decision: 'allow' },
    ]);
    expect(first.ok && validateTerms(first.terms)).toEqual(first);
  });

  it('accepts a child that loosens a parent it may only tighten, for evaluation tightens it', () => {
    const loosening = [
      { purpose: 'ai.train.generative', decision: 'deny' },
      { purpose: 'ai.train.finetune', decision: 'allow' },
    ];
    expect(validateTerms(loosening).ok).toBe(true);
  });

  it.each<[string, unknown, string]>([
    ['something other than a list', { 0: FINE }, ''],
    ['no terms at all', [], ''],
    ['65 terms', Array.from({ length: 65 }, () => FINE), ''],
    ['a term that is no object', ['ai'], '/0'],
    ['an unknown field', [{ ...FINE, note: 'x' }], '/0/note'],
    ['an unknown purpose', [{ purpose: 'ai.dream', decision: 'deny' }], '/0/purpose'],
    ['an unset decision', [{ purpose: 'ai', decision: 'unset' }], '/0/decision'],
    ['the same purpose twice', [FINE, { purpose: 'ai', decision: 'allow' }], '/1/purpose'],
    ['a conditional without a condition or duty', [{ ...FINE, decision: 'conditional' }], '/0'],
    [
      'a conditional limited by nothing',
      condition({ kind: 'lawfulSource', required: false }),
      '/0',
    ],
    ['a deny with a duty', [{ ...FINE, duties: [{ kind: 'notify' }] }], '/0'],
    ['an unknown condition', condition({ kind: 'weather' }), '/0/conditions/0/kind'],
    ['a condition without a kind', condition({}), '/0/conditions/0/kind'],
    [
      'an unknown field of a condition',
      condition({ kind: 'embargoUntil', date: '2027-01-01', x: 1 }),
      '/0/conditions/0/x',
    ],
    [
      'a day that does not exist',
      condition({ kind: 'embargoUntil', date: '2027-02-29' }),
      '/0/conditions/0/date',
    ],
    [
      'a period that ends before it begins',
      condition({ kind: 'period', from: '2027-01-02', until: '2027-01-01' }),
      '/0/conditions/0/until',
    ],
    ['a period without edges', condition({ kind: 'period' }), '/0/conditions/0'],
    [
      'a lower-case country',
      condition({ kind: 'territory', include: ['de'] }),
      '/0/conditions/0/include/0',
    ],
    [
      'an exclusion of everything',
      condition({ kind: 'territory', include: ['DE'], exclude: ['WORLD'] }),
      '/0/conditions/0/exclude',
    ],
    ['an empty list of actors', condition({ kind: 'actors', allow: [] }), '/0/conditions/0/allow'],
    [
      'a cap that is not whole',
      condition({ kind: 'volumeCap', max: 1.5, unit: 'works' }),
      '/0/conditions/0/max',
    ],
    [
      'a trigger with a foreign parameter',
      condition({ kind: 'trigger', trigger: 'label_ceased', years: 3 }),
      '/0/conditions/0/years',
    ],
    [
      'an anniversary without years',
      condition({ kind: 'trigger', trigger: 'release_anniversary' }),
      '/0/conditions/0/years',
    ],
    ['an unknown duty', duty({ kind: 'sing' }), '/0/duties/0/kind'],
    [
      'an amount that is a number',
      duty({ kind: 'compensate', model: 'per_work', amount: 10, currency: 'EUR' }),
      '/0/duties/0/amount',
    ],
    [
      'an amount with a sign',
      duty({ kind: 'compensate', model: 'per_work', amount: '-1', currency: 'EUR' }),
      '/0/duties/0/amount',
    ],
    [
      'an amount with an exponent',
      duty({ kind: 'compensate', model: 'per_work', amount: '1e3', currency: 'EUR' }),
      '/0/duties/0/amount',
    ],
    [
      'an amount without a currency',
      duty({ kind: 'compensate', model: 'per_work', amount: '1.00' }),
      '/0/duties/0/currency',
    ],
    ['a price nobody can read', duty({ kind: 'compensate', model: 'per_work' }), '/0/duties/0'],
    [
      'an unknown price model',
      duty({ kind: 'compensate', model: 'barter', offer: 'o' }),
      '/0/duties/0/model',
    ],
    ['text with NUL', duty({ kind: 'attribute', text: 'a\u0000' }), '/0/duties/0/text'],
    [
      'text with half a surrogate pair',
      duty({ kind: 'attribute', text: 'a\ud800' }),
      '/0/duties/0/text',
    ],
    [
      'text of a megabyte',
      duty({ kind: 'attribute', text: 'a'.repeat(1 << 20) }),
      '/0/duties/0/text',
    ],
    [
      'an address of another scheme',
      duty({ kind: 'attribute', url: 'javascript:x' }),
      '/0/duties/0/url',
    ],
  ])('refuses %s', (_, value, pointer) => {
    expect(pointersOf(value)).toEqual([pointer]);
  });

  it('refuses one kind of condition twice, but not two restrictions on output', () => {
    const terms = (...conditions: readonly unknown[]) => [
      { purpose: 'ai', decision: 'conditional', conditions },
    ];
    const a = { kind: 'actorClass', in: ['research'] };
    const b = { kind: 'actorClass', in: ['education'] };
    expect(pointersOf(terms(a, b))).toEqual(['/0/conditions/1']);
    const first = { kind: 'outputRestriction', restriction: 'no imitation' };
    const second = { kind: 'outputRestriction', restriction: 'no excerpts' };
    expect(validateTerms(terms(first, second)).ok).toBe(true);
  });

  it('takes no field from a prototype and keeps a hostile one out', () => {
    const hostile: unknown = JSON.parse('[{"purpose":"ai","decision":"deny","__proto__":{"x":1}}]');
    expect(pointersOf(hostile)).toEqual(['/0/__proto__']);
    expect(pointersOf([Object.create(FINE)])).toEqual(['/0']);
  });

  it('runs no getter and survives a proxy that throws', () => {
    let ran = false;
    const trap = {
      decision: 'deny',
      get purpose() {
        ran = true;
        return 'ai';
      },
    };
    expect(pointersOf([trap])).toEqual(['/0']);
    expect(ran).toBe(false);
    const proxy = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    expect(pointersOf([proxy])).toEqual(['']);
  });

  it('escapes and shortens a hostile field name in the pointer', () => {
    expect(pointersOf([{ ...FINE, 'a/b~c': 1 }])).toEqual(['/0/a~1b~0c']);
    expect(pointersOf([{ ...FINE, ['x'.repeat(1000)]: 1 }])[0]!.length).toBeLessThan(80);
  });

  it('reports at most a hundred errors', () => {
    const fields = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`f${at}`, at]));
    expect(pointersOf([{ ...FINE, ...fields }])).toHaveLength(100);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withMap: true }), (value) => {
        expect(typeof validateTerms(value).ok).toBe('boolean');
        expect(
          typeof validateTerms([{ purpose: 'ai', decision: value, conditions: [value] }]).ok,
        ).toBe('boolean');
      }),
    );
  });

  it('gives equal terms for equal wishes, whatever their order', () => {
    const wish = fc.uniqueArray(fc.constantFrom(...PURPOSES), { minLength: 1 });
    fc.assert(
      fc.property(wish, (purposes) => {
        const terms = purposes.map((purpose) => ({ purpose, decision: 'deny' }));
        expect(validateTerms([...terms].reverse())).toEqual(validateTerms(terms));
      }),
    );
  });
});

describe('validatePreservationTerms', () => {
  it('accepts everything that section 3 lists', () => {
    const terms = {
      accessMode: 'dark',
      copiesMax: 3,
      custodians: ['pty_a'],
      retention: { until: '2099-01-01' },
      triggers: [
        {
          trigger: 'delisted_everywhere',
          months: 12,
          effect: {
            accessMode: 'open',
            audience: ['research'],
            licence: 'CC-BY-4.0',
            delayDays: 30,
          },
        },
      ],
    };
    expect(validatePreservationTerms(terms)).toEqual({ ok: true, preservationTerms: terms });
  });

  it.each([
    [{}, ''],
    [{ accessMode: 'bright' }, '/accessMode'],
    [{ copiesMax: 0 }, '/copiesMax'],
    [{ retention: 'forever' }, '/retention'],
    [{ triggers: [{ trigger: 'date', effect: { accessMode: 'open' } }] }, '/triggers/0/date'],
    [{ triggers: [{ trigger: 'label_ceased', effect: {} }] }, '/triggers/0/effect/accessMode'],
  ])('refuses %j', (value, pointer) => {
    expect(validatePreservationTerms(value)).toMatchObject({ ok: false, errors: [{ pointer }] });
  });
});

describe('validateAfterWithdrawal', () => {
  it('asks for days with delete_within_days and only with it', () => {
    const within = { existingCopies: 'delete_within_days', days: 30 };
    expect(validateAfterWithdrawal(within)).toEqual({ ok: true, afterWithdrawal: within });
    expect(validateAfterWithdrawal({ existingCopies: 'delete_within_days' }).ok).toBe(false);
    expect(validateAfterWithdrawal({ existingCopies: 'keep', days: 30 }).ok).toBe(false);
    expect(validateAfterWithdrawal({}).ok).toBe(false);
  });
});

describe('validateTerritory', () => {
  it('sorts the codes and refuses an empty inclusion', () => {
    expect(validateTerritory({ include: ['FR', 'DE'] })).toEqual({
      ok: true,
      territory: { include: ['DE', 'FR'] },
    });
    expect(validateTerritory({ include: [] }).ok).toBe(false);
  });
});
