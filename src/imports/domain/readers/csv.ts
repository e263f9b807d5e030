import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { type CsvError, parse } from 'csv-parse';
import type {
  CatalogueReader,
  CatalogueSurvey,
  OpenedCatalogue,
  ReadingOptions,
  ReadRow,
  UnreadableCatalogue,
  UnreadableCode,
} from '../catalogue.js';
import { ColumnEvidence } from '../column-evidence.js';
import { dateOrderOf } from '../dates.js';
import { decodeInPieces, detectEncoding, type Encoding, encodingNamed } from '../encoding.js';
import { mapColumns } from '../mapping.js';
import { readRow, type RowLayout } from '../read-row.js';
import { RepetitionCheck } from '../repetition.js';
import { shown, tidyText } from '../tidy-text.js';
import { CSV_RULES, type CsvDialect, detectDialect } from './csv-dialect.js';

/** The import is one transaction, and other writers wait for its end: about 0.7 s a thousand rows. */
export const ROWS_MAX = 20_000;
const COLUMNS_MAX = 500;
/** A record longer than this is a quotation mark that somebody forgot to close. */
const RECORD_BYTES_MAX = 262_144;
const SAMPLE_BYTES = 131_072;

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

interface CsvFile {
  readonly bytes: Uint8Array;
  readonly encoding: Encoding;
  readonly dialect: CsvDialect;
}

class Unreadable extends Error {
  constructor(readonly reason: UnreadableCatalogue) {
    super(reason.detail);
  }
}

/**
 * Reads catalogues of separated values, in two passes over the bytes: the first surveys the whole
 * file (only a whole column tells 4 May from 5 April), the second yields its rows one by one.
 */
export const csvReader: CatalogueReader = {
  async open(bytes, options) {
    try {
      return await openCsv(bytes, options);
    } catch (error) {
      if (error instanceof Unreadable) return error.reason;
      throw error;
    }
  },
};

async function openCsv(bytes: Uint8Array, options: ReadingOptions): Promise<OpenedCatalogue> {
  if (!bytes.some((byte) => byte > 0x20)) {
    throw unreadable('empty', 'The file is empty.', 'Choose another file.');
  }
  const { encoding, note } = encodingOf(bytes, options);
  const sample = [...decodeInPieces(bytes.subarray(0, SAMPLE_BYTES), encoding)].join('');
  const file: CsvFile = { bytes, encoding, dialect: detectDialect(sample) };
  const found = await survey(file);
  const mapped = mapColumns(found.columns, found.evidence, options.mapping);
  if (!mapped.ok) {
    throw unreadable('mapping_refused', mapped.detail, mapped.hint, found.columns);
  }
  const { mapping } = mapped;
  if (!mapping.some(({ field }) => field === 'title')) {
    const columns = found.columns.slice(0, 40).join(', ');
    const detail = 'No column holds the titles, and a work can’t be registered without one.';
    const hint = `Say which one does: title=… The columns are ${columns}.`;
    throw unreadable('no_title_column', detail, hint, found.columns);
  }
  const dates = mapping.find(({ field }) => field === 'release-date');
  const dateColumn = dates && found.evidence[dates.index]!.dates;
  const order = options.dateOrder ?? (dateColumn ? dateOrderOf(dateColumn) : null);
  const notes = [...(note ? [note] : []), ...found.notes];
  if (dates && dateColumn && order && dateColumn.either + dateColumn.onlyDmy + dateColumn.onlyMdy) {
    notes.push(dateNote(dates.column, order, dateColumn, options.dateOrder !== undefined));
  }
  const layout: RowLayout = { columns: found.columns, mapping, dateOrder: order };
  const summary: CatalogueSurvey = {
    format: 'csv',
    encoding,
    delimiter: file.dialect.delimiter,
    columns: found.columns,
    mapping,
    rows: found.rows,
    notes,
  };
  return { ok: true, survey: summary, rows: () => rowsOf(file, layout) };
}

function encodingOf(bytes: Uint8Array, options: ReadingOptions) {
  if (options.encoding !== undefined) {
    const encoding = encodingNamed(options.encoding);
    if (encoding) return { encoding, note: null };
    const detail = `The encoding “${options.encoding.slice(0, 40)}” is not known here.`;
    throw unreadable('mapping_refused', detail, 'Try utf-8, iso-8859-1 or windows-1252.');
  }
  const detected = detectEncoding(bytes);
  if (detected) return detected;
  const hint = 'Export the catalogue as CSV. Spreadsheets (.xlsx, .ods) are not read yet.';
  throw unreadable('not_text', 'This is not a text file.', hint);
}

/** The first pass: columns, rows and what the values of each column tell. */
async function survey(file: CsvFile) {
  let columns: string[] | null = null;
  let evidence: ColumnEvidence[] = [];
  let [rows, empty] = [0, 0];
  for await (const { cells, line } of recordsOf(file)) {
    if (columns === null) {
      columns = columnsOf(cells, file.dialect.header);
      evidence = columns.map(() => new ColumnEvidence());
      if (file.dialect.header) continue;
    }
    if (isEmpty(cells)) {
      empty += 1;
      continue;
    }
    rows += 1;
    if (rows > ROWS_MAX) {
      const detail = `There are more than ${ROWS_MAX} rows (line ${line}).`;
      throw unreadable('too_many_rows', detail, 'Import the file in parts.', columns);
    }
    if (cells.length < columns.length) continue;
    evidence.forEach((column, at) => column.add(tidyText(cells[at]!)));
  }
  if (columns === null || rows === 0) {
    const hint = 'Choose another file.';
    throw unreadable('empty', 'The file has no rows beside its header.', hint, columns ?? []);
  }
  const notes: string[] = [];
  if (!file.dialect.header) notes.push('There is no header; columns go by their number.');
  if (file.dialect.preamble > 0) {
    notes.push(`${file.dialect.preamble} lines before the header were left out.`);
  }
  if (empty > 0) notes.push(`${empty} empty rows were left out.`);
  return { columns, evidence, rows, notes };
}

function columnsOf(cells: readonly string[], header: boolean): string[] {
  if (cells.length > COLUMNS_MAX) {
    const detail = `There are ${cells.length} columns; ${COLUMNS_MAX} are taken.`;
    throw unreadable('too_many_columns', detail, 'Export only the columns that matter.');
  }
  const names = cells.map((cell, at) => (header && shown(tidyText(cell))) || `column ${at + 1}`);
  while (header && names.length > 1 && cells[names.length - 1]!.trim() === '') names.pop();
  return names;
}

/** The second pass. */
async function* rowsOf(file: CsvFile, layout: RowLayout): AsyncGenerator<ReadRow> {
  const repetition = new RepetitionCheck();
  const columnOf = (scheme: string) =>
    layout.mapping.find(({ field }) => field === scheme)?.column ?? null;
  let header = file.dialect.header;
  for await (const { line, cells } of recordsOf(file)) {
    if (header || isEmpty(cells)) {
      header = false;
      continue;
    }
    const reading = readRow(cells, layout);
    const { warnings } = reading;
    if (!reading.ok) {
      yield { line, cells, warnings, outcome: 'refused', faults: reading.faults };
      continue;
    }
    const repeated = repetition.check(reading.draft, line, columnOf);
    if (repeated.kind === 'new') {
      yield { line, cells, warnings, outcome: 'draft', draft: reading.draft };
    } else if (repeated.kind === 'same') {
      yield { line, cells, warnings, outcome: 'repeated', firstLine: repeated.firstLine };
    } else {
      yield { line, cells, warnings, outcome: 'refused', faults: [repeated.fault] };
    }
  }
}

/** The records from the header on, each with the line on which it begins. */
async function* recordsOf(file: CsvFile): AsyncGenerator<CsvRecord> {
  const { bytes, encoding, dialect } = file;
  const parser = parse({
    ...CSV_RULES,
    delimiter: dialect.delimiter,
    max_record_size: RECORD_BYTES_MAX,
    info: true,
    from: dialect.preamble + 1,
  });
  const source = Readable.from(unhurried(decodeInPieces(bytes, encoding)));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      // The parser tells the line on which a record ends; cells may hold line breaks.
      const within = record.reduce((count, cell) => count + lineBreaksIn(cell), 0);
      yield { line: info.lines - within, cells: record };
    }
  } catch (error) {
    throw explained(error as CsvError);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

/** Gives everybody else a turn after each piece: parsing from memory never waits by itself. */
async function* unhurried(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await setImmediate();
  }
}

interface ParsedRecord {
  record: string[];
  info: { lines: number };
}

function explained(error: CsvError): Error {
  const line = typeof error['lines'] === 'number' ? error['lines'] : null;
  const hint = 'Close the quotation mark; within quotes, a quotation mark is written twice.';
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    const where = line === null ? '' : ` in the row that begins on line ${line}`;
    return unreadable('quote_not_closed', `A quotation mark is never closed${where}.`, hint);
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    const where = line === null ? '' : ` near line ${line}`;
    return unreadable('row_too_long', `One row is longer than 256 KiB${where}.`, hint);
  }
  return error;
}

function lineBreaksIn(cell: string): number {
  return cell.match(/\r\n|\n|\r/g)?.length ?? 0;
}

function isEmpty(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

function dateNote(
  column: string,
  order: 'dmy' | 'mdy',
  counts: { onlyDmy: number; onlyMdy: number; either: number },
  said: boolean,
): string {
  const spelled = order === 'dmy' ? 'day/month/year' : 'month/day/year';
  const proof = order === 'dmy' ? counts.onlyDmy : counts.onlyMdy;
  const why = said ? 'as you said' : `for ${proof} of them can be nothing else`;
  return `Dates in “${column}” are read as ${spelled}, ${why}; ${counts.either} could be either.`;
}

function unreadable(
  code: UnreadableCode,
  detail: string,
  hint: string,
  columns: readonly string[] = [],
): Unreadable {
  return new Unreadable({ ok: false, code, detail, hint, columns });
}
