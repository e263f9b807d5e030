import { describe, expect, it } from '@jest/globals';
import { getPurposeRule, inheritanceChain, isPurpose, purposeCovers, PURPOSES } from './purpose.js';
import type { Purpose } from './purpose.js';

describe('purpose', () => {
  it('has the 26 stable ids of the model', () => {
    expect(PURPOSES).toHaveLength(26);
  });

  it.each<[Purpose, readonly Purpose[]]>([
    ['ai.train.generative', ['ai.train.generative', 'ai.train', 'ai']],
    ['preservation.restore', ['preservation.restore', 'preservation']],
    ['ai', ['ai']],
    ['ai.search', ['ai.search']],
    ['dataset.redistribute', ['dataset.redistribute']],
  ])('%s inherits by %j', (purpose, chain) => {
    expect(inheritanceChain(purpose)).toEqual(chain);
  });

  it('lets fine-tuning only tighten generative training, and likeness only training', () => {
    expect(getPurposeRule('ai.train.finetune').tightens?.purpose).toBe('ai.train.generative');
    expect(getPurposeRule('ai.train.likeness').tightens?.purpose).toBe('ai.train');
    expect(PURPOSES.filter((one) => getPurposeRule(one).tightens !== null)).toHaveLength(2);
  });

  it('covers children, never search by ai', () => {
    expect(purposeCovers('ai', 'ai.train.likeness')).toBe(true);
    expect(purposeCovers('ai', 'ai.search')).toBe(false);
    expect(purposeCovers('ai.train.generative', 'ai.train')).toBe(false);
  });

  it('asks every ai, access and dataset purpose for a lawful source, and no preservation', () => {
    const without = PURPOSES.filter((one) => !getPurposeRule(one).lawfulSourceByDefault);
    expect(without.every((one) => one.startsWith('preservation'))).toBe(true);
    expect(without).toHaveLength(7);
  });

  it.each(['AI', ' ai', 'ai.', 'constructor', '__proto__', 'dataset', 4, null])(
    'takes %j for no purpose',
    (value) => {
      expect(isPurpose(value)).toBe(false);
    },
  );

  it('is asked only for purposes of the vocabulary', () => {
    expect(() => getPurposeRule('ai.dream' as Purpose)).toThrow('ai.dream');
  });
});
