import { RANK, type Rank, type StandingVerdict, type Verdict, VERDICT_OF_RANK } from './verdict.js';

/** What is said of a row, under a small number: the stricter the rank, the lower the code. */
export interface VerdictWord {
  readonly code: number;
  readonly rank: Rank;
  readonly outcome: Verdict;
  readonly reasons: string;
}

/** What is said where nothing registered speaks. */
const UNSPOKEN = {
  notFound: { rank: RANK.notFound, reasons: 'not_found' },
  absent: { rank: RANK.absent, reasons: 'no_identifier' },
  invalid: { rank: RANK.invalid, reasons: 'invalid_identifier' },
  unreadable: { rank: RANK.invalid, reasons: 'unreadable_row' },
} as const;

/** The different things that a check can say of a row: few, however many standings there are. */
export class VerdictWords {
  readonly all: readonly VerdictWord[];
  private readonly codes = new Map<string, number>();

  constructor(verdicts: Iterable<StandingVerdict>) {
    const distinct = new Map<string, StandingVerdict>();
    for (const one of [...verdicts, ...Object.values(UNSPOKEN)]) distinct.set(keyOf(one), one);
    const sorted = [...distinct.values()].sort((a, b) => a.rank - b.rank);
    this.all = sorted.map(({ rank, reasons }, code) => {
      this.codes.set(keyOf({ rank, reasons }), code);
      return { code, rank, outcome: VERDICT_OF_RANK[rank]!, reasons };
    });
  }

  codeOf(verdict: StandingVerdict): number {
    return this.codes.get(keyOf(verdict))!;
  }

  unspoken(why: keyof typeof UNSPOKEN): number {
    return this.codeOf(UNSPOKEN[why]);
  }

  /** The lowest code of a rank that anything is said with, rank by rank. */
  get firstOfRanks(): ReadonlyMap<Rank, number> {
    const first = new Map<Rank, number>();
    for (const { rank, code } of this.all) if (!first.has(rank)) first.set(rank, code);
    return first;
  }
}

function keyOf({ rank, reasons }: StandingVerdict): string {
  return `${rank} ${reasons}`;
}
