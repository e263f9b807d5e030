import type { PurposeFamily } from '#vocabulary';
import { DAY_MS } from './calendar.js';

/** Section 4, rule 12: how long an answer stands when nothing known ends it sooner. */
export const VALIDITY_DAYS: Readonly<Record<PurposeFamily, number>> = Object.freeze({
  ai: 1,
  access: 1,
  dataset: 1,
  preservation: 30,
});

/** The latest instant at which an answer of this family may end, in epoch milliseconds. */
export function latestValidUntil(family: PurposeFamily, asOf: number): number {
  return asOf + VALIDITY_DAYS[family] * DAY_MS;
}

/** An unverified claim lapses this many days after it was made (section 4, rule 3). */
export const UNVERIFIED_CLAIM_DAYS = 90;

/** When an unverified claim lapses, in epoch milliseconds. */
export function lapsesAt(madeAt: number): number {
  return madeAt + UNVERIFIED_CLAIM_DAYS * DAY_MS;
}
