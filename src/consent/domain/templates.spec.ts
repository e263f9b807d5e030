import type { Purpose } from '#vocabulary';
import { describe, expect, it } from '@jest/globals';
import { evaluate } from './evaluate.js';
import { claim, exact, inquiry, statement, text } from './facts.factory.js';
import type { Inquiry } from './inquiry.js';
import type { Outcome } from './outcome-order.js';
import { expandTemplate, findTemplate, TEMPLATE_IDS, TEMPLATES } from './templates.js';
import type { TemplateId, TemplateParameters } from './templates.js';
import {
  validateAfterWithdrawal,
  validatePreservationTerms,
  validateTerms,
} from './validate-terms.js';

const PRICE = { amount: '10.00', currency: 'EUR' };

function outcomeOf(
  id: TemplateId,
  purpose: Purpose,
  asks: Partial<Inquiry> = {},
  parameters: TemplateParameters = {},
): Outcome {
  const { terms, ...rest } = findTemplate(id)!.expand(parameters);
  const facts = text([claim('A', 'text')], [statement('A', 'text', terms, rest)]);
  return evaluate(exact(facts), inquiry(asks), purpose).outcome;
}

describe('templates', () => {
  it('lists every id once', () => {
    expect(TEMPLATES.map((one) => one.id)).toEqual(TEMPLATE_IDS);
    expect(findTemplate('no_such_wish')).toBeNull();
  });

  it.each(TEMPLATES)('$id expands to canonical terms', ({ expand }) => {
    for (const parameters of [{}, { price: PRICE, attribution: 'Ada', months: 24 }]) {
      const { terms, preservationTerms, afterWithdrawal } = expand(parameters);
      expect(validateTerms(terms)).toEqual({ ok: true, terms });
      if (preservationTerms !== undefined) {
        expect(validatePreservationTerms(preservationTerms)).toEqual({
          ok: true,
          preservationTerms,
        });
      }
      expect(validateAfterWithdrawal(afterWithdrawal).ok).toBe(true);
    }
  });

  it('names a bad parameter', () => {
    const price = { amount: 'ten', currency: 'EUR' };
    const result = expandTemplate(findTemplate('train_only_with_licence')!, { price });
    expect(result.ok).toBe(false);
  });

  it.each<[TemplateId, Purpose, Outcome, Partial<Inquiry>?]>([
    ['preserve_never_train', 'preservation.ingest', 'permitted'],
    ['preserve_never_train', 'ai.train.generative', 'denied'],
    ['preserve_never_train', 'ai.search', 'permitted'],
    ['preserve_never_train', 'access.stream', 'unknown'],
    ['preservation_open_after_delisting', 'access.stream', 'denied'],
    ['preservation_open_after_delisting', 'preservation.migrate', 'permitted'],
    ['train_only_with_licence', 'ai.train.generative', 'licence_required'],
    ['train_only_with_licence', 'ai.train.finetune', 'licence_required'],
    ['train_only_with_licence', 'ai.train.likeness', 'denied'],
    ['open_to_research', 'ai.analyse', 'permitted', { actorClass: 'research' }],
    ['open_to_research', 'ai.analyse', 'denied', { actorClass: 'commercial' }],
    ['open_to_research', 'ai.train.generative', 'denied', { actorClass: 'research' }],
    ['no_ai_at_all', 'ai.search', 'denied'],
    ['no_ai_at_all', 'ai.evaluate', 'denied'],
    ['open_with_attribution', 'ai.train.generative', 'permitted_with_duties'],
    ['open_with_attribution', 'ai.train.likeness', 'denied'],
  ])('%s answers %s with %s', (id, purpose, outcome, asks = {}) => {
    expect(outcomeOf(id, purpose, asks)).toBe(outcome);
  });

  it('asks for money where a price is named', () => {
    const outcome = outcomeOf('train_only_with_licence', 'ai.train', {}, { price: PRICE });
    expect(outcome).toBe('licence_required');
  });
});
