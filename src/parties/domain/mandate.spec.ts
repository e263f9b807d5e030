import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isInForce,
  type Mandate,
  MANDATE_STATES,
  type MandateAction,
  type MandateSide,
  type MandateState,
  stepMandate,
} from './mandate.js';
import { mandateInWords } from './mandate-in-words.js';

const proposed: Mandate = {
  mandateId: 'mnd_1',
  principalPartyId: 'pty_artist',
  representativePartyId: 'pty_label',
  rights: ['consent', 'claim'],
  purposes: null,
  territory: null,
  validFrom: 1_000,
  validUntil: null,
  state: 'proposed',
  proposedAt: 1_000,
  decidedAt: null,
  revokedAt: null,
};

function after(mandate: Mandate, action: MandateAction, at: number): Mandate {
  const step = stepMandate(mandate, action, ['principal'], at);
  if (step.status !== 'taken') throw new Error(step.status);
  return step.mandate;
}

const confirmed = after(proposed, 'confirm', 2_000);

describe('stepMandate', () => {
  const table: [MandateState, MandateAction, MandateSide, string][] = [
    ['proposed', 'confirm', 'principal', 'confirmed'],
    ['proposed', 'confirm', 'representative', 'not_yours'],
    ['proposed', 'decline', 'principal', 'declined'],
    ['proposed', 'decline', 'representative', 'not_yours'],
    ['proposed', 'revoke', 'principal', 'revoked'],
    ['proposed', 'revoke', 'representative', 'revoked'],
    ['confirmed', 'confirm', 'principal', 'not_open'],
    ['confirmed', 'confirm', 'representative', 'not_open'],
    ['confirmed', 'decline', 'principal', 'not_open'],
    ['confirmed', 'decline', 'representative', 'not_open'],
    ['confirmed', 'revoke', 'principal', 'revoked'],
    ['confirmed', 'revoke', 'representative', 'revoked'],
    ...(['declined', 'revoked'] as const).flatMap((state) =>
      (['confirm', 'decline', 'revoke'] as const).flatMap((action) =>
        (['principal', 'representative'] as const).map(
          (side): [MandateState, MandateAction, MandateSide, string] => [
            state,
            action,
            side,
            'not_open',
          ],
        ),
      ),
    ),
  ];

  it.each(table)('from %s, %s by the %s gives %s', (state, action, side, expected) => {
    const step = stepMandate({ ...proposed, state }, action, [side], 5_000);
    expect(step.status === 'taken' ? step.mandate.state : step.status).toBe(expected);
  });

  it('names every state, action and side in the table above', () => {
    expect(table).toHaveLength(MANDATE_STATES.length * 3 * 2);
  });

  it('takes no step for somebody on neither side', () => {
    expect(stepMandate(confirmed, 'revoke', [], 5_000)).toEqual({ status: 'not_yours' });
  });

  it('refuses to confirm what has run out at that very moment', () => {
    const short = { ...proposed, validUntil: 3_000 };
    expect(stepMandate(short, 'confirm', ['principal'], 3_000)).toEqual({ status: 'run_out' });
    expect(stepMandate(short, 'confirm', ['principal'], 2_999).status).toBe('taken');
  });
});

describe('isInForce', () => {
  it.each([
    ['before its confirmation, although it says it began', confirmed, 1_999, false],
    ['from its confirmation', confirmed, 2_000, true],
    ['before its beginning', { ...confirmed, validFrom: 9_000 }, 8_999, false],
    ['from its beginning', { ...confirmed, validFrom: 9_000 }, 9_000, true],
    ['in its last moment', { ...confirmed, validUntil: 9_000 }, 8_999, true],
    ['at its end', { ...confirmed, validUntil: 9_000 }, 9_000, false],
    ['until it is revoked', after(confirmed, 'revoke', 9_000), 8_999, true],
    ['from its revocation', after(confirmed, 'revoke', 9_000), 9_000, false],
    ['when only proposed', proposed, 9_000, false],
    ['when declined', after(proposed, 'decline', 2_000), 9_000, false],
    ['when withdrawn before an answer', after(proposed, 'revoke', 2_000), 9_000, false],
  ])('%s', (_, mandate, at, expected) => {
    expect(isInForce(mandate, at)).toBe(expected);
  });

  it('never holds before a confirmation or after a revocation, whatever the steps', () => {
    const steps = fc.array(
      fc.record({
        action: fc.constantFrom<MandateAction>('confirm', 'decline', 'revoke'),
        side: fc.constantFrom<MandateSide>('principal', 'representative'),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(steps, (taken) => {
        let mandate = proposed;
        let confirmedAt = Infinity;
        let revokedAt = Infinity;
        taken.forEach(({ action, side }, index) => {
          const at = 2_000 + index * 100;
          const step = stepMandate(mandate, action, [side], at);
          if (step.status !== 'taken') return;
          mandate = step.mandate;
          if (action === 'confirm') confirmedAt = at;
          if (action === 'revoke') revokedAt = at;
        });
        for (let at = 1_900; at < 3_000; at += 50) {
          expect(isInForce(mandate, at)).toBe(at >= confirmedAt && at < revokedAt);
        }
      }),
    );
  });
});

describe('mandateInWords', () => {
  it('spells every right out, and where, for what and until when', () => {
    const words = mandateInWords(
      {
        ...proposed,
        purposes: ['ai.train'],
        territory: { include: ['EU'], exclude: ['FR'] },
        validFrom: Date.UTC(2026, 0, 1),
        validUntil: Date.UTC(2027, 0, 1, 12),
      },
      'Blue Door Records',
    );
    expect(words).toEqual([
      'Blue Door Records may declare and withdraw in your name what may be done with your works.',
      'Blue Door Records may claim rights in works for you, and withdraw those claims.',
      'This holds for these purposes only: train models on it (ai.train).',
      'This holds in the European Union, without FR.',
      'It begins on 2026-01-01 at 00:00 UTC, but never before you confirm it, and lasts until 2027-01-01 at 12:00 UTC.',
      'You can revoke it at any time, with effect from that moment.',
    ]);
  });

  it('says so where there is no limit', () => {
    const words = mandateInWords(proposed, 'Blue Door Records').join(' ');
    expect(words).toContain('for every purpose');
    expect(words).toContain('in the whole world');
    expect(words).toContain('until either of you revokes it');
  });
});
