import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { SnapshotReading } from '../../src/publishing/snapshot-reading.query.js';
import { eventually } from '../cli/server-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`DROP INDEX lookup_entries_work_id_idx, lookup_entries_digest_idx`);
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

/** Entries number `from` to `to`, so many works to each identifier. */
const fill = (scheme: string, [from, to]: [number, number], worksEach: number) =>
  client.query(
    `INSERT INTO lookup_entries (scheme, value, work_id, standing_id, confidence_ppm, released_on)
     SELECT $1, 'ZZ' || lpad((n / $4::int)::text, 7, '0'), 'wrk_' || n, 1 + n % 5,
       CASE n % 7 WHEN 0 THEN 900000 ELSE 1000000 END,
       CASE n % 11 WHEN 0 THEN date '2026-01-01' + n % 100 END
     FROM generate_series($2::int, $3::int) AS n`,
    [scheme, from, to, worksEach],
  );

async function readAll(page: number): Promise<Map<string, string[]>> {
  const read = new Map<string, string[]>();
  const reading = (await SnapshotReading.begin(database.url))!;
  try {
    await reading.readEntries(async (scheme, lines) => {
      expect(lines.endsWith('\n')).toBe(true);
      const before = read.get(scheme) ?? [];
      read.set(scheme, [...before, ...lines.slice(0, -1).split('\n')]);
    }, page);
  } finally {
    await reading.end();
  }
  return read;
}

describe('what a snapshot reads', () => {
  it('is nothing where nothing is registered', async () => {
    expect(await readAll(100)).toEqual(new Map());
  });

  it('is every entry once, those of an identifier together, wherever a page ends', async () => {
    await fill('isrc', [0, 1_009], 3);
    // A page to the entry, and identifiers that a page can't hold.
    await fill('iswc', [0, 99], 1);
    await fill('upc', [0, 2_999], 700);
    const read = await readAll(100);
    expect([...read.keys()]).toEqual(['isrc', 'iswc', 'upc']);
    for (const [scheme, lines] of read) {
      const { rows } = await client.query<{ line: string }>(
        `SELECT concat(value, E'\t', standing_id, CASE WHEN confidence_ppm < 1000000 OR released_on IS NOT NULL
           THEN concat(',', confidence_ppm, ',', released_on) END) AS line
         FROM lookup_entries WHERE scheme = $1`,
        [scheme],
      );
      expect(lines.length).toBe(rows.length);
      expect([...lines].sort()).toEqual(rows.map(({ line }) => line).sort());
      const identifiers = lines.map((line) => line.split('\t')[0]);
      const changes = identifiers.filter((one, at) => one !== identifiers[at - 1]).length;
      expect(changes).toBe(new Set(identifiers).size);
    }
  });

  it('is not read on where whoever asked is gone', async () => {
    const reading = (await SnapshotReading.begin(database.url))!;
    const asked = reading.client.query('SELECT pg_sleep(60)').catch((error: Error) => error);
    const running = async () => {
      const { rowCount } = await client.query(
        `SELECT FROM pg_stat_activity WHERE application_name = 'fermata snapshot' AND state = 'active'
           AND datname = current_database()`,
      );
      return rowCount!;
    };
    expect(await eventually(async () => (await running()) === 1)).toBe(true);
    // As when the process is killed.
    (reading.client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream //
      .destroy();
    expect(await eventually(async () => (await running()) === 0)).toBe(true);
    expect(await asked).toBeInstanceOf(Error);
  });
});
