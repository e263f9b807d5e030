import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  acquireDataFolderLock,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/platform/embedded-postgres/index.js';

const isRoot = process.getuid?.() === 0;
const whenRoot = isRoot ? it : it.skip;
const root = new URL('../../', import.meta.url).href;

const opened: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];
let scratch: string;
/** One cluster for the tests that only start and stop; making one costs a second. */
let dataFolder: string;

beforeAll(async () => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'fermata-spec-')));
  chmodSync(scratch, 0o755);
  dataFolder = join(scratch, 'shared', 'pg18');
  const first = await start();
  await run(first.url, 'CREATE TABLE kept (word text)');
  await first.stop();
}, 30_000);

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of opened.splice(0).reverse()) await server.stop();
}, 30_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('startEmbeddedPostgres', () => {
  it('serves a database whose role is no superuser, by a socket that only its owner can open', async () => {
    const { url, attached } = await start();
    const [row] = await run(
      url,
      `SELECT current_database() AS database, rolsuper AS superuser, inet_server_addr() AS address,
              current_setting('listen_addresses') AS listens, current_setting('fsync') AS fsync,
              current_setting('data_checksums') AS checksums, datlocale AS locale
         FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`,
    );
    expect(row).toEqual({
      database: 'fermata',
      superuser: false,
      address: null,
      listens: '',
      fsync: 'on',
      checksums: 'on',
      locale: 'C.UTF-8',
    });
    expect(attached).toBe(false);
    expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
  });

  it('keeps the data from one start to the next', async () => {
    const first = await start();
    await run(first.url, "INSERT INTO kept VALUES ('stopped')");
    await first.stop();
    const second = await start();
    expect(await run(second.url, "SELECT word FROM kept WHERE word = 'stopped'")).toHaveLength(1);
  });

  it('recovers what was committed before the server was killed', async () => {
    const first = await start();
    await run(first.url, "INSERT INTO kept VALUES ('killed')");
    process.kill(postmasterPid(), 'SIGKILL');
    const second = await start();
    expect(second.attached).toBe(false);
    expect(await run(second.url, "SELECT word FROM kept WHERE word = 'killed'")).toHaveLength(1);
  }, 30_000);

  it('adopts the server that a killed application left behind, and stops it', async () => {
    await startInChild();
    const orphan = postmasterPid();
    await kill(children[0]);
    const adopted = await start();
    expect(adopted.attached).toBe(true);
    expect(postmasterPid()).toBe(orphan);
    const guest = await start();
    await guest.stop();
    expect(await run(adopted.url, 'SELECT 1')).toHaveLength(1);
    await adopted.stop();
    expect(existsSync(join(dataFolder, 'postmaster.pid'))).toBe(false);
  }, 30_000);

  it('leaves the server running for the process that still answers for it', async () => {
    await startInChild();
    const guest = await start();
    expect(guest.attached).toBe(true);
    await guest.stop();
    expect(await run(guest.url, 'SELECT 1')).toHaveLength(1);
    await kill(children[0]);
    await (await start()).stop();
  }, 30_000);

  it('starts one server when two ask at the same moment', async () => {
    const servers = await Promise.all([start(), start()]);
    expect(servers.map(({ attached }) => attached).toSorted()).toEqual([false, true]);
  });

  it('starts although the number of the dead server now belongs to another program', async () => {
    const old = join(dataFolder, 'postmaster.pid');
    // PostgreSQL is only misled by a process of its own user.
    const { uid, gid } = statSync(dataFolder);
    const other = spawn('sleep', ['60'], isRoot ? { uid, gid, cwd: '/' } : {});
    children.push(other);
    writeFileSync(old, `${other.pid}\n${dataFolder}\n1763800000\n5432\ns\n\n0 0\nready   \n`);
    const { url } = await start();
    expect(await run(url, 'SELECT 1')).toHaveLength(1);
  });

  it('listens on the loopback address, with a password, where the path is too long for a socket', async () => {
    const deep = join(scratch, 'a-folder-name-of-thirty-letters'.repeat(3), 'pg18');
    const { url, psqlCommand } = await start({ dataFolder: deep });
    expect(new URL(url).hostname).toBe('127.0.0.1');
    expect(await run(url, 'SELECT 1')).toHaveLength(1);
    const stranger = url.replace(/:[^:@]+@/, ':guess@');
    await expect(run(stranger, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(psqlCommand).not.toContain(new URL(url).password);
  }, 30_000);

  it('refuses a data folder of another major version', async () => {
    const older = join(scratch, 'older', 'pg17');
    mkdirSync(older, { recursive: true });
    writeFileSync(join(older, 'PG_VERSION'), '17\n');
    await expect(start({ dataFolder: older })).rejects.toMatchObject({
      fault: 'data-folder-version',
      message: expect.stringMatching(/made by PostgreSQL 17 and this is PostgreSQL 18; .*DATA_DIR/),
    });
  });

  it('refuses a folder that holds something else, and leaves it as it was', async () => {
    const photos = join(scratch, 'photos', 'summer');
    mkdirSync(photos, { recursive: true });
    writeFileSync(join(photos, 'beach.jpg'), 'sand');
    await expect(start({ dataFolder: photos })).rejects.toMatchObject({
      fault: 'data-folder-foreign',
    });
    expect(readFileSync(join(photos, 'beach.jpg'), 'utf8')).toBe('sand');
  });

  it('removes a throw-away server with its data, and those of runs that were killed', async () => {
    const url = await startInChild({ throwaway: true });
    const folder = folderOf(url);
    await kill(children[0]);
    expect(existsSync(folder)).toBe(true);
    const next = await start({ throwaway: true });
    expect(existsSync(folder)).toBe(false);
    await next.stop();
    expect(existsSync(folderOf(next.url))).toBe(false);
  }, 30_000);

  whenRoot(
    'moves programs and data out of a folder that only root may enter',
    async () => {
      const home = join(scratch, 'private-home');
      mkdirSync(home, { mode: 0o700 });
      const wanted = join(home, 'project', 'pg18');
      mkdirSync(join(home, 'project'));
      const sharedFolder = join(scratch, 'shared-by-all');
      const lines: string[] = [];
      const log = (line: string): number => lines.push(line);
      const first = await start({ dataFolder: wanted, sharedFolder, log });
      await run(first.url, 'CREATE TABLE moved (word text)');
      await first.stop();
      expect(lstatSync(wanted).isSymbolicLink()).toBe(true);
      expect(lines).toContainEqual(expect.stringContaining(`keeping the data in ${sharedFolder}`));
      const second = await start({ dataFolder: wanted, sharedFolder });
      expect(await run(second.url, 'SELECT * FROM moved')).toEqual([]);
    },
    30_000,
  );

  whenRoot(
    'runs for an ordinary user as that user',
    async () => {
      const folder = join(scratch, 'of-nobody');
      mkdirSync(folder);
      chmodSync(folder, 0o777);
      await startInChild({ dataFolder: join(folder, 'pg18') }, { uid: 65534, gid: 65534 });
      expect(statSync(join(folder, 'pg18', 'postmaster.pid')).uid).toBe(65534);
      await kill(children[0]);
      await (await start({ dataFolder: join(folder, 'pg18') })).stop();
    },
    30_000,
  );
});

describe('acquireDataFolderLock', () => {
  const folder = (): string => join(scratch, 'locked', 'pg18');
  const lockFile = (): string => join(scratch, 'locked', 'fermata.lock');

  it('refuses a folder that a running server holds, in one sentence that says what to do', () => {
    const lock = acquireDataFolderLock(folder());
    const since = /since \d{4}-\d\d-\d\dT[\d:.]+Z/.source;
    expect(() => acquireDataFolderLock(folder())).toThrow(
      new RegExp(
        `^Fermata is already running with this data folder \\(pid ${process.pid}, ${since}\\); ` +
          'stop it or set DATA_DIR to another folder\\.$',
      ),
    );
    lock.release();
    acquireDataFolderLock(folder()).release();
    expect(existsSync(lockFile())).toBe(false);
  });

  it('takes over the lock of a server that was killed', async () => {
    await inChild(`face.acquireDataFolderLock(${JSON.stringify(folder())}); console.log('ready');`);
    const [child] = children;
    expect(() => acquireDataFolderLock(folder())).toThrow(`pid ${child?.pid}`);
    await kill(child);
    const lock = acquireDataFolderLock(folder());
    expect(lock.takenOverFrom?.pid).toBe(child?.pid);
    lock.release();
  });

  it('takes over a lock whose process number now belongs to another program', () => {
    const holder = { pid: process.ppid, startedAs: 'another start', since: '2026-01-01T00:00:00Z' };
    writeFileSync(lockFile(), JSON.stringify(holder));
    const lock = acquireDataFolderLock(folder());
    expect(lock.takenOverFrom).toEqual(holder);
    lock.release();
  });
});

async function start(
  options: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataFolder, databaseName: 'fermata', ...options });
  opened.push(server);
  return server;
}

/** Starts the server from a process of its own, so that this process can be killed; returns the URL. */
function startInChild(
  options: { dataFolder?: string; throwaway?: boolean } = {},
  user: { uid?: number; gid?: number } = {},
): Promise<string> {
  const given = JSON.stringify({ dataFolder, databaseName: 'fermata', ...options });
  return inChild(`console.log((await face.startEmbeddedPostgres(${given})).url);`, user);
}

/** Runs statements with the module's face in a child that then stays; returns its first line. */
async function inChild(code: string, user: { uid?: number; gid?: number } = {}): Promise<string> {
  const script = `
    import { register } from 'node:module';
    register('${root}test/support/typescript-loader.mjs');
    const face = await import('${root}src/platform/embedded-postgres/index.ts');
    ${code}
    setInterval(() => undefined, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
  children.push(child);
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('close', () => reject(new Error(`The child ended early: ${errors}`)));
  });
}

async function kill(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function run(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

function postmasterPid(): number {
  return Number(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** The data folder of a server that is reached by a socket. */
function folderOf(url: string): string {
  return decodeURIComponent(new URL(url).hostname).replace(/\/s$/, '');
}
