/** Where a command speaks: data to standard output, everything else to standard error. */
export interface Voice {
  readonly json: boolean;
  data(line: string): void;
  value(value: unknown): void;
  note(line: string): void;
  fault(line: string): void;
}

/** Exit codes that tell a verdict; 2 is wrong use, 3 that there is none. */
export const VERDICT = { verifies: 0, fails: 1 } as const;

/** The command was called wrongly. */
export class Misuse extends Error {
  override name = 'Misuse';
}

/** There is no verdict: a file or a server could not be read. */
export class CannotComplete extends Error {
  override name = 'CannotComplete';
}

/** Says that a check failed, and why, for people and for programs. */
export function tellFailure(voice: Voice, reason: string): number {
  if (voice.json) voice.value({ verifies: false, reason });
  voice.fault(`Does not verify: ${reason}.`);
  return VERDICT.fails;
}

/** A file's words, safe to print: control characters could steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{C}\u2028\u2029]/gu, '·');
}
