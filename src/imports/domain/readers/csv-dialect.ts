import { parse } from 'csv-parse/sync';
import { detectScheme } from '#identifiers';
import { fieldOfHeader } from '../fields.js';

/** How a file of separated values is laid out. */
export interface CsvDialect {
  readonly delimiter: string;
  /** Records before the header: titles, dates of export and the like. */
  readonly preamble: number;
  /** Whether the file names its columns; without, they are called `column 1` and so on. */
  readonly header: boolean;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const RECORDS = 60;
/** A header is looked for in the first records only. */
const PREAMBLE_MAX = 10;

/** Parser settings that the survey, the rows and this look have in common. */
export const CSV_RULES = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  record_delimiter: ['\r\n', '\n', '\r'],
};

/**
 * Finds the separator and the header in the first part of a file: the separator under which the
 * rows are as wide as the header and the header says the most. `sep=;` in the first line decides.
 */
export function detectDialect(sample: string): CsvDialect {
  const said = /^sep=(.)\r?\n/i.exec(sample)?.[1];
  const candidates = said ? [said] : DELIMITERS;
  const looks = candidates.map((delimiter) => look(sample, delimiter, said ? 1 : 0));
  // Sorting is stable: among equals the comma, then the semicolon, is taken.
  const best = looks.sort((a, b) => b.score - a.score)[0]!;
  return {
    delimiter: best.delimiter,
    preamble: best.preamble,
    header: best.header,
  };
}

function look(sample: string, delimiter: string, from: number) {
  const records = sampleRecords(sample, delimiter);
  const named = records.slice(0, PREAMBLE_MAX).map(namedFields);
  const most = Math.max(0, ...named);
  // A header names at least two fields, or one in a file whose rows have one column.
  const at = most >= 2 ? named.indexOf(most) : from;
  const first = records[at] ?? [];
  const isData = most === 0 && first.some((cell) => detectScheme(cell) !== null);
  const widths = records.slice(at).map((record) => record.length);
  const even = widths.filter((width) => width === first.length).length / Math.max(1, widths.length);
  const columns = Math.min(first.length, 20);
  const score = most * 10 + (columns > 1 ? even * 10 + columns / 10 : 0);
  return { delimiter, preamble: at, header: !isData, score };
}

function namedFields(record: readonly string[]): number {
  return new Set(record.flatMap((cell) => fieldOfHeader(cell)?.field ?? [])).size;
}

function sampleRecords(sample: string, delimiter: string): string[][] {
  const whole = sample.slice(0, sample.search(/[\r\n][^\r\n]*$/) + 1) || sample;
  try {
    return parse(whole, { ...CSV_RULES, delimiter, to: RECORDS }) as string[][];
  } catch {
    // A quotation mark that never closes under this separator: not this one, or a broken file.
    return [];
  }
}
