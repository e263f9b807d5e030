import { pipeline, Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { DomainProblem } from '#kernel';
import { type Item, NDJSON, readItemLine } from '#lookup';
import { type Columns, findColumns, itemOfCells } from './domain/index.js';

/** One row of the input: a line, or a record of a table. */
export interface Row {
  readonly item: Item;
  /** The cells of a table's row, as they came. */
  readonly cells?: readonly string[];
  /** Where the next row begins: bytes from the beginning of the input. */
  readonly end: number;
}

/** How an input is written; its answer is written the same way. */
export type BulkFormat = 'ndjson' | 'csv' | 'tsv';

export const BULK_TYPES: Readonly<Record<string, BulkFormat>> = {
  [NDJSON]: 'ndjson',
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
};

/** From where reading goes on, for whoever has read up to there before. */
export interface ReadFrom {
  readonly offset: number;
  readonly index: number;
  /** The header of a table, once it was read. */
  readonly header?: readonly string[];
}

export const FROM_START: ReadFrom = { offset: 0, index: 0 };

const LINE_BYTES_MAX = 64 * 1024;
const ROWS_AT_ONCE = 1_000;
const NEWLINE = 10;

/** Rows in the order of the input, some at a time, as they come. */
export interface RowReader {
  readonly batches: AsyncGenerator<Row[], void>;
  /** Where the identifiers of a table stand; null before its header was read, and for lines. */
  readonly columns: () => Columns | null;
}

/**
 * Reads rows from the pieces of an input, no more than it is asked for. Rows that can't be read are
 * bad items in their place. Throws `bulk/unreadable` where no row can be told from the next.
 */
export function readRows(
  format: BulkFormat,
  pieces: AsyncIterable<Buffer>,
  from: ReadFrom = FROM_START,
): RowReader {
  if (format === 'ndjson') return { batches: readLines(pieces, from), columns: () => null };
  const table = new TableReader(pieces, format === 'csv' ? ',' : '\t', from);
  return { batches: table.rows(), columns: () => table.columns };
}

async function* readLines(
  pieces: AsyncIterable<Buffer>,
  from: ReadFrom,
): AsyncGenerator<Row[], void> {
  let { offset, index } = from;
  let begun: Buffer[] = [];
  let begunBytes = 0;
  const finish = (rows: Row[], rest: Buffer, newline: number): void => {
    offset += begunBytes + rest.length + newline;
    const isLong = begunBytes + rest.length > LINE_BYTES_MAX;
    const line = isLong ? '' : Buffer.concat([...begun, rest]).toString('utf8');
    begun = [];
    begunBytes = 0;
    if (isLong) {
      const detail = `the line is longer than ${LINE_BYTES_MAX} bytes`;
      rows.push({ item: { result: 'invalid_item', index, detail }, end: offset });
    } else if (line.trim() === '') return;
    else rows.push({ item: readItemLine(line.replace(/^\ufeff/, ''), index), end: offset });
    index += 1;
  };
  for await (const piece of pieces) {
    let rows: Row[] = [];
    let start = 0;
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, start)) {
      finish(rows, piece.subarray(start, at), 1);
      start = at + 1;
      if (rows.length >= ROWS_AT_ONCE) {
        yield rows;
        rows = [];
      }
    }
    const rest = piece.subarray(start);
    // Of a line that is too long nothing is kept but its length.
    if (begunBytes + rest.length <= LINE_BYTES_MAX) begun.push(Buffer.from(rest));
    else begun = [];
    begunBytes += rest.length;
    if (rows.length > 0) yield rows;
  }
  const last: Row[] = [];
  if (begunBytes > 0) finish(last, Buffer.alloc(0), 0);
  if (last.length > 0) yield last;
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly bytes: number };
}

/** A table of separated values whose first line names its columns. */
class TableReader {
  columns: Columns | null = null;

  constructor(
    private readonly pieces: AsyncIterable<Buffer>,
    private readonly delimiter: string,
    private readonly from: ReadFrom,
  ) {
    if (from.header) this.columns = columnsOf(from.header);
  }

  async *rows(): AsyncGenerator<Row[], void> {
    const parser = parse({
      bom: this.from.offset === 0,
      delimiter: this.delimiter,
      info: true,
      max_record_size: LINE_BYTES_MAX,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
    const source = Readable.from(this.pieces, { objectMode: true, highWaterMark: 1 });
    pipeline(source, parser, () => undefined);
    let { index } = this.from;
    let batch: Row[] = [];
    try {
      for await (const { record, info } of parser as AsyncIterable<Parsed>) {
        if (this.columns === null) {
          this.columns = columnsOf(record);
          continue;
        }
        const item = itemOfCells(record, this.columns, index);
        batch.push({ item, cells: record, end: this.from.offset + info.bytes });
        index += 1;
        if (batch.length < ROWS_AT_ONCE && parser.readableLength > 0) continue;
        yield batch;
        batch = [];
      }
    } catch (error) {
      throw explained(error, index);
    } finally {
      parser.destroy();
    }
    if (batch.length > 0) yield batch;
  }
}

function columnsOf(header: readonly string[]): Columns {
  const found = findColumns(header);
  if (found.ok) return found.columns;
  throw new DomainProblem('bulk/unreadable', `No identifiers were found: ${found.why}.`);
}

function explained(error: unknown, index: number): unknown {
  const { code } = error as Partial<CsvError>;
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE') {
    const why =
      code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quotation mark is never closed'
        : `a row is longer than ${LINE_BYTES_MAX} bytes, perhaps because a quotation mark is not closed`;
    return new DomainProblem('bulk/unreadable', `After ${index} rows the table ends: ${why}.`);
  }
  return error;
}
