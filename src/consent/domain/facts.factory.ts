import type { Layer } from '#vocabulary';
import type { Statement } from './declaration.js';
import type { ClaimFact, Inquiry, Match, WorkFacts } from './inquiry.js';
import type { Term } from './terms.js';

/** Valid facts for specs: a test names only what matters to its rule. */

export const NOON = Date.UTC(2026, 5, 1);

export function at(text: string): number {
  return Date.parse(text);
}

export function claim(party: string, layer: Layer, more: Partial<ClaimFact> = {}): ClaimFact {
  return {
    party,
    layer,
    sharePpm: 1_000_000,
    level: 3,
    exclusive: false,
    state: 'active',
    madeAt: at('2025-12-01T00:00:00Z'),
    ...more,
  };
}

let statements = 0;

export function statement(
  party: string,
  layer: Layer,
  terms: readonly Term[],
  more: Partial<Statement> = {},
): Statement {
  statements += 1;
  return {
    declarationId: `dec_${String(statements).padStart(6, '0')}`,
    party,
    layer,
    subject: { kind: 'work', id: 'w' },
    recordedAt: at('2026-01-01T00:00:00Z'),
    terms,
    ...more,
  };
}

export function work(more: Partial<WorkFacts> = {}): WorkFacts {
  return {
    workId: 'wrk_r',
    kind: 'recording',
    claims: [],
    statements: [],
    embodies: [],
    contains: [],
    samples: [],
    ...more,
  };
}

/** A work of one layer, which keeps a test about one layer free of compositions. */
export function text(
  claims: readonly ClaimFact[],
  spoken: readonly Statement[],
  more: Partial<WorkFacts> = {},
): WorkFacts {
  return work({ workId: 'wrk_t', kind: 'text', claims, statements: spoken, ...more });
}

/** A recording that embodies one composition; claims and statements go where their layer belongs. */
export function recording(
  claims: readonly ClaimFact[],
  spoken: readonly Statement[],
  more: Partial<WorkFacts> = {},
): WorkFacts {
  const isComposition = (one: { readonly layer: Layer }): boolean => one.layer === 'composition';
  const composition = work({
    workId: `${more.workId ?? 'wrk_r'}_c`,
    kind: 'composition',
    claims: claims.filter(isComposition),
    statements: spoken.filter(isComposition),
  });
  return work({
    claims: claims.filter((one) => !isComposition(one)),
    statements: spoken.filter((one) => !isComposition(one)),
    embodies: [composition],
    ...more,
  });
}

export function exact(one: WorkFacts): readonly Match[] {
  return [{ work: one, confidence: 1, how: 'identifier' }];
}

export function inquiry(more: Partial<Inquiry> = {}): Inquiry {
  return {
    territory: 'DE',
    actorClass: 'commercial',
    lawfulSource: true,
    asOf: NOON,
    unknownPolicy: 'deny',
    ...more,
  };
}
