import { describe, expect, it } from '@jest/globals';
import { canOnlyNarrow } from './can-only-narrow.js';
import type { Term } from './terms.js';

const deny = (purpose: Term['purpose']): Term => ({ purpose, decision: 'deny' });
const allow = (purpose: Term['purpose']): Term => ({ purpose, decision: 'allow' });

describe('canOnlyNarrow', () => {
  it('holds for plain refusals where nothing was said', () => {
    expect(canOnlyNarrow({ terms: [deny('ai'), deny('preservation')] }, null, [])).toBe(true);
  });

  it('holds for refusals of all that was spoken on, or of what it is part of', () => {
    const replaced = [{ terms: [deny('ai.train'), allow('ai.train.generative')] }];
    expect(canOnlyNarrow({ terms: [deny('ai')] }, null, replaced)).toBe(true);
    expect(canOnlyNarrow({ terms: [deny('ai.train')] }, null, replaced)).toBe(true);
  });

  it('fails where a purpose that was spoken on falls out', () => {
    const replaced = [{ terms: [deny('ai'), deny('preservation')] }];
    expect(canOnlyNarrow({ terms: [deny('ai')] }, null, replaced)).toBe(false);
    expect(canOnlyNarrow({ terms: [deny('ai.train'), deny('preservation')] }, null, replaced)).toBe(
      false,
    );
  });

  it.each([
    ['an allowance', { terms: [deny('ai'), allow('preservation')] }, null],
    ['a condition', { terms: [{ ...deny('ai'), conditions: [{ kind: 'lawful_source' }] }] }, null],
    ['a territory', { terms: [deny('ai')], territory: { include: ['DE'] } }, null],
    ['terms of keeping', { terms: [deny('ai')], preservationTerms: { accessMode: 'open' } }, null],
    ['a word on what is left', { terms: [deny('ai')], afterWithdrawal: {} }, null],
    ['an end', { terms: [deny('ai')] }, 1_800_000_000_000],
    ['silence', { terms: [] }, null],
  ])('fails with %s', (_, said, until) => {
    expect(canOnlyNarrow(said as never, until, [])).toBe(false);
  });
});
