import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource, MigrationInterface } from 'typeorm';
import { createDataSource } from '#platform';
import { CreateTransparencyLog1763800000000 } from '../../migrations/1763800000000-create-transparency-log.js';
import { SignTheLog1764200000000 } from '../../migrations/1764200000000-sign-the-log.js';
import { CreateClaims1763800400000 } from '../../migrations/1763800400000-create-claims.js';
import { CreateConsent1763800500000 } from '../../migrations/1763800500000-create-consent.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** What was said once is never unsaid: the database itself refuses, whoever asks. */
const APPEND_ONLY = [
  ...['claims', 'declarations', 'disputes', 'log_checkpoints', 'log_concerns', 'log_leaves'],
  ...['registry_keys', 'term_sets', 'trigger_steps'],
];

/** One row in each table, and in those that it needs. */
const ROWS = `
  INSERT INTO accounts VALUES ('acc_1', 'a@example.org', 'a@example.org', '-', 'A', '{artist}', now());
  INSERT INTO parties VALUES ('pty_1', 'artist', 'A', NULL, 1, 'acc_1', now());
  INSERT INTO works VALUES ('wrk_1', 'recording', 'T', NULL, NULL, 'pty_1', 1, now(), 0);
  INSERT INTO log_leaves VALUES (0, sha256('a'), 'a', 'claim', 'clm_1', 1, now());
  INSERT INTO log_concerns VALUES ('pty_1', 0);
  INSERT INTO log_checkpoints VALUES (1, sha256('a'), 'note', now());
  INSERT INTO registry_keys VALUES ('kid', 'added', 'log', sha256('k'), now(), 0);
  UPDATE log_head SET size = 1;
  INSERT INTO claims VALUES ('clm_1', 1, 'wrk_1', 'pty_1', 'recording', 'owner', 1000000, NULL, true,
    0, 'self', 'seen', 'active', NULL, 'acc_1', now(), now(), 0);
  INSERT INTO disputes VALUES ('dsp_1', 1, 'wrk_1', 'recording', '{clm_1,clm_2}', '{pty_1,pty_2}',
    'pty_1', 'opened', NULL, 'why', 'acc_1', now(), 0);
  INSERT INTO trigger_steps VALUES ('wrk_1', 'label_ceased', 1, 'declared', 'pty_1', 12,
    'https://a.example', 'ab', NULL, NULL, 'acc_1', now(), 0);
  INSERT INTO term_sets (digest, content) VALUES (sha256('t'), '{}');
  INSERT INTO declarations SELECT 'dec_1', 'pty_1', 'recording', 'work', 'wrk_1', 1, term_set_id,
    NULL, NULL, NULL, NULL, 'acc_1', now(), 0 FROM term_sets`;

describe('append-only tables', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    source = await createDataSource(database.url).initialize();
    await source.query(ROWS);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('are those that this list names, and no others', async () => {
    const rows: { table: string }[] = await source.query(`
      SELECT DISTINCT tgrelid::regclass::text AS table FROM pg_trigger
       WHERE NOT tgisinternal AND tgfoid = 'refuse_change'::regproc ORDER BY 1`);
    expect(rows.map((row) => row.table)).toEqual(APPEND_ONLY);
  });

  describe.each(APPEND_ONLY)('%s', (table) => {
    it.each([
      [`UPDATE ${table} SET ${firstColumn(table)} = ${firstColumn(table)}`, 'UPDATE'],
      [`UPDATE ${table} SET ${firstColumn(table)} = ${firstColumn(table)} WHERE false`, 'UPDATE'],
      [`DELETE FROM ${table}`, 'DELETE'],
      [`TRUNCATE ${table} CASCADE`, 'TRUNCATE'],
    ])('refuses %s', async (statement, operation) => {
      await expect(source.query(statement)).rejects.toMatchObject({
        code: '23001',
        message: expect.stringMatching(`^${operation} on \\w+ refused: the table is append-only$`),
      });
      const [{ count }] = await source.query(`SELECT count(*)::int AS count FROM ${table}`);
      expect(count).toBe(1);
    });
  });

  describe('in a transaction that erases', () => {
    /** Runs it as an erasure would, and takes it back. */
    const erasing = async (statement: string): Promise<number> => {
      const runner = source.createQueryRunner();
      await runner.startTransaction();
      try {
        await runner.query(`SELECT set_config('fermata.erasing', 'on', true)`);
        const [, affected] = (await runner.query(statement)) as [unknown, number];
        return affected;
      } finally {
        await runner.rollbackTransaction();
        await runner.release();
      }
    };

    it.each([
      `UPDATE claims SET evidence = NULL`,
      `UPDATE claims SET evidence = evidence`,
      `UPDATE term_sets SET content = NULL`,
      `UPDATE disputes SET reason = NULL`,
      `UPDATE trigger_steps SET evidence_url = NULL, evidence_digest = NULL`,
    ])('let pass %s', async (statement) => {
      expect(await erasing(statement)).toBe(1);
    });

    it.each([
      `UPDATE claims SET evidence = 'other words'`,
      `UPDATE claims SET evidence = NULL, level = 4`,
      `UPDATE claims SET territory = 'null'`,
      `UPDATE claims SET leaf_index = 1`,
      `UPDATE term_sets SET content = '{"terms": []}'`,
      `UPDATE term_sets SET content = 'null'`,
      `UPDATE term_sets SET content = NULL, digest = sha256('u')`,
      `DELETE FROM claims`,
      `DELETE FROM term_sets`,
      `TRUNCATE claims`,
      `UPDATE declarations SET template = NULL`,
      `UPDATE log_leaves SET entry = ''`,
      `DELETE FROM log_leaves`,
    ])('refuse %s', async (statement) => {
      await expect(erasing(statement)).rejects.toMatchObject({ code: '23001' });
    });

    it('let nothing more pass once it is over', async () => {
      await erasing(`UPDATE claims SET evidence = NULL`);
      await expect(source.query(`UPDATE claims SET evidence = NULL`)).rejects.toMatchObject({
        code: '23001',
      });
    });
  });

  it.each<[string, MigrationInterface]>([
    ['log_checkpoints', new SignTheLog1764200000000()],
    ['log_leaves', new CreateTransparencyLog1763800000000()],
    ['claims', new CreateClaims1763800400000()],
    ['declarations', new CreateConsent1763800500000()],
  ])('are not taken down with rows in %s', async (table, migration) => {
    const runner = source.createQueryRunner();
    await expect(migration.down(runner)).rejects.toThrow('never taken down');
    await runner.release();
    const [{ count }] = await source.query(`SELECT count(*)::int AS count FROM ${table}`);
    expect(count).toBe(1);
  });
});

function firstColumn(table: string): string {
  return (
    {
      ...{ claims: 'claim_id', declarations: 'declaration_id', log_leaves: 'leaf_type' },
      ...{ log_checkpoints: 'note', log_concerns: 'party_id', registry_keys: 'use' },
      ...{ disputes: 'reason', trigger_steps: 'evidence_url' },
    }[table] ?? 'content'
  );
}
