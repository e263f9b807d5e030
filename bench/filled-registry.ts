import { mkdtempSync, rmSync } from 'node:fs';
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
  const isLarge = identifiers > recordingsOf(works);
  const postgres = isLarge ? await startLarge(folder) : await start(folder, true);
  try {
    await migrate(postgres.url);
    const admin = new URL(postgres.adminUrl);
    admin.pathname = '/fermata';
    await fillRegistry(admin.toString(), works, say);
    const log = join(folder, 'log');
    await rebuild({ DATABASE_URL: postgres.url, LOG_DIR: log }, say);
    if (isLarge) {
      await addIdentifiers(admin.toString(), recordingsOf(works), identifiers, say);
    }
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query('VACUUM ANALYZE lookup_entries, lookup_standings');
    await client.end();
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
 * A PostgreSQL with two fifths of the memory, as one that serves so many identifiers is set up; a laptop's would
 * read most pages anew for every lookup. It takes that when it starts.
 */
async function startLarge(folder: string): Promise<EmbeddedPostgres> {
  const settings = {
    ...{ shared_buffers: `${Math.floor((totalmem() * 0.4) / 1e6)}MB`, autovacuum: 'off' },
    ...{ fsync: 'off', full_page_writes: 'off', max_wal_size: '8GB' },
  };
  const first = await start(folder, false);
  const client = new pg.Client({ connectionString: first.adminUrl });
  await client.connect();
  for (const [name, value] of Object.entries(settings)) {
    await client.query(`ALTER SYSTEM SET ${name} = '${value}'`);
  }
  await client.end();
  await first.stop();
  return start(folder, false);
}

/** Builds the projection as an operator would: from zero, by the code that keeps it. */
async function rebuild(
  settings: { DATABASE_URL: string; LOG_DIR: string },
  say: (line: string) => void,
): Promise<void> {
  const config = { ...loadConfig(), ...settings };
  const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: false });
  const start = performance.now();
  const works = await app.get(ProjectionBuilder, { strict: false }).rebuild();
  const seconds = (performance.now() - start) / 1000;
  say(`  projection of ${works.toLocaleString('en')} works built in ${seconds.toFixed(1)} s`);
  await app.close();
}
