import type { Match, WorkFacts } from './inquiry.js';

/** A refusal applies from this match confidence on (section 4, rule 1). */
export const DENY_CONFIDENCE = 0.75;

/** An allow needs this confidence and no other candidate, unless the match is exact. */
export const ALLOW_CONFIDENCE = 0.95;

/** A distinct work that an item may be, with the best of the matches that lead to it. */
export interface Candidate {
  readonly work: WorkFacts;
  readonly how: Match['how'];
  readonly confidence: number;
  readonly exact: boolean;
}

export interface Identity {
  readonly status: 'matched' | 'ambiguous_match' | 'not_found';
  readonly candidates: readonly Candidate[];
}

function isExact(match: Match): boolean {
  return match.how === 'identifier' || match.how === 'hash';
}

const HOW_ORDER = ['identifier', 'hash', 'fingerprint', 'metadata'] as const;

function isBetter(a: Match, b: Match): boolean {
  if (isExact(a) !== isExact(b)) return isExact(a);
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  return HOW_ORDER.indexOf(a.how) < HOW_ORDER.indexOf(b.how);
}

const NOT_FOUND: Identity = Object.freeze({ status: 'not_found', candidates: Object.freeze([]) });

/**
 * Rule 4.1. Exact matches are certain. Once one is there the item is known, and likely matches only add
 * their own terms to the strictest. Without one, a single likely match of 0.95 is certain enough; any
 * other candidate, even an unlikely one that the caller hands over, makes it ambiguous. Matches that
 * are neither exact nor at least 0.75 are no ground for any answer.
 */
export function identify(matches: readonly Match[]): Identity {
  if (matches.length === 0) return NOT_FOUND;
  if (matches.length === 1) {
    const { work, how, confidence } = matches[0]!;
    const exact = isExact(matches[0]!);
    if (!exact && !(confidence >= DENY_CONFIDENCE)) return NOT_FOUND;
    const status = exact || confidence >= ALLOW_CONFIDENCE ? 'matched' : 'ambiguous_match';
    return { status, candidates: [{ work, how, confidence, exact }] };
  }
  const best = new Map<string, Match>();
  for (const match of matches) {
    const known = best.get(match.work.workId);
    if (known === undefined || isBetter(match, known)) best.set(match.work.workId, match);
  }
  const candidates: Candidate[] = [];
  let certain = false;
  for (const match of best.values()) {
    const exact = isExact(match);
    if (exact || (match.confidence >= ALLOW_CONFIDENCE && best.size === 1)) certain = true;
    if (!exact && !(match.confidence >= DENY_CONFIDENCE)) continue;
    const { work, how, confidence } = match;
    candidates.push({ work, how, confidence, exact });
  }
  if (candidates.length === 0) return NOT_FOUND;
  candidates.sort((a, b) => (a.work.workId < b.work.workId ? -1 : 1));
  return { status: certain ? 'matched' : 'ambiguous_match', candidates };
}
