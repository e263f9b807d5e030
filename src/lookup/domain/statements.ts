import { canonicalJson } from '#kernel';
import type { Territory } from '#vocabulary';
import type { AfterWithdrawal, PreservationTerms, Statement } from '#consent/domain';
import type { SubjectKind, Term } from '#consent/domain';
import type { OwnStatement } from './standing.js';

/** What a declaration says, shared by all declarations that say the same. */
export interface TermSet {
  readonly terms: readonly Term[];
  readonly territory?: Territory;
  readonly preservationTerms?: PreservationTerms;
  readonly afterWithdrawal?: AfterWithdrawal;
}

/**
 * A term set out of its stored JSON, its members in canonical order at every level: the database
 * keeps them in an order of its own, and answers write them as they stand.
 */
export function readTermSet(content: string): TermSet {
  return JSON.parse(canonicalJson(JSON.parse(content))) as TermSet;
}

/** Whether anything said here takes effect counted from the day the work was released. */
export function countsFromRelease({ terms, preservationTerms }: TermSet): boolean {
  const isAnniversary = (one: { readonly trigger: string }) =>
    one.trigger === 'release_anniversary';
  return (
    (preservationTerms?.triggers?.some(isAnniversary) ?? false) ||
    terms.some((term) =>
      term.conditions?.some((one) => one.kind === 'trigger' && isAnniversary(one)),
    )
  );
}

/** A stored declaration before its terms are looked up. Instants in epoch ms. */
export interface DeclarationRow extends OwnStatement {
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
}

/** The statement that a declaration makes, with its subject under the name used in the evaluation. */
export function statementOf(
  one: OwnStatement,
  subject: { readonly kind: SubjectKind; readonly id: string },
  { terms, territory, preservationTerms, afterWithdrawal }: TermSet,
): Statement {
  return {
    declarationId: one.declarationId,
    logIndex: one.logIndex,
    party: one.party,
    layer: one.layer,
    subject,
    recordedAt: one.recordedAt,
    effectiveFrom: one.effectiveFrom,
    effectiveUntil: one.effectiveUntil,
    territory,
    terms,
    withdraws: one.withdraws,
    auth: one.auth,
    preservationTerms,
    afterWithdrawal,
  };
}

/**
 * The versions that can still matter to somebody who asks at the moment of the last one or later:
 * a version is done with once a later one of the same party, layer and subject was in effect from
 * the day it was recorded. Independent of the clock, so that it gives the same set at any time.
 */
export function versionsThatMatter<T extends OwnStatement>(
  versions: readonly T[],
  subjectOf: (one: T) => string,
): T[] {
  const lastInForce = new Map<string, number>();
  const keyOf = (one: T) => `${subjectOf(one)} ${one.party} ${one.layer}`;
  for (const one of versions) {
    const startsAtOnce = one.effectiveFrom === undefined || one.effectiveFrom <= one.recordedAt;
    const last = lastInForce.get(keyOf(one)) ?? -1;
    if (startsAtOnce && one.logIndex > last) lastInForce.set(keyOf(one), one.logIndex);
  }
  return versions.filter((one) => one.logIndex >= (lastInForce.get(keyOf(one)) ?? -1));
}

/** Under which name statements about more than a work are looked up: `party:pty_…`. */
export type SubjectKey = `${'party' | 'catalogue' | 'release'}:${string}`;

export function subjectKey(kind: 'party' | 'catalogue' | 'release', id: string): SubjectKey {
  return `${kind}:${id}`;
}
