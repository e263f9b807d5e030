import { stringify } from 'csv-stringify/sync';
import { type Ask, type ManyAnswers, type OpenReceipt, writeLines } from '#lookup';
import { type Columns, CsvAnswer } from './domain/index.js';
import type { BulkFormat, Row } from './rows.js';

/** Rows that were answered together, at one moment and one log size. */
export interface AnsweredChunk {
  readonly rows: readonly Row[];
  /** Place of the first row in the whole input, from 0. */
  readonly first: number;
  readonly answers: ManyAnswers;
  readonly receipt: OpenReceipt | null;
}

/** Writes answers the way the rows came. Without its end an answer is not whole. */
export interface BulkWriter {
  /** What stands before all rows. */
  begin(): string;
  chunk(chunk: AnsweredChunk): Iterable<string | Buffer>;
  /** What says that every row was answered. */
  end(totals: { rows: number; chunks: number }): string;
  /** What says that nothing more comes, and why. */
  problem(problem: object): string;
}

/** `columns` are those of a table; for lines there are none. */
export function writerOf(format: BulkFormat, ask: Ask, columns: Columns | null): BulkWriter {
  if (format === 'ndjson' || columns === null) return new LineWriter(ask);
  return new TableWriter(ask, columns, format === 'csv' ? ',' : '\t');
}

class LineWriter implements BulkWriter {
  constructor(private readonly ask: Ask) {}

  begin(): string {
    return '';
  }

  *chunk({ rows, first, answers, receipt }: AnsweredChunk): Generator<string | Buffer, void> {
    yield `${JSON.stringify({ chunk: { first, last: first + rows.length - 1 } })}\n`;
    yield* writeLines(
      this.ask,
      rows.map(({ item }) => item),
      answers,
      receipt,
    );
  }

  end(totals: { rows: number; chunks: number }): string {
    return `${JSON.stringify({ end: totals })}\n`;
  }

  problem(problem: object): string {
    return `${JSON.stringify({ problem })}\n`;
  }
}

const RECORDS_AT_ONCE = 500;

class TableWriter implements BulkWriter {
  private readonly csv: CsvAnswer;
  private readonly withItems: boolean;

  constructor(
    private readonly ask: Ask,
    columns: Columns,
    private readonly delimiter: string,
  ) {
    this.withItems = ask.receipt === true;
    this.csv = new CsvAnswer(columns, ask.purposes, this.withItems);
  }

  begin(): string {
    return this.text([this.csv.header()]);
  }

  *chunk(chunk: AnsweredChunk): Generator<string, void> {
    const { rows, first, answers } = chunk;
    const facts = {
      purposes: this.ask.purposes,
      asOf: answers.asOf,
      logSize: answers.log.size,
    };
    const lines = this.withItems ? linesOf(this.ask, chunk) : null;
    let records: string[][] = [];
    for (const [at, { item, cells }] of rows.entries()) {
      const found = item.result === 'readable' ? answers.find(item) : null;
      records.push(this.csv.row(cells!, item, found, facts, lines?.[at] ?? ''));
      if (records.length < RECORDS_AT_ONCE) continue;
      yield this.text(records);
      records = [];
    }
    if (lines) {
      const detail = `rows=${first}-${first + rows.length - 1}`;
      records.push(this.csv.remark('summary', detail, lines[rows.length]));
    }
    yield this.text(records);
  }

  end({ rows }: { rows: number; chunks: number }): string {
    return this.text([this.csv.remark('end', `rows=${rows}`)]);
  }

  problem(problem: object): string {
    return this.text([this.csv.remark('error', JSON.stringify(problem))]);
  }

  private text(records: readonly string[][]): string {
    const { delimiter } = this;
    return stringify(records as string[][], { delimiter, escape_formulas: true });
  }
}

/** The items as they are signed, a text each, and the summary with the receipt. */
function linesOf(ask: Ask, { rows, answers, receipt }: AnsweredChunk): string[] {
  const items = rows.map(({ item }) => item);
  return Buffer.concat([...writeLines(ask, items, answers, receipt)])
    .toString('utf8')
    .split('\n');
}
