import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';

/** What DuckDB may use; what does not fit into memory goes to the folder. */
export interface DuckDbLimits {
  /** Where to spill to; made when it is needed, removed at the end. */
  readonly spillFolder: string;
  readonly memoryMb?: number;
  readonly threads?: number;
}

const MEMORY_MB = 1_024;

/**
 * Runs `work` with a DuckDB in memory that reads and writes Parquet and no network. The engine is
 * loaded when it is first needed: most processes never do.
 */
export async function withDuckDb<T>(
  { spillFolder, memoryMb = MEMORY_MB, threads }: DuckDbLimits,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${memoryMb}MB`,
    temp_directory: spillFolder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(threads === undefined ? {} : { threads: String(threads) }),
  });
  try {
    const connection = await instance.connect();
    try {
      return await work(connection);
    } finally {
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
