/** What a command's exit code says; `fermata --help` tells it too. */
export const EXIT = {
  done: 0,
  /** It worked, and something deserves a look: a denial, an unknown, a refused row. */
  findings: 1,
  usage: 2,
  /** Network, sign-in, or the server could not. */
  incomplete: 3,
  interrupted: 130,
} as const;

/** The command was called wrongly: told in one sentence, without a stack. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The command could not complete, for a reason that the person can act on. */
export class IncompleteError extends Error {
  override name = 'IncompleteError';
}
