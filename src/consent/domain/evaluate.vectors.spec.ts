import type { Layer, Purpose } from '#vocabulary';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Statement } from './declaration.js';
import { evaluate } from './evaluate.js';
import { exact, recording } from './facts.factory.js';
import type { ClaimFact, Inquiry, Licence } from './inquiry.js';
import type { SubjectKind } from './subject.js';
import type { Term } from './terms.js';

interface Vector {
  readonly name: string;
  readonly rule: string;
  readonly claims: readonly (Partial<Omit<ClaimFact, 'madeAt'>> & {
    party: string;
    layer: Layer;
    level: ClaimFact['level'];
    madeAt?: string;
  })[];
  readonly declarations: readonly {
    id?: string;
    party: string;
    layer: Layer;
    subject: SubjectKind;
    recordedAt: string;
    effectiveFrom?: string;
    terms: readonly Term[];
    withdraws?: string;
  }[];
  readonly inquiry: Omit<Inquiry, 'asOf' | 'unknownPolicy'> & {
    purpose: Purpose;
    asOf: string;
    licence?: { party: string; purpose: Purpose; layers?: readonly Layer[] };
  };
  readonly expect: Readonly<Record<string, unknown>>;
}

const file = new URL('../../../test/vectors/evaluation.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Vector[] };

function claimOf(one: Vector['claims'][number]): ClaimFact {
  return {
    sharePpm: 1_000_000,
    exclusive: false,
    state: 'active',
    ...one,
    madeAt: Date.parse(one.madeAt ?? '2025-12-01T00:00:00Z'),
  };
}

function statementOf(one: Vector['declarations'][number], index: number): Statement {
  const { id, subject, recordedAt, effectiveFrom, ...rest } = one;
  return {
    ...rest,
    declarationId: id ?? `dec_${index}`,
    logIndex: index,
    subject: { kind: subject, id: subject === 'party' ? undefined : 'w' },
    recordedAt: Date.parse(recordedAt),
    effectiveFrom: effectiveFrom === undefined ? undefined : Date.parse(effectiveFrom),
  };
}

function licenceOf(one: NonNullable<Vector['inquiry']['licence']>): Licence {
  const { party, purpose, layers } = one;
  return { licenceId: 'lic_1', grantee: party, purposes: [purpose], layers, from: 0 };
}

describe('evaluate, published examples', () => {
  it('has all fifty of them', () => {
    expect(cases).toHaveLength(50);
  });

  it.each(cases.map((one) => [`${one.rule}: ${one.name}`, one] as const))('%s', (_, one) => {
    const { purpose, asOf, licence, ...rest } = one.inquiry;
    const facts = recording(one.claims.map(claimOf), one.declarations.map(statementOf));
    const answer = evaluate(
      exact(facts),
      {
        ...rest,
        asOf: Date.parse(asOf),
        unknownPolicy: 'deny',
        licences: licence === undefined ? undefined : [licenceOf(licence)],
      },
      purpose,
    );
    for (const [key, expected] of Object.entries(one.expect)) {
      if (key === 'reason') expect(answer.reasons).toContain(expected);
      else if (key === 'duties') expect(answer.duties.map((duty) => duty.kind)).toEqual(expected);
      else if (key === 'basis') expect(answer.basis.split(':')[0]).toBe(expected);
      else expect(answer).toHaveProperty(key, expected);
    }
  });
});
