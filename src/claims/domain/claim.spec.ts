import { describe, expect, it } from '@jest/globals';
import { type Claim, layerFault, nextVersion } from './claim.js';

const claim: Claim = {
  claimId: 'clm_1',
  version: 1,
  workId: 'wrk_1',
  partyId: 'pty_1',
  layer: 'recording',
  role: 'owner',
  sharePpm: 1_000_000,
  territory: null,
  exclusive: false,
  level: 0,
  method: 'party',
  evidence: null,
  state: 'active',
  mandateId: null,
  madeBy: 'acc_1',
  madeAt: 0,
};

describe('layerFault', () => {
  it('sends a claim of the composition to the composition, not to its recording', () => {
    expect(layerFault('recording', 'composition')).toContain('claim the composition');
    expect(layerFault('composition', 'composition')).toBeNull();
  });

  it('lets nobody claim a release as such', () => {
    expect(layerFault('release', 'recording')).toContain('claim the works it contains');
  });

  it.each([
    ['recording', 'performance'],
    ['video', 'performance'],
    ['artwork', 'artwork'],
  ] as const)('lets the %s’s layer %s be claimed', (kind, layer) => {
    expect(layerFault(kind, layer)).toBeNull();
  });
});

describe('nextVersion', () => {
  it('counts on and changes only what it was told to', () => {
    expect(nextVersion(claim, { level: 2 })).toEqual({ ...claim, version: 2, level: 2 });
  });

  it('is null when nothing changes', () => {
    expect(nextVersion(claim, { level: 0 })).toBeNull();
  });

  it('is null for a claim that was withdrawn: it never comes back', () => {
    expect(nextVersion({ ...claim, state: 'withdrawn' }, { state: 'active' })).toBeNull();
  });
});
