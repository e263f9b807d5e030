/** The six outcomes of an evaluation (model, section 1). */
export const OUTCOMES = [
  'denied',
  'disputed',
  'licence_required',
  'unknown',
  'permitted_with_duties',
  'permitted',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/**
 * The order "wider" is measured by, and the precedence of section 4 rule 6 at the same time: 0 is
 * the strictest. `unknown` stands above `licence_required` because an inquirer may choose to run the
 * risk of an unknown, while a licence that is asked for can only be obtained.
 */
export function widthOf(outcome: Outcome): number {
  return OUTCOMES.indexOf(outcome);
}

/** The stricter of two outcomes. */
export function strictest(a: Outcome, b: Outcome): Outcome {
  return widthOf(a) <= widthOf(b) ? a : b;
}

/** Whether `a` lets an inquirer do more than `b`. */
export function isWider(a: Outcome, b: Outcome): boolean {
  return widthOf(a) > widthOf(b);
}

/** Whether an outcome is permission. Unknown never is (section 4, rule 11). */
export function permits(outcome: Outcome): boolean {
  return outcome === 'permitted' || outcome === 'permitted_with_duties';
}
