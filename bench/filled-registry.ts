import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { NestFactory } from '@nestjs/core';
import { loadConfig, migrate } from '#platform';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres';
import { ProjectionBuilder } from '#lookup';
import { AppModule } from '../src/app.module.js';
import { addIdentifiers, fillRegistry, recordingsOf } from './fill-registry.js';

/**
 * Runs `use` with the settings of a server whose registry has so many works, and ISRCs if they are
 * to be more than recordings; its database and log are gone afterwards.
 */
export async function withRegistry<T>(
  works: number,
  say: (line: string) => void,
  use: (env: Record<string, string>) => Promise<T>,
  identifiers = recordingsOf(works),
): Promise<T> {
  say(`\n${works.toLocaleString('en')} works`);
  const folder = mkdtempSync(join(tmpdir(), 'fermata-bench-'));
  // PostgreSQL's own user passes; otherwise its data would lie, and stay, somewhere else.
  chmodSync(folder, 0o711);
  const isLarge = identifiers > recordingsOf(works);
  let postgres = await start(folder, !isLarge);
  try {
    if (isLarge) await setForLarge(postgres);
    await migrate(postgres.url);
    const admin = new URL(postgres.adminUrl);
    admin.pathname = '/fermata';
    await fillRegistry(admin.toString(), works, say);
    const log = join(folder, 'log');
    await rebuild({ DATABASE_URL: postgres.url, LOG_DIR: log }, say);
    if (isLarge) {
      await addIdentifiers(admin.toString(), recordingsOf(works), identifiers, say);
    }
    await query(postgres.url, 'VACUUM ANALYZE lookup_entries, lookup_standings');
    if (isLarge) {
      await postgres.stop();
      // Or gigabytes would be written to the disk while lookups are measured that read from it.
      execFileSync('sync');
      postgres = await start(folder, false);
    }
    // What lookups read, which is in memory where they have been answered for a while.
    await query(
      postgres.url,
      'SET enable_seqscan = off; SET max_parallel_workers_per_gather = 0',
      'SELECT count(standing_id) FROM lookup_entries',
    );
    return await use({
      ...{ DATABASE_URL: postgres.url, LOG_DIR: log, LOG_LEVEL: 'warn' },
      ANONYMOUS_LOOKUPS_PER_MINUTE: '1000000000',
      // A snapshot every six hours would fall into a few seconds of one side only, and its log can't be signed.
      SNAPSHOT_EVERY_HOURS: '0',
    });
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function start(folder: string, throwaway: boolean): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({
    dataFolder: join(folder, 'pg18'),
    databaseName: 'fermata',
    throwaway,
  });
}

/**
 * Two fifths of the memory for a PostgreSQL that serves so many identifiers, from its next start on; a laptop's
 * would read most pages anew for every lookup. And at once what makes filling faster.
 */
async function setForLarge({ adminUrl }: EmbeddedPostgres): Promise<void> {
  const settings = {
    ...{ shared_buffers: `${Math.floor((totalmem() * 0.4) / 1e6)}MB`, autovacuum: 'off' },
    ...{ fsync: 'off', full_page_writes: 'off', max_wal_size: '8GB' },
  };
  const sets = Object.entries(settings).map(
    ([name, value]) => `ALTER SYSTEM SET ${name} = '${value}'`,
  );
  await query(adminUrl, ...sets, 'SELECT pg_reload_conf()');
}

/** Runs the statements one after the other on a connection of their own. */
async function query(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Builds the projection as an operator would: from zero, by the code that keeps it. */
async function rebuild(
  settings: { DATABASE_URL: string; LOG_DIR: string },
  say: (line: string) => void,
): Promise<void> {
  // A snapshot that this one plans would be made beside whatever is measured.
  const config = { ...loadConfig(), ...settings, SNAPSHOT_EVERY_HOURS: 0 };
  const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: false });
  const start = performance.now();
  const works = await app.get(ProjectionBuilder, { strict: false }).rebuild();
  const seconds = (performance.now() - start) / 1000;
  say(`  projection of ${works.toLocaleString('en')} works built in ${seconds.toFixed(1)} s`);
  await app.close();
}
