import { describe, expect, it } from '@jest/globals';
import { evaluate } from './evaluate.js';
import { explainAnswer, explainDuty } from './explain.js';
import { claim, exact, inquiry, statement, text } from './facts.factory.js';
import type { Inquiry } from './inquiry.js';
import type { Duty, Term } from './terms.js';

const PAY: Duty = { kind: 'compensate', model: 'per_training', amount: '5.00', currency: 'EUR' };

function explained(terms: readonly Term[], more: Partial<Inquiry> = {}): readonly string[] {
  const facts = text([claim('A', 'text')], [statement('A', 'text', terms)]);
  return explainAnswer('A dataset builder', evaluate(exact(facts), inquiry(more), 'ai.train'));
}

describe('explainAnswer', () => {
  it.each<[string, readonly Term[]]>([
    ['yes', [{ purpose: 'ai', decision: 'allow' }]],
    ['no', [{ purpose: 'ai', decision: 'deny' }]],
    ['no, unless paid', [{ purpose: 'ai', decision: 'conditional', duties: [PAY] }]],
    [
      'no, unless licensed',
      [{ purpose: 'ai', decision: 'conditional', duties: [{ kind: 'obtain_consent' }] }],
    ],
    [
      'yes, with duties',
      [{ purpose: 'ai', decision: 'conditional', duties: [{ kind: 'attribute' }] }],
    ],
    ['nothing that permits it', [{ purpose: 'access', decision: 'allow' }]],
  ])('says first: %s', (short, terms) => {
    expect(explained(terms)[0]).toBe(`A dataset builder who asks today will get: ${short}.`);
  });

  it('names what to state and what it takes', () => {
    const asked = explained([{ purpose: 'ai', decision: 'allow' }], { lawfulSource: undefined });
    expect(asked.join(' ')).toContain('whether the copy comes from a lawful source');
    const paid = explained([{ purpose: 'ai', decision: 'conditional', duties: [PAY] }]);
    expect(paid).toContain('What it takes: pay 5.00 EUR (per training).');
  });

  it.each(['deny', 'refer', 'allow_at_own_risk'] as const)(
    'calls no unknown a yes under %s',
    (one) => {
      const sentences = explained([{ purpose: 'access', decision: 'allow' }], {
        unknownPolicy: one,
      });
      expect(sentences.join(' ')).not.toMatch(/\byes\b/i);
      expect(sentences).toHaveLength(5);
    },
  );
});

describe('explainDuty', () => {
  it('says that nothing is to be paid only where the model is free', () => {
    expect(explainDuty({ kind: 'compensate', model: 'free' })).toBe('nothing is to be paid');
    expect(explainDuty({ kind: 'compensate', model: 'per_work', offer: 'o' })).toBe(
      'pay (per work)',
    );
  });
});
