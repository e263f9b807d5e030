const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;

/** How long to wait after each failure in a row, as Standard Webhooks suggests; about three days. */
const WAITS_S = [
  5,
  5 * MINUTE_S,
  30 * MINUTE_S,
  2 * HOUR_S,
  5 * HOUR_S,
  10 * HOUR_S,
  14 * HOUR_S,
  20 * HOUR_S,
  24 * HOUR_S,
];

/** Seconds until the next try after so many failures in a row; null: give up until told to go on. */
export function retryAfter(failures: number): number | null {
  return WAITS_S[failures - 1] ?? null;
}
