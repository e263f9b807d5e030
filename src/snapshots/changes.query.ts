import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from './duckdb.js';
import { writeIdentifiers } from './write-identifiers.query.js';

/**
 * Writes what became of a scheme's identifiers between two of their files to `part-0.parquet` in
 * `folder`: the new standing of each that is new or has another one, NULL for those that are gone.
 * Returns how many there are.
 */
export function writeChanges(
  connection: DuckDBConnection,
  { older, newer }: { readonly older: string; readonly newer: string },
  folder: string,
): Promise<number> {
  return writeIdentifiers(
    connection,
    `SELECT coalesce(n.identifier, o.identifier) AS identifier, n.standing
     FROM read_parquet(${literal(newer)}, hive_partitioning = false) AS n
     FULL JOIN read_parquet(${literal(older)}, hive_partitioning = false) AS o
       ON n.identifier = o.identifier
     WHERE n.standing IS DISTINCT FROM o.standing`,
    folder,
  );
}

/** Writes the file that an older one becomes by its changes; returns how many rows it has. */
export function applyChanges(
  connection: DuckDBConnection,
  { older, changes }: { readonly older: string; readonly changes: string },
  folder: string,
): Promise<number> {
  const changed = `read_parquet(${literal(changes)}, hive_partitioning = false)`;
  return writeIdentifiers(
    connection,
    `SELECT identifier, standing FROM read_parquet(${literal(older)}, hive_partitioning = false)
     WHERE identifier NOT IN (SELECT identifier FROM ${changed})
     UNION ALL SELECT identifier, standing FROM ${changed} WHERE standing IS NOT NULL`,
    folder,
  );
}

/** The identifiers file of a scheme below the folder of a snapshot. */
export function identifiersFile(folder: string, scheme: string): string {
  return join(folder, 'identifiers', `scheme=${scheme}`, 'part-0.parquet');
}
