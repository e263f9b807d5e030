import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { withDatabase } from './test-database.js';

/** The databases of one test run: where they are, and how to be rid of them. */
export interface TestCluster {
  /** For the workers, which read them in `createTestDatabase()`. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/**
 * Uses the server of `DATABASE_URL` when that is set, else a throw-away one; on it makes and migrates
 * the template database. A name is `fermata_test_<run>_<what>`, so that runs share a server in peace.
 */
export async function startTestCluster(): Promise<TestCluster> {
  const external = process.env['DATABASE_URL'];
  const server =
    external === undefined || external === ''
      ? await startEmbeddedPostgres({ dataFolder: '', databaseName: 'fermata', throwaway: true })
      : { url: external, stop: async () => undefined };
  const prefix = `fermata_test_${randomBytes(5).toString('hex')}`;
  const presence = await connect(server.url, prefix);
  try {
    await dropDatabasesOfDeadRuns(presence);
    const template = `${prefix}_template`;
    await presence.query(`CREATE DATABASE ${template}`);
    await migrate(withDatabase(server.url, template));
    return {
      environment: {
        FERMATA_TEST_SERVER_URL: server.url,
        FERMATA_TEST_TEMPLATE: template,
        // Copying files beats writing the copy to the log only where nothing waits for the drive.
        FERMATA_TEST_CLONE: external === undefined || external === '' ? 'FILE_COPY' : 'WAL_LOG',
      },
      stop: () => stopRun(presence, prefix, server),
    };
  } catch (error) {
    await stopRun(presence, prefix, server);
    throw error;
  }
}

/**
 * The connection stays open for the whole run and carries its name: by that, runs on other machines
 * can tell our databases from those that a killed run has left.
 */
async function connect(url: string, name: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: name });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    const reason = (cause as Error).message || (cause as NodeJS.ErrnoException).code;
    throw new Error(
      `The tests cannot reach their PostgreSQL (${reason}); correct DATABASE_URL, or unset it to use the embedded one.`,
      { cause },
    );
  }
  return client;
}

async function dropDatabasesOfDeadRuns(client: Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database d
      WHERE datname ~ '^fermata_test_[0-9a-f]{10}_'
        AND pg_has_role(current_user, d.datdba, 'MEMBER')
        AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a
                         WHERE a.application_name = substring(d.datname from 1 for 23))`,
  );
  for (const { datname } of rows) await dropDatabase(client, datname);
}

async function stopRun(
  client: Client,
  prefix: string,
  server: { stop: () => Promise<void> },
): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [`${prefix}_`],
  );
  for (const { datname } of rows) await dropDatabase(client, datname);
  await client.end();
  await server.stop();
}

async function dropDatabase(client: Client, name: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}
