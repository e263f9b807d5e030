import {
  appendFileSync,
  chownSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { prepareBinaries } from '../../src/platform/embedded-postgres/binaries.js';
import { type RunAs, runCommand } from '../../src/platform/embedded-postgres/command.js';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.js';
import { chooseRunAs } from '../../src/platform/embedded-postgres/run-as.js';
import {
  addressArguments,
  connectionUrl,
  SOCKET_FOLDER,
} from '../../src/platform/embedded-postgres/server-address.js';

/** A PostgreSQL of a test that may be ended and started again. */
export interface TestServer {
  /** The database `fermata`, for the role of that name. */
  url: string;
  /** Runs statements as the superuser, each by itself, and returns the rows of the last. */
  sql(...statements: string[]): Promise<Record<string, unknown>[]>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

export interface Replication {
  primary: TestServer;
  /** A new streaming standby, copied from the running primary. */
  addStandby(name: string): Promise<TestServer>;
  stop(): Promise<void>;
}

/** A primary that standbys can follow, in a folder of its own that `stop()` removes. */
export async function startReplication(): Promise<Replication> {
  const embedded = await startEmbeddedPostgres({
    ...{ dataFolder: '', databaseName: 'fermata', throwaway: true },
  });
  const [{ data_directory: folder }] = (await run(embedded.adminUrl, ['SHOW data_directory'])) as [
    { data_directory: string },
  ];
  const runAs = await chooseRunAs(folder);
  const { pgCtl } = await prepareBinaries(runAs, {
    ...{ sharedFolder: '/var/lib/fermata', log: () => undefined },
  });
  const tools = { pgCtl, runAs };
  const primary = serverIn(folder, tools);
  // Throw-away servers write too little for anybody to follow.
  await primary.sql(
    `ALTER SYSTEM SET wal_level = 'replica'`,
    `ALTER SYSTEM SET max_wal_senders = 4`,
  );
  await primary.kill();
  await primary.start();
  const standbys: TestServer[] = [];
  return {
    primary,
    addStandby: async (name) => {
      const standby = await copyOf({ folder, primary }, name, tools);
      standbys.push(standby);
      return standby;
    },
    stop: async () => {
      for (const standby of standbys) await standby.kill();
      await embedded.stop();
    },
  };
}

/** The npm package has no pg_basebackup: this is what that does, by the functions that it calls. */
async function copyOf(
  { folder, primary }: { folder: string; primary: TestServer },
  name: string,
  tools: Tools,
): Promise<TestServer> {
  const target = join(dirname(folder), name);
  await primary.sql(`SELECT pg_create_physical_replication_slot('${name}', true)`);
  const backup = new Client({ connectionString: adminUrl(folder) });
  await backup.connect();
  try {
    await backup.query(`SELECT pg_backup_start('${name}', true)`);
    const copied = await runCommand('cp', ['-a', folder, target], { name: 'self' });
    if (copied.exitCode !== 0) throw new Error(copied.output);
    const { rows } = await backup.query<{ labelfile: string }>(
      `SELECT labelfile FROM pg_backup_stop(false)`,
    );
    for (const gone of ['postmaster.pid', 'postmaster.opts', 'server.log']) {
      rmSync(join(target, gone), { force: true });
    }
    for (const kind of [SOCKET_FOLDER, 'pg_replslot']) {
      for (const one of readdirSync(join(target, kind))) {
        rmSync(join(target, kind, one), { recursive: true });
      }
    }
    mkdirSync(join(target, SOCKET_FOLDER), { recursive: true });
    writeFileSync(join(target, 'backup_label'), rows[0]!.labelfile);
    writeFileSync(join(target, 'standby.signal'), '');
    // The server opens both for writing, and may be another user than we are.
    const { uid, gid } = statSync(folder);
    for (const own of ['backup_label', 'standby.signal']) chownSync(join(target, own), uid, gid);
    const from = `host=${join(folder, SOCKET_FOLDER)} port=5432 user=postgres`;
    appendFileSync(
      join(target, 'postgresql.auto.conf'),
      `primary_conninfo = '${from}'\nprimary_slot_name = '${name}'\nwal_retrieve_retry_interval = '200ms'\n`,
    );
  } finally {
    await backup.end();
  }
  const standby = serverIn(target, tools);
  await standby.start();
  return standby;
}

interface Tools {
  pgCtl: string;
  runAs: RunAs;
}

function serverIn(folder: string, { pgCtl, runAs }: Tools): TestServer {
  const address = { host: join(folder, SOCKET_FOLDER), port: 5432, viaSocket: true };
  const control = async (...words: string[]): Promise<void> => {
    const ran = await runCommand(pgCtl, [...words, '-D', folder, '-w', '-t', '30'], runAs);
    if (ran.exitCode !== 0) throw new Error(`${words[0]} ${folder}: ${ran.output}`);
  };
  return {
    url: connectionUrl(address, { user: 'fermata', password: '', database: 'fermata' }),
    sql: (...statements) => run(adminUrl(folder), statements),
    kill: () => control('stop', '-m', 'immediate').catch(() => undefined),
    start: () =>
      control('start', '-l', join(folder, 'server.log'), '-o', addressArguments(address)),
  };
}

function adminUrl(folder: string): string {
  const address = { host: join(folder, SOCKET_FOLDER), port: 5432, viaSocket: true };
  return connectionUrl(address, { user: 'postgres', password: '', database: 'postgres' });
}

async function run(url: string, statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}
