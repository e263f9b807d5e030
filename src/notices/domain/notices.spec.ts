import { describe, expect, it } from '@jest/globals';
import { leafInWords } from './leaf-in-words.js';
import { retryAfter } from './retry-after.js';

describe('leafInWords', () => {
  const declaration = {
    ...{ type: 'declaration', party: 'pty_1', layer: 'recording' },
    ...{ subjectKind: 'party', subject: 'pty_1', withdraws: null, auth: { m: 'registry' } },
  };
  const claim = {
    ...{ type: 'claim', party: 'pty_1', layer: 'recording', work: 'wrk_1', state: 'active', n: 1 },
  };
  const dispute = {
    ...{ type: 'dispute', stream: 'dsp_1', work: 'wrk_1', layer: 'recording' },
    ...{ openedBy: null, state: 'opened', how: null },
  };
  const trigger = {
    ...{ type: 'trigger', work: 'wrk_1', kind: 'label_ceased', state: 'in_effect', party: null },
    inEffectAt: Date.parse('2026-08-28T00:00:00Z'),
  };
  const mandate = {
    ...{ type: 'mandate', stream: 'mnd_1', principal: 'pty_1', representative: 'pty_2' },
    state: 'confirmed',
  };

  it.each<[object, string]>([
    [declaration, 'You declared anew on the recording layer of everything you hold.'],
    [
      { ...declaration, auth: { m: 'webauthn' } },
      'You declared anew on the recording layer of everything you hold, signed with your passkey.',
    ],
    [
      { ...declaration, withdraws: 'dec_1', subjectKind: 'work', subject: 'wrk_1' },
      'You took back dec_1 on the recording layer of the work wrk_1.',
    ],
    [claim, 'You claim the recording layer of the work wrk_1.'],
    [
      { ...claim, party: 'pty_2' },
      'The party pty_2 claims the recording layer of the work wrk_1, in which you hold a right too',
    ],
    [{ ...claim, n: 2, level: 3 }, 'it has level 3 now.'],
    [
      { ...claim, n: 2, state: 'withdrawn' },
      'Your claim on the recording layer of the work wrk_1 was withdrawn.',
    ],
    [mandate, 'The party pty_2 may act for you from now on, under the mandate mnd_1.'],
    [{ ...mandate, state: 'revoked' }, 'The party pty_2 may no longer act for you'],
    [{ type: 'key', stream: 'pky_1', state: 'added' }, 'The passkey pky_1 was bound'],
    [{ type: 'key', stream: 'pky_1', state: 'revoked' }, 'The passkey pky_1 was revoked'],
    [{ type: 'work', stream: 'wrk_1', n: 1 }, 'You registered the work wrk_1.'],
    [
      { type: 'work', stream: 'wrk_1', n: 2 },
      'What is known of the work wrk_1 was changed; you hold a right in it',
    ],
    [dispute, 'Two exclusive claims meet on the recording layer of the work wrk_1.'],
    [{ ...dispute, openedBy: 'pty_1' }, 'You dispute claims on the recording layer'],
    [{ ...dispute, openedBy: 'pty_2' }, 'The party pty_2 disputes claims on'],
    [{ ...dispute, state: 'resolved', how: 'lapsed' }, 'The dispute dsp_1 over'],
    [
      trigger,
      'Enough archives declare that the state “label_ceased” holds for the work wrk_1. It takes effect on 2026-08-28',
    ],
    [{ ...trigger, state: 'declared', party: 'pty_3' }, 'The archive pty_3 declares'],
    [{ ...trigger, state: 'dissented', party: 'pty_3' }, 'The archive pty_3 denies'],
    [{ ...trigger, state: 'objected', party: 'pty_1' }, 'it has no effect'],
    [{ ...trigger, state: 'dropped' }, 'Too many archives deny'],
    [{ type: 'snapshot' }, 'A leaf of the kind “snapshot” was recorded.'],
  ])('says of %j to the party that it concerns what happened', (leaf, words) => {
    expect(leafInWords(leaf as never, 'pty_1')).toContain(words);
  });
});

describe('retryAfter', () => {
  it('waits longer after each failure, and gives up after about three days', () => {
    const waits = Array.from({ length: 9 }, (_, at) => retryAfter(at + 1)!);
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
    const days = waits.reduce((sum, one) => sum + one, 0) / 86_400;
    expect([days > 2.5, days < 4]).toEqual([true, true]);
    expect(retryAfter(10)).toBeNull();
  });
});
