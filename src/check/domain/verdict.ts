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
  let rank: Rank = RANK.allowed;
  const reasons: string[] = [];
  for (const purpose of purposes) {
    const answer = stricterOverTime(moments, (asOf) =>
      evaluate(matches, { ...inquiry, asOf, unknownPolicy } as Inquiry, purpose),
    );
    const own = rankOf(answer);
    if (own < rank) rank = own;
    const words = [...answer.reasons, ...dutiesOf(answer)].join('+');
    if (answer.outcome !== 'permitted') {
      reasons.push(`${purpose} ${answer.outcome}${words === '' ? '' : ` ${words}`}`);
    }
  }
  // Asked for nothing, nothing is permitted.
  return purposes.length === 0
    ? { rank: RANK.unknown, reasons: 'no_purpose' }
    : { rank, reasons: reasons.join('; ') };
}

/** What a registry says of one item. */
interface ToldItem {
  readonly purposes?: Readonly<
    Record<
      string,
      {
        readonly outcome: string;
        readonly reasons?: readonly string[];
        readonly duties?: readonly Readonly<Record<string, unknown>>[];
      }
    >
  >;
}

/**
 * What a registry answered about one identifier, in the same words as {@link verdictOn}: a purpose that is
 * not answered, or with an outcome that is new to us, is refused.
 */
export function verdictOfItem(
  { purposes: told = {} }: ToldItem,
  purposes: readonly string[],
): StandingVerdict {
  let rank: Rank = purposes.length === 0 ? RANK.unknown : RANK.allowed;
  const said: string[] = [];
  for (const purpose of purposes) {
    const answer = Object.hasOwn(told, purpose) ? told[purpose]! : { outcome: 'not_answered' };
    const own = rankOf(answer);
    if (own < rank) rank = own;
    const { outcome, reasons = [], duties = [] } = answer;
    const kinds = new Set(duties.map(({ kind }) => String(kind)));
    const words = [...reasons, ...kinds].join('+');
    if (outcome !== 'permitted')
      said.push(`${purpose} ${outcome}${words === '' ? '' : ` ${words}`}`);
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

function rankOf({ outcome }: { readonly outcome: string }): Rank {
  if (outcome === 'permitted' || outcome === 'permitted_with_duties') return RANK.allowed;
  return outcome === 'unknown' ? RANK.unknown : RANK.refused;
}

function dutiesOf({ duties }: PurposeAnswer): string[] {
  return [...new Set(duties.map(({ kind }) => kind))];
}
