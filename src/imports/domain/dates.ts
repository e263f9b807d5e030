import { saysNothing } from './tidy-text.js';

export type DateOrder = 'dmy' | 'mdy';

/** What a whole column of dates tells about the order of day and month. */
export interface DateColumn {
  /** Cells that can only be day before month, or only month before day. */
  readonly onlyDmy: number;
  readonly onlyMdy: number;
  /** Cells that could be either. */
  readonly either: number;
}

export const NO_DATES: DateColumn = { onlyDmy: 0, onlyMdy: 0, either: 0 };

export type ReadDate =
  | { readonly kind: 'date'; readonly iso: string }
  /** Only a year or a month is told: true, but no day. */
  | { readonly kind: 'not_whole' }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'unreadable'; readonly hint: string };

const ISO = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})(?:[T ]\d{2}:\d{2}.*)?$/;
const NOT_WHOLE = /^\d{4}(?:[-/.](?:0?[1-9]|1[0-2]|0{1,2})(?:[-/.]0{1,2})?)?$/;
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?: \d{1,2}:\d{2}.*)?$/;
const SHORT_YEAR = /^\d{1,2}([-/.])\d{1,2}\1\d{2}$/;
const DAY_FIRST = /^(\d{1,2})(?:st|nd|rd|th)?\.?[ -]([a-z]{3,9})\.?,?[ -](\d{4})$/i;
const MONTH_FIRST = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i;

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Adds one cell to what is known of its column. */
export function weighDate(column: DateColumn, text: string): DateColumn {
  const numeric = NUMERIC.exec(text);
  if (!numeric) return column;
  const [first, sign, second] = [Number(numeric[1]), numeric[2], Number(numeric[3])];
  if (first === second) return column;
  // Dots are written day first wherever they are written.
  const dmy = first <= 31 && second <= 12;
  const mdy = sign !== '.' && first <= 12 && second <= 31;
  if (dmy && mdy) return { ...column, either: column.either + 1 };
  if (dmy) return { ...column, onlyDmy: column.onlyDmy + 1 };
  if (mdy) return { ...column, onlyMdy: column.onlyMdy + 1 };
  return column;
}

/** The order that the whole column proves; null where it proves none or contradicts itself. */
export function dateOrderOf(column: DateColumn): DateOrder | null {
  if (column.onlyDmy > 0 && column.onlyMdy === 0) return 'dmy';
  if (column.onlyMdy > 0 && column.onlyDmy === 0) return 'mdy';
  return null;
}

/**
 * Reads one date in any common spelling. `order` decides between 4 May and 5 April where the
 * digits don't; with null such a date is ambiguous and is not guessed.
 */
export function readDate(text: string, order: DateOrder | null): ReadDate {
  if (saysNothing(text)) return { kind: 'none' };
  if (NOT_WHOLE.test(text)) return { kind: 'not_whole' };
  const iso = ISO.exec(text);
  if (iso) return dateOf(Number(iso[1]), Number(iso[3]), Number(iso[4]));
  const numeric = NUMERIC.exec(text);
  if (numeric) return readNumeric(numeric, order);
  const named = DAY_FIRST.exec(text);
  if (named) return dateOf(Number(named[3]), monthNamed(named[2]!), Number(named[1]));
  const american = MONTH_FIRST.exec(text);
  if (american) return dateOf(Number(american[3]), monthNamed(american[1]!), Number(american[2]));
  if (SHORT_YEAR.test(text)) {
    return { kind: 'unreadable', hint: 'Write the year with four digits: 24 may be 1924 or 2024.' };
  }
  if (/^\d{5}(?:\.\d+)?$/.test(text)) {
    const hint =
      'This is a spreadsheet’s count of days. Format the column as a date and export again.';
    return { kind: 'unreadable', hint };
  }
  return { kind: 'unreadable', hint: 'Write it as 2024-04-26.' };
}

function readNumeric(match: RegExpExecArray, order: DateOrder | null): ReadDate {
  const [first, second, year] = [Number(match[1]), Number(match[3]), Number(match[4])];
  const dmy = dateOf(year, second, first);
  const mdy = match[2] === '.' ? null : dateOf(year, first, second);
  if (mdy === null || order === 'dmy' || first === second) return dmy;
  if (order === 'mdy' || dmy.kind !== 'date') return mdy;
  return mdy.kind === 'date' ? { kind: 'ambiguous' } : dmy;
}

/** Zero where the word is no English month or its short form. */
function monthNamed(word: string): number {
  const key = word.toLowerCase() === 'sept' ? 'sep' : word.toLowerCase();
  return MONTHS.findIndex((month) => month === key || month.slice(0, 3) === key) + 1;
}

function dateOf(year: number, month: number, day: number): ReadDate {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  const exists =
    year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && month >= 1;
  if (!exists) return { kind: 'unreadable', hint: 'There is no such day. Write it as 2024-04-26.' };
  return { kind: 'date', iso: date.toISOString().slice(0, 10) };
}
