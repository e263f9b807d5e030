import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from '#snapshots';
import {
  CANONICAL_FORM,
  type IdentifierColumn,
  LOOSE_FORM,
  RANK,
  type StandingVerdict,
  type Verdict,
  VERDICTS,
  VerdictWords,
} from './domain/index.js';
import { cellSql, quoted, type Reader, type RejectTables, sourceSql } from './manifest.query.js';

/** One way through the manifest. */
export interface Pass {
  readonly reader: Reader;
  /** Where the rows come from; the table of {@link CheckQuery.numberRows}, or the files themselves. */
  readonly rows: { readonly isNumbered: true } | { readonly files: readonly string[] };
  readonly columns: readonly IdentifierColumn[];
  /** Whether values are also looked for in the usual ways of writing them. */
  readonly isLoose: boolean;
  /** Whether {@link CheckQuery.keepReadings} has said how odd values read. */
  readonly hasReadings: boolean;
  /** Where the rows are written to, by what became of them. */
  readonly folder: string;
  readonly rejects?: RejectTables;
}

export interface OutcomeCount {
  readonly outcome: string;
  readonly reasons: string;
  readonly rows: number;
}

const OWN = ['fermata_outcome', 'fermata_reasons'];

/** The SQL of a check: everything that is done once for each row, DuckDB does. */
export class CheckQuery {
  private words = new VerdictWords([]);

  constructor(private readonly connection: DuckDBConnection) {}

  /** How far the statement that runs has come, 0 to 100; negative where that is not known. */
  get percentage(): number {
    return this.connection.progress.percentage;
  }

  async prepare(columns: readonly IdentifierColumn[]): Promise<void> {
    await this.connection.run(
      `SET enable_progress_bar = true; SET enable_progress_bar_print = false`,
    );
    for (const at of columns.keys()) {
      await this.connection.run(
        `CREATE TEMP TABLE readings_${at} (typed VARCHAR, canonical VARCHAR)`,
      );
    }
  }

  /** Works out once for each standing what is to be said of every row in it. Returns their number. */
  async judge(path: string, judgeOne: (facts: string) => StandingVerdict): Promise<number> {
    const verdicts: [number, StandingVerdict][] = [];
    const rows = await this.connection.stream(
      `SELECT standing, facts FROM read_parquet(${literal(path)})`,
    );
    for await (const chunk of rows.yieldRows()) {
      for (const [standing, facts] of chunk) {
        if (!((standing as number) >= 0)) throw new Error('The snapshot has a standing below 0.');
        verdicts.push([standing as number, judgeOne(facts as string)]);
      }
    }
    await this.keepVerdicts(verdicts);
    return verdicts.length;
  }

  /** Keeps what each standing comes to: a code for it, and what the codes say. */
  async keepVerdicts(verdicts: readonly (readonly [number, StandingVerdict])[]): Promise<void> {
    this.words = new VerdictWords(verdicts.map(([, verdict]) => verdict));
    await this.connection.run(
      `CREATE OR REPLACE TEMP TABLE codes (standing INTEGER, code INTEGER);
       CREATE OR REPLACE TEMP TABLE words (code INTEGER, part TINYINT, outcome VARCHAR, reasons VARCHAR)`,
    );
    const codes = await this.connection.createAppender('codes');
    for (const [standing, verdict] of verdicts) {
      codes.appendInteger(standing);
      codes.appendInteger(this.words.codeOf(verdict));
      codes.endRow();
    }
    codes.closeSync();
    const words = await this.connection.createAppender('words');
    for (const { code, outcome, reasons } of this.words.all) {
      words.appendInteger(code);
      words.appendTinyInt(VERDICTS.indexOf(outcome));
      words.appendVarchar(outcome);
      words.appendVarchar(reasons);
      words.endRow();
    }
    words.closeSync();
  }

  /** Names the identifiers of a column's scheme, as the snapshot has them. */
  async registered(at: number, files: readonly string[]): Promise<void> {
    const source =
      files.length === 0
        ? `SELECT NULL::VARCHAR AS identifier, NULL::INTEGER AS standing WHERE false`
        : `SELECT identifier, standing FROM read_parquet([${files.map(literal).join(', ')}],
             hive_partitioning = false)`;
    await this.connection.run(`CREATE TEMP VIEW registered_${at} AS ${source}`);
  }

  async countParquetRows(files: readonly string[]): Promise<number> {
    const list = `[${files.map(literal).join(', ')}]`;
    const rows = await this.read(`SELECT sum(num_rows) FROM parquet_file_metadata(${list})`);
    return Number(rows[0]![0]);
  }

  /**
   * Takes a small manifest in, each row with its number: the engine may then join from either side, and
   * the order is made good by sorting. Returns how many rows there are.
   */
  async numberRows(
    reader: Reader,
    files: readonly string[],
    rejects: RejectTables | undefined,
  ): Promise<number> {
    const where = reader.format === 'ndjson' ? `WHERE trim(line) <> ''` : '';
    await this.connection.run(
      `CREATE TEMP TABLE manifest AS SELECT *, row_number() OVER () AS fermata_row
       FROM ${sourceSql(reader, files, rejects)} ${where}`,
    );
    return Number((await this.read('SELECT count(*) FROM manifest'))[0]![0]);
  }

  /** A large manifest is streamed past the snapshot's identifiers: the other way round its order is lost. */
  async keepOrder(): Promise<void> {
    await this.connection.run(`SET disabled_optimizers = 'build_side_probe_side,join_order'`);
  }

  /** Writes every row, with what was found, to a folder for each outcome. */
  async write(pass: Pass): Promise<void> {
    const { reader } = pass;
    await this.connection.run(
      `COPY (${answeredSql(pass, this.words)}) TO ${literal(pass.folder)}
       (${writingOptions(reader)}, PARTITION_BY (fermata_part))`,
    );
  }

  /** Rows by outcome and reasons, out of the files that {@link write} has written. */
  async count(reader: Reader, files: readonly string[]): Promise<OutcomeCount[]> {
    const written = asWritten(reader);
    const cells = OWN.map((name) => cellSql(written, name, 'm')).join(', ');
    const rows = await this.read(
      `SELECT outcome, coalesce(reasons, ''), count(*) FROM (
         SELECT ${cells} FROM ${sourceSql(written, files)} AS m
       ) AS found (outcome, reasons) GROUP BY ALL ORDER BY 1, 3 DESC, 2`,
    );
    return rows.map(([outcome, reasons, count]) => ({
      outcome: String(outcome),
      reasons: String(reasons),
      rows: Number(count),
    }));
  }

  /** Gathers each different value in a column of these written files that the engine could not read. */
  async findOddValues(
    at: number,
    reader: Reader,
    { column, scheme }: IdentifierColumn,
    files: readonly string[],
  ): Promise<void> {
    const written = asWritten(reader);
    const form = CANONICAL_FORM[scheme];
    const known = form === undefined ? '' : `AND NOT regexp_full_match(typed, ${literal(form)})`;
    await this.connection.run(
      `CREATE TEMP TABLE odd_${at} AS SELECT DISTINCT typed FROM (
         SELECT ${cellSql(written, column, 'm')} FROM ${sourceSql(written, files)} AS m
       ) AS cells (typed) WHERE trim(typed) <> '' ${known}`,
    );
  }

  /** Odd values of a column, so many from a place on; fewer than that at the end. */
  async listOddValues(at: number, from: number, limit: number): Promise<string[]> {
    const rows = await this.read(
      `SELECT typed FROM odd_${at} WHERE rowid >= ${from} AND rowid < ${from + limit} ORDER BY rowid`,
    );
    return rows.map(([typed]) => String(typed));
  }

  /** Remembers how odd values of a column read. */
  async keepReadings(
    at: number,
    readings: readonly { typed: string; canonical: string }[],
  ): Promise<void> {
    const appender = await this.connection.createAppender(`readings_${at}`);
    for (const { typed, canonical } of readings) {
      appender.appendVarchar(typed);
      appender.appendVarchar(canonical);
      appender.endRow();
    }
    appender.closeSync();
  }

  /** The lines of CSV files that could not be cut into columns. */
  async rejected(rejects: RejectTables): Promise<{ line: number; text: string }[]> {
    const rows = await this.read(
      `SELECT line, any_value(csv_line) FROM ${quoted(rejects.errors)}
       GROUP BY scan_id, file_id, line ORDER BY ALL`,
    );
    return rows.map(([line, text]) => ({ line: Number(line), text: String(text) }));
  }

  private async read(sql: string): Promise<unknown[][]> {
    return (await this.connection.runAndReadAll(sql)).getRows();
  }
}

/**
 * Each row with its outcome and reasons; `fermata_part` is the outcome as a number, because parting rows
 * by a text takes half as long again. What identifiers come to is joined on the side of the snapshot,
 * which is smaller, and as a code: words are fetched at the end.
 */
function answeredSql(pass: Pass, words: VerdictWords): string {
  const { reader, columns, rows } = pass;
  const isNumbered = 'isNumbered' in rows;
  const source = isNumbered ? 'manifest' : sourceSql(reader, rows.files, pass.rejects);
  const at = [...columns.keys()];
  const cells = columns.map(({ column }) => cellSql(reader, column, 'm'));
  const read = at.flatMap((k) => [
    `${keySql(pass, k, cells[k]!)} AS fermata_key_${k}`,
    `${pass.hasReadings ? `o${k}.canonical IS NOT NULL` : 'false'} AS fermata_read_${k}`,
  ]);
  const readings = pass.hasReadings
    ? at.map((k) => `LEFT JOIN readings_${k} AS o${k} ON o${k}.typed = ${cells[k]}`).join(' ')
    : '';
  const blank = reader.format === 'ndjson' && !isNumbered ? `WHERE trim(m.line) <> ''` : '';
  const keyed = `SELECT m.*, ${read.join(', ')} FROM ${source} AS m ${readings} ${blank}`;
  const joins = at.map(
    (k) => `LEFT JOIN (${registeredSql(k)}) AS i${k} ON i${k}.identifier = k.fermata_key_${k}`,
  );
  const told = at.map((k) => `${codeSql(columns[k]!, k, words)} AS fermata_code_${k}`);
  const judged = `SELECT k.*, ${told.join(', ')} FROM (${keyed}) AS k ${joins.join(' ')}`;
  const coded = `SELECT r.*, ${rowCodeSql(reader, at, words)} AS fermata_code FROM (${judged}) AS r`;
  const kept = keptSql(reader);
  return (
    `SELECT ${kept}, w.part AS fermata_part
     FROM (${coded}) AS a JOIN words AS w ON w.code = a.fermata_code` +
    (isNumbered ? ' ORDER BY fermata_row' : '')
  );
}

/** A standing without a verdict would be a snapshot that doesn't hold together: the check ends. */
function registeredSql(at: number): string {
  return `SELECT i.identifier, CASE WHEN c.code IS NULL
      THEN error('the snapshot has a standing without facts')::INTEGER ELSE c.code END AS code
    FROM registered_${at} AS i LEFT JOIN codes AS c ON c.standing = i.standing`;
}

/** Where a cell is looked for among the registered identifiers. */
function keySql({ columns, isLoose, hasReadings }: Pass, at: number, cell: string): string {
  const loose = isLoose ? LOOSE_FORM[columns[at]!.scheme] : undefined;
  const key =
    loose === undefined
      ? cell
      : `CASE WHEN regexp_full_match(${cell}, ${literal(loose)})
           THEN upper(regexp_replace(${cell}, '[- ]', '', 'g')) ELSE ${cell} END`;
  return hasReadings ? `coalesce(o${at}.canonical, ${key})` : key;
}

/** What one identifier says. */
function codeSql({ scheme }: IdentifierColumn, at: number, words: VerdictWords): string {
  const key = `k.fermata_key_${at}`;
  const form = CANONICAL_FORM[scheme];
  const fits = form === undefined ? '' : ` OR regexp_full_match(${key}, ${literal(form)})`;
  return `CASE WHEN i${at}.code IS NOT NULL THEN i${at}.code
    WHEN ${key} IS NULL OR trim(${key}) = '' THEN ${words.unspoken('absent')}
    WHEN k.fermata_read_${at}${fits} THEN ${words.unspoken('notFound')}
    ELSE ${words.unspoken('invalid')} END`;
}

/** What the first identifier says that is as strict as the row; of a row that none speaks for, why. */
function rowCodeSql(reader: Reader, at: readonly number[], words: VerdictWords): string {
  const codes = at.map((k) => `fermata_code_${k}`);
  // From the mildest rank on: each begins with its first code.
  const firsts = [...words.firstOfRanks].reverse();
  const rankOf = (code: string) =>
    `CASE ${firsts.map(([rank, first]) => `WHEN ${code} >= ${first} THEN ${rank}`).join(' ')} END`;
  const ranks = [...codes.map(rankOf), ...rowRank(reader)];
  if (ranks.length === 1) return codes[0]!;
  const row = `least(${ranks.join(', ')})`;
  const said = codes.map((code) => `WHEN ${rankOf(code)} = ${row} THEN ${code}`);
  return `CASE ${said.join(' ')} ELSE ${words.unspoken('unreadable')} END`;
}

/**
 * Lines that are no JSON object are invalid whatever they hold, and so are objects that name a member
 * twice: readers differ in which of the two they take, so nobody knows which work was meant.
 */
function rowRank(reader: Reader): string[] {
  if (reader.format !== 'ndjson') return [];
  const names = 'json_keys(r.line)';
  const isPlain = `CASE WHEN ${isObjectSql('r')}
    THEN len(${names}) = len(list_distinct(${names})) ELSE false END`;
  return [`CASE WHEN ${isPlain} THEN ${RANK.absent} ELSE ${RANK.invalid} END`];
}

function isObjectSql(alias: string): string {
  return `CASE WHEN json_valid(${alias}.line) THEN json_type(${alias}.line) = 'OBJECT' ELSE false END`;
}

/** The row as it came, without what an earlier check added, and with ours. */
function keptSql(reader: Reader): string {
  if (reader.format !== 'ndjson') {
    const kept = reader.columns
      .filter((name) => !OWN.includes(name))
      .map((name) => `a.${quoted(name)}`);
    const own = ['w.outcome AS fermata_outcome', 'w.reasons AS fermata_reasons'];
    return [...kept, ...own].join(', ');
  }
  const said = `'"fermata_outcome":"' || w.outcome || '","fermata_reasons":' || to_json(w.reasons)::VARCHAR || '}'`;
  const bare = `CASE WHEN contains(a.line, '"fermata_')
    THEN json_merge_patch(a.line, '{"fermata_outcome":null,"fermata_reasons":null}')::VARCHAR
    ELSE rtrim(a.line, E' \\t\\r') END`;
  const open = `left(${bare}, -1)`;
  return `CASE WHEN ${isObjectSql('a')}
    THEN ${open} || CASE WHEN right(rtrim(${open}), 1) = '{' THEN '' ELSE ',' END || ${said}
    ELSE '{"fermata_line":' || to_json(a.line)::VARCHAR || ',' || ${said} END AS line`;
}

function writingOptions(reader: Reader): string {
  switch (reader.format) {
    case 'parquet':
      return 'FORMAT parquet';
    case 'csv':
      return `FORMAT csv, DELIMITER ${literal(reader.delimiter)}, HEADER ${reader.hasHeader}, COMPRESSION '${reader.compression}'`;
    case 'ndjson':
      return `FORMAT csv, DELIMITER E'\\x01', QUOTE '', ESCAPE '', HEADER false, COMPRESSION '${reader.compression}'`;
  }
}

/** The reader of what was written: the same with our columns at the end. */
export function asWritten(reader: Reader): Reader {
  if (reader.format === 'ndjson') return reader;
  const columns = [...reader.columns.filter((name) => !OWN.includes(name)), ...OWN];
  return { ...reader, columns };
}

/** The folder of an outcome below the one that a pass wrote to. */
export function partFolder(folder: string, verdict: Verdict): string {
  return join(folder, `fermata_part=${VERDICTS.indexOf(verdict)}`);
}
