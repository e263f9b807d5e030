/** A database as a look at it found it. */
export interface DatabaseSight {
  /** The number that PostgreSQL gives to a cluster and all its copies. */
  readonly system: string;
  readonly isInRecovery: boolean;
  readonly isPaused: boolean;
  readonly size: number;
  /** Hash of the last leaf, hex; `-` where there is none. */
  readonly tip: string;
}

/** What the primary says of a log of the standby's size, looked at after the standby. */
export interface PrimarySight {
  readonly system: string;
  readonly size: number;
  /** Hash of the leaf that is the standby's last one, hex; `-` where there is none. */
  readonly tie: string;
}

/**
 * `serving`: lookups may be read from it. `behind` and `away` pass by themselves. `refused`: it is
 * no copy of this registry's database, or one that went its own way.
 */
export type StandbyState = 'serving' | 'behind' | 'away' | 'refused';

export interface Verdict {
  readonly state: StandbyState;
  readonly reason: string | null;
}

/**
 * Whether lookups may be read from a standby. `primary` is null while it is out of reach: then only
 * a standby that was compared with it before (`wasCompared`) goes on. `floor` is the log size that an answer must
 * have at least.
 */
export function judgeStandby(
  standby: DatabaseSight,
  primary: PrimarySight | null,
  { floor, wasCompared }: { floor: number; wasCompared: boolean },
): Verdict {
  if (!standby.isInRecovery) return refused('It is no standby: it takes writes of its own.');
  if (primary) {
    if (primary.system !== standby.system) return refused('It is a copy of another database.');
    if (primary.size < standby.size) return refused('Its log is longer than the database’s.');
    if (primary.tie !== standby.tip) return refused('Its log is another one.');
  } else if (!wasCompared) {
    return { state: 'away', reason: 'There is no database to compare it with.' };
  }
  if (standby.isPaused) return { state: 'behind', reason: 'Its replay is paused.' };
  if (standby.size < floor) {
    const reason = `It has ${standby.size} leaves of at least ${floor}.`;
    return { state: 'behind', reason };
  }
  return { state: 'serving', reason: null };
}

function refused(reason: string): Verdict {
  return { state: 'refused', reason };
}

/**
 * The log size below which an answer would be too old: the largest that the primary was seen at
 * before the allowed lag began. The first sight counts at once.
 */
export class LagFloor {
  private seen: { readonly size: number; readonly at: number }[] = [];

  constructor(private readonly lagMs: number) {}

  /** Takes in a look at the primary at `at` (any clock that only goes forward, ms). */
  see(size: number, at: number): void {
    const last = this.seen.at(-1);
    // A log that went back was restored: its standbys are compared with it anew.
    if (last && size < last.size) this.seen = [];
    if (this.seen.length === 0) this.seen.push({ size, at: -Infinity });
    else if (size > this.seen.at(-1)!.size) this.seen.push({ size, at });
  }

  at(now: number): number {
    while (this.seen.length > 1 && this.seen[1]!.at <= now - this.lagMs) this.seen.shift();
    return this.seen[0]?.size ?? 0;
  }
}
