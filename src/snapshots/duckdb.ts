import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';

/** What DuckDB may use; what does not fit into memory goes to the folder. */
export interface DuckDbLimits {
  /** Where to spill to; made when it is needed, removed at the end. */
  readonly spillFolder: string;
  /** A file for tables that are too large for memory; in memory where absent. */
  readonly file?: string;
  readonly memoryMb?: number;
  readonly threads?: number;
  /** Ends a statement that is under way. */
  readonly signal?: AbortSignal | undefined;
}

const MEMORY_MB = 1_024;

/**
 * Runs `work` with a DuckDB that reads and writes Parquet and no network. The engine is loaded when
 * it is first needed: most processes never do.
 */
export async function withDuckDb<T>(
  { spillFolder, file = ':memory:', memoryMb = MEMORY_MB, threads, signal }: DuckDbLimits,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(file, {
    memory_limit: `${memoryMb}MB`,
    temp_directory: spillFolder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(threads === undefined ? {} : { threads: String(threads) }),
  });
  try {
    const connection = await instance.connect();
    const interrupt = (): void => connection.interrupt();
    signal?.addEventListener('abort', interrupt);
    try {
      return await work(connection);
    } finally {
      // What is closed must not be interrupted any more.
      signal?.removeEventListener('abort', interrupt);
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
    await rm(spillFolder, { recursive: true, force: true });
  }
}

/** A text as a literal of SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The rows of a file of lines with tabs between their columns, as a source of SQL. No column is quoted. */
export function linesSql(path: string, columns: Readonly<Record<string, string>>): string {
  const types = Object.entries(columns).map(([name, type]) => `${literal(name)}: ${literal(type)}`);
  return (
    `read_csv(${literal(path)}, delim = E'\\t', header = false, quote = '', escape = '', ` +
    `auto_detect = false, max_line_size = 16777216, columns = {${types.join(', ')}})`
  );
}
