import { DomainProblem } from '#kernel';

/** How long a challenge waits for its answer. */
export const CHALLENGE_MS = 5 * 60_000;

const DETAIL_LENGTH_MAX = 300;

export function refused(detail: string): DomainProblem {
  return new DomainProblem('passkeys/refused', detail.slice(0, DETAIL_LENGTH_MAX));
}
