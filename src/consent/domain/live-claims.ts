import { type Layer, overlaps } from '#vocabulary';
import { noteChange } from './inquiry.js';
import type { Asking, ClaimFact } from './inquiry.js';
import { lapsesAt } from './valid-until.js';

/** Verified is level 2 or more (section 4, rule 3). */
export const VERIFIED_LEVEL = 2;

export function isVerified(claim: ClaimFact): boolean {
  return claim.level >= VERIFIED_LEVEL;
}

function recordedAt(claim: ClaimFact): number {
  return claim.recordedAt ?? claim.madeAt;
}

const STATE_ORDER = ['active', 'disputed', 'withdrawn'] as const;

/** Which of two versions of one claim counts: the later record; at a tie the one that gives least. */
function isLaterVersion(a: ClaimFact, b: ClaimFact): boolean {
  if (recordedAt(a) !== recordedAt(b)) return recordedAt(a) > recordedAt(b);
  if (a.state !== b.state) return STATE_ORDER.indexOf(a.state) > STATE_ORDER.indexOf(b.state);
  if (a.level !== b.level) return a.level < b.level;
  return a.sharePpm < b.sharePpm;
}

function isReplaced(claims: readonly ClaimFact[], at: number, asOf: number): boolean {
  const claim = claims[at]!;
  if (claim.claimId === undefined) return false;
  for (let other = 0; other < claims.length; other += 1) {
    const one = claims[other]!;
    if (other === at || one.claimId !== claim.claimId || recordedAt(one) > asOf) continue;
    // Two equal records are one claim: the first stands for both, and they are equal.
    if (isLaterVersion(one, claim) || (!isLaterVersion(claim, one) && other < at)) return true;
  }
  return false;
}

/**
 * The claims that count for a layer at the moment asked about and reach the place asked about: not
 * withdrawn, not ended, and if unverified not yet lapsed. An unstated place reaches every claim. A
 * claim in dispute is still heard. Notes the instants at which one of them will end or lapse.
 */
export function listLiveClaims(
  claims: readonly ClaimFact[],
  layer: Layer,
  asking: Pick<Asking, 'asOf' | 'territory' | 'nextChange'>,
): readonly ClaimFact[] {
  let live: ClaimFact[] | null = null;
  for (let at = 0; at < claims.length; at += 1) {
    const claim = claims[at]!;
    if (claim.layer !== layer || claim.state === 'withdrawn') continue;
    if (recordedAt(claim) > asking.asOf || isReplaced(claims, at, asking.asOf)) continue;
    if (claim.until !== undefined && claim.until <= asking.asOf) continue;
    if (!overlaps(claim.territory, asking.territory)) continue;
    if (!isVerified(claim)) {
      const lapse = lapsesAt(claim.madeAt);
      if (lapse <= asking.asOf) continue;
      noteChange(asking, lapse);
    }
    noteChange(asking, claim.until);
    if (live === null) live = [claim];
    else live.push(claim);
  }
  return live ?? NONE;
}

const NONE: readonly ClaimFact[] = Object.freeze([]);
