import { describe, expect, it } from '@jest/globals';
import { REASONS, reasonBits, reasonsOf, STATEABLE, stateBits, stateOf } from './reason.js';

describe('reason', () => {
  it('fits all reasons and all names into the bits of one number', () => {
    expect(REASONS.length).toBeLessThan(31);
    expect(reasonsOf(reasonBits(REASONS))).toEqual(REASONS);
    expect(stateOf(stateBits(STATEABLE))).toEqual(STATEABLE);
  });

  it('lists reasons once and in the order of the closed list', () => {
    expect(reasonsOf(reasonBits(['deny', 'territory', 'deny']))).toEqual(['territory', 'deny']);
    expect(reasonsOf(0)).toEqual([]);
  });
});
