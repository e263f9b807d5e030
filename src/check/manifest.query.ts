import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from '#snapshots';
import type { ColumnSample } from './domain/index.js';

export type Compression = 'none' | 'gzip' | 'zstd';

/** How the files of a manifest, and what is written like them, are read. */
export type Reader =
  | {
      readonly format: 'parquet';
      readonly compression: 'none';
      readonly columns: readonly string[];
    }
  | {
      readonly format: 'csv';
      readonly compression: Compression;
      readonly columns: readonly string[];
      readonly delimiter: string;
      readonly hasHeader: boolean;
    }
  /** Lines are kept as they are, as one column `line`. */
  | {
      readonly format: 'ndjson';
      readonly compression: Compression;
      readonly columns: readonly ['line'];
    };

/** Longest line of a text file; longer ones end the check. */
const LINE_BYTES_MAX = 16 * 1024 * 1024;

/** Tables into which DuckDB puts the rows of CSV files that it can't cut into columns. */
export interface RejectTables {
  readonly errors: string;
  readonly scans: string;
}

/** The source of SQL that reads `files`; rows of a CSV that don't fit go to `rejects`. */
export function sourceSql(
  reader: Reader,
  files: readonly string[],
  rejects?: RejectTables | 'skip',
): string {
  const list = `[${files.map(literal).join(', ')}]`;
  switch (reader.format) {
    case 'parquet':
      return `read_parquet(${list}, union_by_name = ${files.length > 1}, hive_partitioning = false)`;
    case 'ndjson':
      return linesSql(list, reader.compression);
    case 'csv': {
      if (rejects === 'skip') return csvSql(list, reader, ', ignore_errors = true');
      const kept = rejects
        ? `, store_rejects = true, rejects_limit = 0, rejects_table = ${literal(rejects.errors)}, rejects_scan = ${literal(rejects.scans)}`
        : '';
      return csvSql(list, reader, kept);
    }
  }
}

function csvSql(list: string, reader: Reader & { format: 'csv' }, more: string): string {
  const columns = reader.columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  return (
    `read_csv(${list}, columns = {${columns}}, delim = ${literal(reader.delimiter)}, ` +
    `quote = '"', escape = '"', header = ${reader.hasHeader}, auto_detect = false, ` +
    `compression = '${reader.compression}', max_line_size = ${LINE_BYTES_MAX}${more})`
  );
}

/** The text of one column's cell; NULL where it has none. */
export function cellSql(reader: Reader, column: string, alias: string): string {
  if (reader.format !== 'ndjson') return `${alias}.${quoted(column)}::VARCHAR`;
  const path = literal(`$."${column}"`);
  return `CASE WHEN json_valid(${alias}.line) THEN ${alias}.line ->> ${path} END`;
}

/** A name of SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Reads files before they are checked. */
export class ManifestQuery {
  constructor(private readonly connection: DuckDBConnection) {}

  /** The files that patterns stand for, each pattern's in the order of their names. */
  async expand(patterns: readonly string[]): Promise<string[]> {
    const files: string[] = [];
    for (const pattern of patterns) {
      if (!/[*?[]/.test(pattern)) files.push(pattern);
      else {
        const rows = await this.rows(`SELECT file FROM glob(${literal(pattern)}) ORDER BY file`);
        files.push(...rows.map(([file]) => String(file)));
      }
    }
    return files;
  }

  async firstLine(path: string, compression: Compression): Promise<string | null> {
    const rows = await this.rows(
      `SELECT line FROM ${linesSql(`[${literal(path)}]`, compression)}
       WHERE trim(line) <> '' LIMIT 1`,
    );
    return rows.length === 0 ? null : String(rows[0]![0]).replace(/^\ufeff/, '');
  }

  async parquetColumns(path: string): Promise<string[]> {
    const rows = await this.rows(`DESCRIBE SELECT * FROM read_parquet(${literal(path)})`);
    return rows.map(([name]) => String(name));
  }

  /** Values of each column from the first rows; of NDJSON each member of the objects is a column. */
  async sample(reader: Reader, files: readonly string[], rows: number): Promise<ColumnSample[]> {
    const list = reader.columns.map((name) => `${quoted(name)}::VARCHAR`).join(', ');
    const found = await this.rows(
      `SELECT ${list} FROM ${sourceSql(reader, files, 'skip')} LIMIT ${rows}`,
    );
    if (reader.format === 'ndjson') return membersOf(found.map(([line]) => String(line)));
    return reader.columns.map((column, at) => ({
      column,
      values: found.flatMap((row) =>
        row[at] === null || row[at] === '' ? [] : [row[at] as string],
      ),
    }));
  }

  private async rows(sql: string): Promise<unknown[][]> {
    return (await this.connection.runAndReadAll(sql)).getRows();
  }
}

function linesSql(list: string, compression: Compression): string {
  // A control character that no JSON text may hold parts the columns, of which there is one.
  return (
    `read_csv(${list}, columns = {'line': 'VARCHAR'}, delim = E'\\x01', quote = '', escape = '', ` +
    `header = false, auto_detect = false, strict_mode = false, compression = '${compression}', ` +
    `max_line_size = ${LINE_BYTES_MAX})`
  );
}

function membersOf(lines: readonly string[]): ColumnSample[] {
  const columns = new Map<string, string[]>();
  for (const line of lines) {
    for (const [name, value] of Object.entries(objectOf(line))) {
      if (typeof value !== 'string' && typeof value !== 'number') continue;
      if (name.includes('"') || value === '') continue;
      const values = columns.get(name);
      if (values) values.push(String(value));
      else columns.set(name, [String(value)]);
    }
  }
  return [...columns].map(([column, values]) => ({ column, values }));
}

function objectOf(line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
