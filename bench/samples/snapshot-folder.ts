import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Match, Statement, Term } from '#consent/domain';
import { digestFile, literal, PARQUET, writeIdentifiers } from '#snapshots';
import { jcs, jwksText, RECEIPT_SEED } from './sample-receipts.js';
import { sampleManifest, signManifest } from './sample-snapshot.js';

/** One situation that works can be in: a recording that its holder and its writer speak for alike. */
export function situation(terms: readonly Term[], more: Partial<Statement> = {}): Match[] {
  const layers = ['recording', 'composition'] as const;
  const work = {
    ...{ workId: 'w0', kind: 'recording' as const },
    claims: layers.map((layer) => ({
      ...{ party: 'p0', layer, sharePpm: 1_000_000, level: 3 as const, exclusive: false },
      ...{ state: 'active' as const, madeAt: 0 },
    })),
    statements: layers.map((layer, at) => ({
      ...{ declarationId: `d${at}`, party: 'p0', layer, recordedAt: at, terms },
      ...{ subject: { kind: 'work' as const, id: 'w0' } },
      ...more,
    })),
    ...{ embodies: [], contains: [], samples: [] },
  };
  return [{ work, confidence: 1, how: 'identifier' }];
}

export interface SampleSnapshot {
  readonly asOf: number;
  readonly standings: readonly (readonly Match[])[];
  /** By scheme, queries with the columns `identifier` and `standing`. */
  readonly identifiers: Readonly<Record<string, string>>;
}

/** Writes a snapshot as a registry publishes it, signed with a key of these tests. */
export async function writeSnapshotFolder(
  connection: DuckDBConnection,
  folder: string,
  { asOf, standings, identifiers }: SampleSnapshot,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files: Record<string, unknown>[] = [];
  const list = async (path: string, rows: number, more: Record<string, unknown>) => {
    files.push({ path, rows, ...(await digestFile(join(folder, path))), ...more });
  };
  for (const [scheme, sql] of Object.entries(identifiers)) {
    const path = `identifiers/scheme=${scheme}`;
    const rows = await writeIdentifiers(connection, sql, join(folder, path));
    await list(`${path}/part-0.parquet`, rows, { role: 'identifiers', scheme });
  }
  const facts = standings.map((one, at) => `(${at}, ${literal(jcs(one))})`).join(', ');
  await connection.run(
    `COPY (FROM (VALUES ${facts}) AS s (standing, facts)) TO ${literal(join(folder, 'standings.parquet'))} (${PARQUET})`,
  );
  await connection.run(
    `COPY (SELECT 0 AS standing, 'none' AS purpose) TO ${literal(join(folder, 'answers.parquet'))} (${PARQUET})`,
  );
  await list('answers.parquet', 1, { role: 'answers' });
  await list('standings.parquet', standings.length, { role: 'standings' });
  const bytes = sampleManifest({
    asOf: new Date(asOf).toISOString(),
    expires: new Date(asOf + 86_400_000).toISOString(),
    identifiers: files.reduce(
      (n, f) => n + (f['role'] === 'identifiers' ? Number(f['rows']) : 0),
      0,
    ),
    standings: standings.length,
    files: files.sort((a, b) => (String(a['path']) < String(b['path']) ? -1 : 1)),
  });
  await writeFile(join(folder, 'manifest.json'), bytes);
  await writeFile(join(folder, 'manifest.jws'), signManifest(bytes));
  await writeFile(join(folder, '../jwks.json'), jwksText(RECEIPT_SEED));
}
