import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of its own for one spec file, migrated and empty. */
export interface TestDatabase {
  url: string;
  /** Removes it; connections that are still open are cut. */
  drop(): Promise<void>;
}

/**
 * Clones the template that the global set-up has migrated, in 20 to 50 ms. Call it in `beforeAll`
 * and `drop()` in `afterAll`, after the pool of the spec has ended.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env['FERMATA_TEST_SERVER_URL'];
  const template = process.env['FERMATA_TEST_TEMPLATE'];
  if (serverUrl === undefined || template === undefined) {
    throw new Error(
      'There is no test database: specs that need one belong under test/, and a run of specs under src/ starts none.',
    );
  }
  const name = template.replace(/template$/, randomBytes(6).toString('hex'));
  const strategy = process.env['FERMATA_TEST_CLONE'] ?? 'WAL_LOG';
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY ${strategy}`);
  return {
    url: withDatabase(serverUrl, name),
    drop: () => dropTestDatabase(withDatabase(serverUrl, name)),
  };
}

/** Removes a database that {@link createTestDatabase} made, by its address. */
export async function dropTestDatabase(url: string): Promise<void> {
  const name = /\/(fermata_test_\w+)(\?|$)/.exec(url)![1]!;
  const serverUrl = process.env['FERMATA_TEST_SERVER_URL']!;
  await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** A copy of a test database as it is now; nobody may be connected to it. */
export async function copyTestDatabase(url: string, to: string): Promise<void> {
  const name = (of: string) => /\/(fermata_test_\w+)(\?|$)/.exec(of)![1]!;
  const serverUrl = process.env['FERMATA_TEST_SERVER_URL']!;
  await onServer(serverUrl, `CREATE DATABASE ${name(to)} TEMPLATE ${name(url)}`);
}

/**
 * The same server, another database. Done on the text, because the URL class refuses
 * a login without a host (`postgres://user@/db?host=/folder`), which libpq allows.
 */
export function withDatabase(url: string, database: string): string {
  const parts = /^(postgres(?:ql)?:\/\/[^/?#]*)(?:\/[^?#]*)?(.*)$/.exec(url);
  if (parts === null) throw new Error('The database URL does not begin with postgres://');
  return `${parts[1]}/${database}${parts[2]}`;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
