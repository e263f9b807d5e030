import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { DATA_MAP, dataMapMarkdown } from '#erasure/domain';
import { createDataSource } from '#platform';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

describe('the data map', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    source = await createDataSource(database.url).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('marks every column of every table as personal or not, once', async () => {
    const rows: { name: string }[] = await source.query(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public'`,
    );
    const mapped = Object.entries(DATA_MAP).flatMap(([table, { personal, other }]) =>
      [...Object.keys(personal), ...other].map((column) => `${table}.${column}`),
    );
    expect(mapped.sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  it('is what docs/reference/data-map.md says (npm run docs:generate)', () => {
    expect(readFileSync('docs/reference/data-map.md', 'utf8')).toBe(dataMapMarkdown());
  });
});
