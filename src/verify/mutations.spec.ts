import { describe, expect, it } from '@jest/globals';
import { tryMutations } from '../../bench/mutations/try-mutations.js';

describe('of mutated proofs, notes, receipts and logs', () => {
  // `npm run mutations` tries a hundred thousand.
  it('none is accepted', async () => {
    const figures = await tryMutations(1_500, 1);
    expect(figures.flatMap(({ accepted }) => accepted)).toEqual([]);
    for (const { cases, mutations, sound } of figures) {
      expect(cases).toBeGreaterThanOrEqual(mutations);
      expect(sound).toBeGreaterThan(0);
    }
  });
});
