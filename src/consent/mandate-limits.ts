import { DomainProblem } from '#kernel';
import type { ActingParty } from '#parties';
import { isWithin, type Purpose, purposeCovers } from '#vocabulary';
import type { TermSetContent } from './term-set.js';

/** Whether whoever acts may speak on some purposes or in some territory only. */
export function isLimited({ purposes, territory }: ActingParty): boolean {
  return purposes !== null || territory !== null;
}

/**
 * Refuses what a mandate does not cover: what is to be said or, where `replaced` names a
 * declaration, what would fall silent because a new one takes its place.
 */
export function refuseBeyondMandate(
  acting: ActingParty,
  content: TermSetContent,
  replaced?: string,
): void {
  const purpose = findPurposeBeyond(acting, content);
  // A withdrawal names no purpose and silences all of them: whatever ends it speaks on all.
  const isSilence = content.terms.length === 0 && isLimited(acting);
  if (!purpose && !isSilence && isWithin(content.territory, acting.territory ?? undefined)) return;
  const what = purpose ?? (isSilence ? 'every purpose' : 'the territory of the declaration');
  throw new DomainProblem(
    'consent/beyond-mandate',
    replaced
      ? `It would take the place of ${replaced}, and the mandate does not cover ${what} there.`
      : `The mandate does not cover ${what}; name what lies within it.`,
    replaced ? { replaced } : {},
  );
}

/** How copies are kept is a matter of preservation, whether or not a term names it. */
function findPurposeBeyond({ purposes }: ActingParty, content: TermSetContent): Purpose | null {
  if (purposes === null) return null;
  const said = content.terms.map((term) => term.purpose);
  if (content.preservationTerms) said.push('preservation');
  return said.find((one) => !purposes.some((own) => purposeCovers(own, one))) ?? null;
}
