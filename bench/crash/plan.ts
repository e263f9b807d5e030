import { Random } from '../samples/random.js';

/** What befalls the registry, and how often in a hundred crashes. */
const SHARES = {
  /** The process dies at a random moment of its work. */
  'kill -9': 23,
  /** The next process dies while it takes up the log. */
  'kill -9 at start': 2,
  /** PostgreSQL stops at once and recovers; the process has to get over it. */
  postgres: 19,
  /** PostgreSQL stops at once, and the process dies with it. */
  'postgres and kill -9': 5,
  /** Writes and flushes of the log's files fail for a while, ENOSPC or EIO. */
  'failing files': 26,
  /** The one disk under database and log is full for a while. */
  'disk full': 12,
  /** The process dies while the disk is full, and the next one starts on it. */
  'disk full and kill -9': 5,
  /** Writes and flushes of PostgreSQL itself end with EIO for a while. */
  'postgres EIO': 8,
} as const;

export type Way = keyof typeof SHARES;

export const WAYS = Object.keys(SHARES) as readonly Way[];

export interface PlannedCrash {
  readonly way: Way;
  /** Its own, so that what one crash draws does not change the next. */
  readonly dice: Random;
}

/** `count` crashes by a seed: each way once, in any order, and after that by its share. */
export function* planCrashes(
  seed: number,
  count: number,
  ways: readonly Way[],
): Generator<PlannedCrash> {
  const dice = new Random(seed);
  let cards = shuffled(ways, dice);
  for (let crash = 0; crash < count; crash += 1) {
    if (cards.length === 0) {
      cards = shuffled(
        ways.flatMap((way) => Array.from({ length: SHARES[way] }, () => way)),
        dice,
      );
    }
    yield { way: cards.pop()!, dice: new Random(dice.below(2 ** 32)) };
  }
}

function shuffled(ways: readonly Way[], dice: Random): Way[] {
  const cards = [...ways];
  for (let at = cards.length - 1; at > 0; at -= 1) {
    const other = dice.below(at + 1);
    [cards[at], cards[other]] = [cards[other]!, cards[at]!];
  }
  return cards;
}
