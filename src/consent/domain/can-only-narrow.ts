import { purposeCovers, type Territory } from '#vocabulary';
import type { AfterWithdrawal, PreservationTerms } from './preservation-terms.js';
import type { Term } from './terms.js';

/** What a declaration says, as far as it can widen anything. */
interface Said {
  readonly terms: readonly Term[];
  readonly territory?: Territory;
  readonly preservationTerms?: PreservationTerms;
  readonly afterWithdrawal?: AfterWithdrawal;
}

/**
 * Whether words can only narrow what is allowed, whatever they take the place of: plain refusals,
 * everywhere and without an end, of every purpose that `replaced` speaks on. A purpose that falls
 * out would be answered by what the party says more broadly, and that may allow it.
 */
export function canOnlyNarrow(
  said: Said,
  effectiveUntil: number | null,
  replaced: readonly Said[],
): boolean {
  const isPlain =
    said.terms.length > 0 &&
    said.terms.every((term) => term.decision === 'deny' && !term.conditions?.length);
  const isLimited = effectiveUntil !== null || said.territory !== undefined;
  if (!isPlain || isLimited || said.preservationTerms || said.afterWithdrawal) return false;
  return replaced
    .flatMap((before) => before.terms)
    .every(({ purpose }) => said.terms.some((own) => purposeCovers(own.purpose, purpose)));
}
