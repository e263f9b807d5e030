import type { Layer, Territory } from '#vocabulary';
import type { AfterWithdrawal, PreservationTerms } from './preservation-terms.js';
import type { SubjectRef } from './subject.js';
import type { Term } from './terms.js';

/**
 * One immutable declaration as the evaluation reads it. All instants are epoch milliseconds UTC.
 *
 * - It takes effect at the later of `effectiveFrom` and `recordedAt`, never before it was recorded.
 * - At `effectiveUntil` it falls silent like a withdrawal: its subject and layer say nothing more and
 *   nothing falls through to a broader statement, because doubt must not widen what is allowed.
 * - `withdraws` names the declaration it takes back; such a statement carries no terms.
 * - `territory` limits a deny to that place. An allow or a conditional that is asked about elsewhere,
 *   or without naming a place, gives a deny for that inquiry, as a territory condition would; it does
 *   not fall through to a broader allow.
 */
export interface Statement {
  readonly declarationId: string;
  readonly logIndex?: number;
  readonly party: string;
  readonly layer: Layer;
  readonly subject: SubjectRef;
  readonly recordedAt: number;
  readonly effectiveFrom?: number;
  readonly effectiveUntil?: number;
  readonly territory?: Territory;
  readonly terms: readonly Term[];
  readonly withdraws?: string;
  /** Signed with a passkey of the party's own; absent: the registry alone vouches. */
  readonly auth?: 'passkey';
  readonly preservationTerms?: PreservationTerms;
  readonly afterWithdrawal?: AfterWithdrawal;
}

/** When a statement takes effect, in epoch milliseconds (section 4, rule 12). */
export function startsAt(statement: Statement): number {
  const from = statement.effectiveFrom;
  return from !== undefined && from > statement.recordedAt ? from : statement.recordedAt;
}

/** Whether a statement says nothing more at `asOf`: withdrawn, or past its own end. */
export function isTombstone(statement: Statement, asOf: number): boolean {
  if (statement.withdraws !== undefined) return true;
  return statement.effectiveUntil !== undefined && statement.effectiveUntil <= asOf;
}

/**
 * Whether `a` replaces `b` where both are in effect on one subject: the one that was recorded last,
 * then the higher log position, then the greater id. An earlier record with a later effective date was
 * already replaced when the newer one was recorded.
 */
export function replaces(a: Statement, b: Statement): boolean {
  if (a.recordedAt !== b.recordedAt) return a.recordedAt > b.recordedAt;
  const aIndex = a.logIndex ?? -1;
  const bIndex = b.logIndex ?? -1;
  if (aIndex !== bIndex) return aIndex > bIndex;
  return a.declarationId > b.declarationId;
}
