/**
 * Dates of terms as epoch milliseconds, read without `Date` or regular expressions because terms are
 * evaluated thousands of times per request. All days are UTC days.
 */

export const DAY_MS = 86_400_000;

const ZERO = 48;

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970-01-01 to a Gregorian day; March-based years keep the leap day last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const monthFromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  return (
    y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719468
  );
}

/**
 * The instant at which a day begins or an instant lies, in epoch milliseconds: `YYYY-MM-DD` or
 * `YYYY-MM-DDTHH:MM:SS[.mmm]Z`. NaN for anything else, for days that do not exist and for leap seconds.
 */
export function instantOf(text: string): number {
  if (text.length < 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return NaN;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return NaN;
  const startOfDay = daysSinceEpoch(year, month, day) * DAY_MS;
  return text.length === 10 ? startOfDay : startOfDay + timeOfDayMs(text);
}

function timeOfDayMs(text: string): number {
  const millis = text.length === 24;
  if (!(millis || text.length === 20) || text.charCodeAt(text.length - 1) !== 90) return NaN;
  if (text.charCodeAt(10) !== 84 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) {
    return NaN;
  }
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return NaN;
  if (millis && text.charCodeAt(19) !== 46) return NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000 + (millis ? digits(text, 20, 3) : 0);
}

/**
 * The instant `years` after a known date; NaN when the date is unknown. A bare year or month counts
 * from its end, and 29 February falls on 1 March, so that an imprecise date never opens a work early.
 */
export function anniversaryOf(date: string | undefined, years: number): number {
  if (date === undefined) return NaN;
  const year = digits(date, 0, 4) + years;
  if (date.length === 4) return daysSinceEpoch(year + 1, 1, 1) * DAY_MS;
  const month = digits(date, 5, 2);
  if (!(month >= 1 && month <= 12) || date.charCodeAt(4) !== 45) return NaN;
  if (date.length === 7) {
    const last = daysSinceEpoch(year, month, daysInMonth(year, month));
    return (last + 1) * DAY_MS;
  }
  if (date.length < 10 || Number.isNaN(instantOf(date.slice(0, 10)))) return NaN;
  return daysSinceEpoch(year, month, digits(date, 8, 2)) * DAY_MS;
}
