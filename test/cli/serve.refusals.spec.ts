import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/platform/embedded-postgres/index.js';
import { newScratch, postgresIn, removeAll, runServer } from './server-process.js';

jest.setTimeout(90_000);

const SECRET = 'hush-4711';
let scratch: string;
let postgres: EmbeddedPostgres;
let stranger: Server;
let tcp: { host: string; right: string; admin: URL };

beforeAll(async () => {
  scratch = newScratch();
  // A path too long for a socket makes the cluster listen on TCP and ask for a password.
  const dataFolder = join(scratch, 'far'.repeat(30), 'pg18');
  postgres = await startEmbeddedPostgres({ dataFolder, databaseName: 'fermata' });
  const admin = new URL(postgres.adminUrl);
  tcp = { host: admin.host, right: postgres.url, admin };
  const client = new pg.Client({ connectionString: postgres.adminUrl });
  await client.connect();
  await client.query(`CREATE ROLE guest LOGIN PASSWORD '${SECRET}'`);
  await client.query('GRANT CONNECT ON DATABASE fermata TO guest');
  await client.query(`CREATE ROLE locked NOLOGIN PASSWORD '${SECRET}'`);
  await client.end();
  stranger = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
});
afterAll(async () => {
  stranger.close();
  await postgres.stop();
  await removeAll();
});

/** Two at a time, because each takes a processor for a second. */
async function expectRefusals(
  cases: readonly [settings: Record<string, string>, sentence: RegExp][],
): Promise<void> {
  const left = [...cases];
  const take = async (): Promise<void> => {
    for (let next = left.pop(); next; next = left.pop()) {
      const [settings, sentence] = next;
      const data = { DATA_DIR: join(scratch, 'never') };
      const { code, out, err } = await runServer({ ...data, ...settings });
      expect({ settings, code, out, err: err.trim() }).toEqual({
        ...{ settings, code: 2, out: '' },
        err: expect.stringMatching(sentence),
      });
      expect(err.trim()).not.toContain('\n');
      expect(err).not.toContain(SECRET);
      expect(err).not.toContain('hush');
    }
  };
  await Promise.all([take(), take()]);
  expect(postgresIn(join(scratch, 'never'))).toEqual([]);
}

describe('a start that can’t succeed', () => {
  it('says what is wrong with DATABASE_URL and what to do, without the password', async () => {
    const { port } = stranger.address() as AddressInfo;
    const at = (login: string, rest: string) => ({ DATABASE_URL: `postgres://${login}${rest}` });
    const login = `fermata:${SECRET}@`;
    await expectRefusals([
      [
        at(login, '127.0.0.1:1/x'),
        /^The database fermata@127\.0\.0\.1:1\/x can’t be used: nothing listens there; start/,
      ],
      [at(login, 'nowhere.invalid/x'), /host name .*; correct DATABASE_URL/],
      [at(login, `${tcp.host}/fermata`), /the user or the password is wrong; correct/],
      [at('fermata@', `${tcp.host}/fermata`), /asks for a password; put one into DATABASE_URL/],
      [
        { DATABASE_URL: tcp.right.replace('/fermata?', '/nothing?') },
        /the database does not exist; create it or correct/,
      ],
      [at(`guest:${SECRET}@`, `${tcp.host}/fermata`), /may not create tables there; grant CREATE/],
      [at(`locked:${SECRET}@`, `${tcp.host}/fermata`), /the user may not connect; correct/],
      [
        at(login, `${tcp.host}/fermata?sslmode=verify-full`),
        /offers no encryption; remove sslmode/,
      ],
      [at(login, `127.0.0.1:${port}/x`), /it closed the connection; check that a PostgreSQL/],
      [at('', `/x?host=${scratch}&user=a&password=${SECRET}`), /its socket does not exist; start/],
      [at(`fermata:hu/sh@${SECRET}@`, '[::1/x'), /is no valid address.*percent-encode/],
    ]);
  });

  it('names all faults of the settings at once', async () => {
    await expectRefusals([
      [{ PORT: 'soon' }, /^Settings refused: PORT must be an integer number\.$/],
      [
        { LOG_LEVEL: 'loud', DATABASE_POOL_MAX: '0', PUBLIC_URL: SECRET, DATABASE_URL: SECRET },
        /DATABASE_URL must begin.*PUBLIC_URL must be.*LOG_LEVEL must be.*POOL_MAX must not be less/,
      ],
      [{ NODE_ENV: 'production' }, /DATABASE_URL must be set in production.*PUBLIC_URL must be/],
    ]);
  });

  it('publishes nothing under a policy of witnesses that it can’t use', async () => {
    const [absent, bad] = [join(scratch, 'absent'), join(scratch, 'policy')];
    writeFileSync(bad, 'log\nquorum everybody\n');
    const start = (LOG_POLICY: string) =>
      runServer({ DATA_DIR: join(scratch, 'never'), DATABASE_URL: tcp.right, LOG_POLICY });
    for (const [file, why] of [
      [absent, 'can’t be read: ENOENT'],
      [bad, 'policy: line 1 of the policy: it must be'],
    ] as const) {
      const { code, err } = await start(file);
      expect([code, err.trim()]).toEqual([2, expect.stringContaining(`LOG_POLICY ${file}`)]);
      expect([err, err.trim().includes('\n')]).toEqual([expect.stringContaining(why), false]);
    }
  });

  it('refuses an option that it does not know', async () => {
    const { code, err } = await runServer({ DATA_DIR: join(scratch, 'never') }, ['--dmeo']);
    expect([code, err]).toEqual([2, expect.stringContaining('There is no option --dmeo')]);
  });
});
