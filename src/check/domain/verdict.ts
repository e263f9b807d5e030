import { evaluate, type Inquiry, type Match, type PurposeAnswer } from '#consent/domain';
import type { Ask } from '#lookup/domain';

/** What becomes of a row. Only the first is permission. */
export const VERDICTS = ['allowed', 'refused', 'unknown', 'invalid'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What one identifier says of its row; of several in one row the strongest, the lowest, speaks. */
export const RANK = {
  refused: 0,
  /** It can't be read: nobody knows what it was meant to be. */
  invalid: 1,
  /** Registered, and nobody who may has said. */
  unknown: 2,
  allowed: 3,
  /** Not registered. Beside one that is, it adds nothing (model, rule 4.1). */
  notFound: 4,
  /** The cell is empty. */
  absent: 5,
} as const;
export type Rank = (typeof RANK)[keyof typeof RANK];

/** Indexed by rank: a row that no identifier speaks for is unknown, never allowed. */
export const VERDICT_OF_RANK: readonly Verdict[] = [
  'refused',
  'invalid',
  'unknown',
  'allowed',
  'unknown',
  'unknown',
];

export interface StandingVerdict {
  readonly rank: Rank;
  /** For people and programs: `purpose outcome reason+reason; …`, empty where all is plainly permitted. */
  readonly reasons: string;
}

/** When a snapshot speaks for, and when it is asked; epoch ms. */
export interface Moments {
  readonly asOf: number;
  readonly now: number;
}

/**
 * What the works of one standing come to for everything asked: allowed only where every purpose is
 * permitted. An answer that has ended between the snapshot and now is given as it was and as it is now,
 * and the stricter counts.
 */
export function verdictOn(
  matches: readonly Match[],
  { purposes, inquiry, unknownPolicy }: Ask,
  moments: Moments,
): StandingVerdict {
  return summed(purposes, (purpose) =>
    stricterOverTime(moments, (asOf) =>
      evaluate(matches, { ...inquiry, asOf, unknownPolicy } as Inquiry, purpose),
    ),
  );
}

/** What is said of one purpose, as far as a row repeats it. */
interface Told {
  readonly outcome: string;
  readonly reasons?: readonly string[];
  readonly duties?: readonly object[];
}

/**
 * The same of what a registry answered about one identifier: a purpose that is not answered, or with an
 * outcome that is new to us, is refused.
 */
export function verdictOfItem(
  { purposes: told = {} }: { readonly purposes?: Readonly<Record<string, Told>> },
  purposes: Ask['purposes'],
): StandingVerdict {
  return summed(purposes, (purpose) =>
    Object.hasOwn(told, purpose) ? told[purpose]! : { outcome: 'not_answered' },
  );
}

function summed(
  purposes: Ask['purposes'],
  answerTo: (purpose: Ask['purposes'][number]) => Told,
): StandingVerdict {
  // Asked for nothing, nothing is permitted.
  if (purposes.length === 0) return { rank: RANK.unknown, reasons: 'no_purpose' };
  let rank: Rank = RANK.allowed;
  const said: string[] = [];
  for (const purpose of purposes) {
    const answer = answerTo(purpose);
    const own = rankOf(answer);
    if (own < rank) rank = own;
    const { outcome, reasons = [], duties = [] } = answer;
    const words = [...reasons, ...kindsOf(duties)].join('+');
    if (outcome !== 'permitted') said.push([purpose, outcome, words].join(' ').trimEnd());
  }
  return { rank, reasons: said.join('; ') };
}

function stricterOverTime(
  { asOf, now }: Moments,
  answerAt: (at: number) => PurposeAnswer,
): PurposeAnswer {
  const then = answerAt(asOf);
  if (now < then.validUntil) return then;
  const today = answerAt(now);
  return rankOf(today) < rankOf(then) ? today : then;
}

function rankOf({ outcome }: Told): Rank {
  if (outcome === 'permitted' || outcome === 'permitted_with_duties') return RANK.allowed;
  return outcome === 'unknown' ? RANK.unknown : RANK.refused;
}

function kindsOf(duties: readonly object[]): string[] {
  return [...new Set(duties.map((duty) => String((duty as { kind?: unknown }).kind)))];
}
