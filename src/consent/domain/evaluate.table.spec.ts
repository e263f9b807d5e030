import { describe, expect, it } from '@jest/globals';
import type { Statement } from './declaration.js';
import { evaluate } from './evaluate.js';
import { at, claim, exact, inquiry, statement, text } from './facts.factory.js';
import type { ClaimFact } from './inquiry.js';
import type { Outcome } from './outcome-order.js';
import type { Term } from './terms.js';

const TERMS: Readonly<Record<string, Term>> = {
  allow: { purpose: 'ai', decision: 'allow' },
  deny: { purpose: 'ai', decision: 'deny' },
  pay: {
    purpose: 'ai',
    decision: 'conditional',
    duties: [{ kind: 'compensate', model: 'per_training', amount: '10.00', currency: 'EUR' }],
  },
};

interface Side {
  readonly says?: keyof typeof TERMS;
  readonly claim: Partial<ClaimFact>;
  readonly withdrawn?: boolean;
}

const VERIFIED = { level: 3 } as const;
const UNVERIFIED = { level: 1, madeAt: at('2026-05-01T00:00:00Z') } as const;
const HALF = { sharePpm: 500_000 } as const;

function claimsOf(party: string, side: Side): readonly ClaimFact[] {
  return [claim(party, 'text', side.claim)];
}

function statementsOf(party: string, side: Side): readonly Statement[] {
  if (side.says === undefined) return [];
  const said = statement(party, 'text', [TERMS[side.says]!]);
  if (!side.withdrawn) return [said];
  const withdrawal = statement(party, 'text', [], {
    withdraws: said.declarationId,
    recordedAt: at('2026-03-01T00:00:00Z'),
  });
  return [said, withdrawal];
}

type Row = readonly [string, Side, Side | null, Outcome, Readonly<Record<string, unknown>>?];

const ROWS: readonly Row[] = [
  ['verified allow alone', { says: 'allow', claim: VERIFIED }, null, 'permitted'],
  ['unverified allow alone', { says: 'allow', claim: UNVERIFIED }, null, 'unknown'],
  [
    'unverified deny alone',
    { says: 'deny', claim: UNVERIFIED },
    null,
    'denied',
    { unverified: true },
  ],
  [
    'verified allow against verified deny',
    { says: 'allow', claim: VERIFIED },
    { says: 'deny', claim: VERIFIED },
    'denied',
    { unverified: false },
  ],
  [
    'verified exclusive allow against verified deny',
    { says: 'allow', claim: { ...VERIFIED, exclusive: true } },
    { says: 'deny', claim: VERIFIED },
    'permitted',
    { conflict: true },
  ],
  [
    'verified allow of the whole against unverified deny',
    { says: 'allow', claim: VERIFIED },
    { says: 'deny', claim: UNVERIFIED },
    'permitted',
    { conflict: true },
  ],
  [
    'verified allow of a half against unverified deny of the other',
    { says: 'allow', claim: { ...VERIFIED, ...HALF } },
    { says: 'deny', claim: { ...UNVERIFIED, ...HALF } },
    'denied',
    { unverified: true },
  ],
  [
    'verified allow of a half, nobody for the other',
    { says: 'allow', claim: { ...VERIFIED, ...HALF } },
    null,
    'unknown',
    { missingSharePpm: { text: 500_000 } },
  ],
  [
    'verified conditional to pay beside verified allow',
    { says: 'pay', claim: { ...VERIFIED, ...HALF } },
    { says: 'allow', claim: { ...VERIFIED, ...HALF } },
    'licence_required',
  ],
  [
    'verified deny of a half, withdrawn, beside verified allow of the other',
    { says: 'deny', claim: { ...VERIFIED, ...HALF }, withdrawn: true },
    { says: 'allow', claim: { ...VERIFIED, ...HALF } },
    'unknown',
    { missingSharePpm: { text: 500_000 } },
  ],
  [
    'verified exclusive against verified exclusive',
    { says: 'allow', claim: { ...VERIFIED, exclusive: true } },
    { claim: { ...VERIFIED, exclusive: true } },
    'disputed',
  ],
];

describe('evaluate, the table of section 4', () => {
  it.each(ROWS)('%s', (_, a, b, outcome, more = {}) => {
    const facts = text(
      [...claimsOf('A', a), ...(b === null ? [] : claimsOf('B', b))],
      [...statementsOf('A', a), ...(b === null ? [] : statementsOf('B', b))],
    );
    const answer = evaluate(exact(facts), inquiry(), 'ai.train.generative');
    expect(answer).toMatchObject({ outcome, ...more });
  });
});
