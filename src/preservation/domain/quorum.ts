/** States that archives declare; the others of the model come by the calendar and need nobody. */
export const DECLARED_KINDS = [
  'delisted_everywhere',
  'label_ceased',
  'rightsholder_unreachable',
  'platform_failure',
  'custodian_failure',
] as const;
export type DeclaredKind = (typeof DECLARED_KINDS)[number];

export type StepState = 'declared' | 'dissented' | 'in_effect' | 'objected' | 'dropped';

/** One step on the way of a trigger. `months`: for how long the state has lasted at least. */
export interface Step {
  readonly state: StepState;
  readonly partyId: string | null;
  readonly months: number | null;
  /** Epoch milliseconds. */
  readonly inEffectAt: number | null;
}

/** What stands of a trigger since it last began anew: after an objection archives may begin again. */
export interface Round {
  readonly declared: ReadonlyMap<string, number | null>;
  readonly dissented: ReadonlySet<string>;
  /** Epoch milliseconds; null while the quorum is not reached. */
  readonly inEffectAt: number | null;
}

/** Archives out of a hundred that hold the work, and more dissents than so many stop it (model, section 3). */
const QUORUM_PERCENT = 75;
const DISSENTS_MAX = 2;

/** A single signal never fires a trigger, not even of the only archive that holds the work. */
const DECLARERS_MIN = 2;

/** The objection clock. */
const OBJECTION_MONTHS = 6;

/** Folds the steps, in order, into the round that is under way. */
export function roundOf(steps: readonly Step[]): Round {
  let declared = new Map<string, number | null>();
  let dissented = new Set<string>();
  let inEffectAt: number | null = null;
  for (const step of steps) {
    switch (step.state) {
      case 'declared':
        declared.set(step.partyId!, step.months);
        dissented.delete(step.partyId!);
        break;
      case 'dissented':
        dissented.add(step.partyId!);
        declared.delete(step.partyId!);
        break;
      case 'in_effect':
        inEffectAt = step.inEffectAt;
        break;
      case 'objected':
      case 'dropped':
        declared = new Map();
        dissented = new Set();
        inEffectAt = null;
    }
  }
  return { declared, dissented, inEffectAt };
}

/** What follows from a round by itself, given the archives that hold the work: nothing, or one step. */
export function verdictOf(
  round: Round,
  holders: ReadonlySet<string>,
): 'in_effect' | 'dropped' | null {
  const among = (parties: Iterable<string>) =>
    [...parties].filter((partyId) => holders.has(partyId)).length;
  if (among(round.dissented) > DISSENTS_MAX) return 'dropped';
  const declared = among(round.declared.keys());
  const isQuorum = declared >= DECLARERS_MIN && declared * 100 >= holders.size * QUORUM_PERCENT;
  return isQuorum && round.inEffectAt === null ? 'in_effect' : null;
}

/** For how many months all who declare agree that the state has lasted; null when one does not say. */
export function agreedMonths(round: Round, holders: ReadonlySet<string>): number | null {
  const said = [...round.declared].filter(([partyId]) => holders.has(partyId));
  return said.reduce<number | null>(
    (least, [, months]) => (least === null || months === null ? null : Math.min(least, months)),
    Infinity,
  );
}

/** When the objection clock runs out that starts at a moment; both in epoch milliseconds. */
export function objectionEnd(from: number): number {
  const date = new Date(from);
  // A day that the month does not have falls into the next one: later, never sooner.
  date.setUTCMonth(date.getUTCMonth() + OBJECTION_MONTHS);
  return date.getTime();
}
