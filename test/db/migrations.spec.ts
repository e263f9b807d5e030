import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DataSource, MigrationInterface } from 'typeorm';
import { createDataSource } from '#platform';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

// On a busy machine each whole run of the migrations takes a second or two.
jest.setTimeout(30_000);

type MigrationClass = new () => MigrationInterface;

const FILES = readdirSync('migrations').sort();

/** The migrations' classes: TypeORM's own search by pattern can't import modules inside of jest. */
async function importMigrations(): Promise<MigrationClass[]> {
  const modules = await Promise.all(
    FILES.map(
      (file) => import(`../../migrations/${file}`) as Promise<Record<string, MigrationClass>>,
    ),
  );
  return modules.flatMap((module) => Object.values(module));
}

/** All that the migrations have made, one line an object, in the server's own words. */
async function describeSchema(source: DataSource): Promise<string[]> {
  const rows: { line: string }[] = await source.query(`
    SELECT concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
             a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid)) AS line
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'S')
    UNION ALL
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT concat_ws(' ', relname, reloptions)
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND reloptions IS NOT NULL
    ORDER BY 1`);
  return rows.map((row) => row.line).filter((line) => !/\bmigrations(?:_|\b)/.test(line));
}

function migrateInProcess(url: string): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['test/support/migrate-process.mjs', url]);
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    child.on('close', (code) => done({ code, output }));
  });
}

describe('the migrations', () => {
  let database: TestDatabase;
  let source: DataSource;

  /** The template is migrated; these tests begin with nothing at all. */
  beforeEach(async () => {
    database = await createTestDatabase();
    source = createDataSource(database.url);
    source.setOptions({
      migrations: await importMigrations(),
      migrationsTableName: 'migrations',
      migrationsTransactionMode: 'each',
    });
    await source.initialize();
  });
  afterEach(async () => {
    await source.destroy();
    await database.drop();
  });
  const empty = () => source.query(`DROP SCHEMA public CASCADE; CREATE SCHEMA public`);

  it('are each one class, named after their file', async () => {
    const names = (await importMigrations()).map((migration) => migration.name);
    const expected = FILES.map((file) => {
      const [, ms, words] = /^(\d{13})-([a-z0-9-]+)\.ts$/.exec(file)!;
      return words!.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) + ms;
    });
    expect(names).toEqual(expected);
  });

  it('lead from nothing to the schema that the tests and the server use', async () => {
    const migrated = await describeSchema(source);
    await empty();
    expect(await describeSchema(source)).toEqual([]);
    await source.runMigrations();
    expect(await describeSchema(source)).toEqual(migrated);
  });

  it('go all the way down to nothing, and up again to the same schema', async () => {
    const before = await describeSchema(source);
    for (const _ of FILES) await source.undoLastMigration();
    expect(await describeSchema(source)).toEqual([]);
    await source.runMigrations();
    expect(await describeSchema(source)).toEqual(before);
  });

  it('run once when two servers start on one empty database', async () => {
    await empty();
    const runs = await Promise.all([
      migrateInProcess(database.url),
      migrateInProcess(database.url),
    ]);
    expect(runs.map((run) => run.code)).toEqual([0, 0]);
    const counts = runs.map((run) => Number(run.output)).sort((a, b) => a - b);
    expect(counts).toEqual([0, FILES.length]);
    const [{ count }] = await source.query(`SELECT count(*)::int AS count FROM migrations`);
    expect(count).toBe(FILES.length);
  });

  it('change nothing where they have run already', async () => {
    expect(await source.runMigrations()).toEqual([]);
  });
});
