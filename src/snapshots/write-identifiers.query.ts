import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from './duckdb.js';

/**
 * How every Parquet file of a snapshot is written: what each engine that reads Parquet understands,
 * and the same bytes for the same rows, whatever they came from and however many threads wrote.
 */
export const PARQUET =
  'FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, PARQUET_VERSION v1';

/** The file of a scheme's identifiers (or of changes to them) below the folder that all lie in. */
export function partPath(scheme: string): string {
  return `scheme=${scheme}/part-0.parquet`;
}

/**
 * Writes the identifiers of one scheme to `part-0.parquet` in `folder` (`…/scheme=isrc`), which it
 * makes: in ascending order of their bytes. `sourceSql` is a query with the columns `identifier`, each
 * value once, and `standing`, NULL only in changes. Returns how many rows there were.
 */
export async function writeIdentifiers(
  connection: DuckDBConnection,
  sourceSql: string,
  folder: string,
): Promise<number> {
  await mkdir(folder, { recursive: true });
  const target = literal(join(folder, 'part-0.parquet'));
  const { rowsChanged } = await connection.run(
    `COPY (SELECT identifier::VARCHAR AS identifier, standing::INTEGER AS standing
       FROM (${sourceSql}) AS source ORDER BY identifier) TO ${target} (${PARQUET})`,
  );
  return rowsChanged;
}

/**
 * Throws where a file of identifiers holds one twice, because whoever joins it would get two answers, or
 * where they do not ascend.
 */
export async function refuseTwice(connection: DuckDBConnection, file: string): Promise<void> {
  const twice = await connection.runAndReadAll(
    `SELECT identifier FROM (
       SELECT identifier, lag(identifier) OVER () AS before
       FROM read_parquet(${literal(file)}, hive_partitioning = false)
     ) AS pairs WHERE identifier <= before LIMIT 1`,
  );
  if (twice.currentRowCount === 0) return;
  throw new Error(`${file} holds ${String(twice.getRows()[0]![0])} twice, or out of order.`);
}
