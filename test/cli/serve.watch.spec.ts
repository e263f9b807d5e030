import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.js';
import {
  ask,
  eventually,
  newScratch,
  postgresIn,
  postmasterOf,
  removeAll,
  type ServerProcess,
  settleArtist,
  signal,
  startServer,
} from './server-process.js';

jest.setTimeout(90_000);

const EMAIL = 'mara@example.org';
const PASSWORD = 'tin roof, cold tea, loud harbour';
/** Everything that was sent and that no log line may hold. */
const secrets = new Set([PASSWORD, 'asked-in-the-query', 'broken-body-word']);

let dataFolder: string;
let server: ServerProcess;
let artist: { token: string; party: string };

beforeAll(async () => {
  const DATA_DIR = join(newScratch(), 'data');
  dataFolder = join(DATA_DIR, 'pg18');
  server = await startServer({ DATA_DIR, LOG_LEVEL: 'trace' });
  artist = await settleArtist(server.url, EMAIL);
  secrets.add(artist.token);
});
afterAll(removeAll);

const ready = () => ask<{ type: string; detail: string }>(`${server.url}/health/ready`);

/** The rows of a client of the server's own database. */
async function database(): Promise<pg.Client> {
  const client = new pg.Client({ host: join(dataFolder, 's'), port: 5432, user: 'fermata' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

describe('a server under watch', () => {
  it('gives every answer the request’s own id if it is harmless, else a new one', async () => {
    const idOf = async (given?: string) => {
      const headers = given === undefined ? undefined : { 'x-request-id': given };
      const answer = await ask(`${server.url}/v1/nowhere`, { headers });
      const id = answer.headers.get('x-request-id')!;
      expect(answer.body).toMatchObject({ status: 404, instance: `urn:request:${id}` });
      return id;
    };
    const fresh = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
    expect(await idOf('job-17:a.b_c')).toBe('job-17:a.b_c');
    expect(await idOf()).toMatch(fresh);
    for (const given of ['<script>', 'two words', 'x'.repeat(65), '{"a":1}', 'ä']) {
      expect(await idOf(given)).toMatch(fresh);
    }
  });

  it('measures requests by the route’s pattern, and names nobody', async () => {
    const isrc = 'ZZ-FMT-26-00042';
    await ask(`${server.url}/v1/lookup/isrc/${isrc}?purposes=ai.search`);
    await ask(`${server.url}/v1/parties/${artist.party}`, { as: artist.token });
    await ask(`${server.url}/somewhere/${isrc}`);
    const { headers, body } = await ask<string>(`${server.url}/metrics`);
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = body.split('\n').filter((line) => line !== '' && !/^# (HELP|TYPE) /.test(line));
    for (const line of lines) {
      expect(line).toMatch(
        /^[a-z_]\w*(\{(\w+="[^"\\]*",?)*\})? ([-+]?\d+(\.\d+)?(e[-+]?\d+)?|NaN|\+Inf)$/,
      );
    }
    expect(body).toMatch(
      /fermata_http_request_duration_seconds_bucket\{le="1",method="GET",route="\/v1\/lookup\/:scheme\/:value",status="200"\} 1\n/,
    );
    expect(body).toMatch(/_count\{method="GET",route="\/v1\/parties\/:\w+",status="200"\} 1\n/);
    expect(body).toContain('process_resident_memory_bytes');
    expect(body).not.toMatch(/ZZ-?FMT|pty_|acc_|mara|somewhere/i);
  });

  it('is not ready while its database stands still or is gone, and is again when it is back', async () => {
    expect((await ready()).status).toBe(200);
    const frozen = postgresIn(dataFolder);
    for (const pid of frozen) signal(pid, 'SIGSTOP');
    const late = await ready();
    for (const pid of frozen) signal(pid, 'SIGCONT');
    expect(late).toMatchObject({ status: 503, body: { detail: 'The database is out of reach.' } });
    expect(await eventually(async () => (await ready()).status === 200)).toBe(true);

    signal(postmasterOf(dataFolder), 'SIGINT');
    await eventually(() => postgresIn(dataFolder).length === 0);
    const gone = await ready();
    expect(gone.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(gone.headers.get('retry-after')).toBe('5');
    expect(gone).toMatchObject({ status: 503, body: { type: '/problems/server/overloaded' } });
    expect((await ask(`${server.url}/health/live`)).status).toBe(200);
    const lookup = await ask(`${server.url}/v1/lookup/isrc/ZZ-FMT-26-00043`);
    const write = await ask(`${server.url}/v1/parties`, {
      body: { kind: 'person', displayName: 'Nobody' },
      as: artist.token,
    });
    expect([lookup.status, write.status]).toEqual([503, 503]);
    expect(write.headers.get('retry-after')).not.toBeNull();

    await startEmbeddedPostgres({ dataFolder, databaseName: 'fermata' });
    expect(await eventually(async () => (await ready()).status === 200)).toBe(true);
    expect((await ask(`${server.url}/v1/lookup/isrc/ZZ-FMT-26-00043`)).status).toBe(200);
  });

  it('answers those who send secrets, wherever they put them', async () => {
    const key = await ask<{ secret: string }>(`${server.url}/v1/api-keys`, {
      body: { name: 'nightly', scopes: ['lookup:read'] },
      as: artist.token,
    });
    secrets.add(key.body.secret);
    const isrc = `${server.url}/v1/lookup/isrc/ZZ-FMT-26-00044`;
    expect((await ask(isrc, { as: key.body.secret })).status).toBe(200);
    await ask(`${isrc}?purposes=asked-in-the-query`);
    await ask(`${server.url}/v1/nowhere?password=asked-in-the-query`);
    await ask(`${server.url}/v1/account`, { headers: { cookie: `fermata=${artist.token}` } });
    await ask(`${server.url}/v1/account`, { as: `${artist.token}x` });
    await ask(`${server.url}/v1/accounts`, {
      body: { email: EMAIL, password: PASSWORD, displayName: 'Again', role: 'artist' },
    });
    const broken = await fetch(`${server.url}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"password": broken-body-word}',
    });
    expect(broken.status).toBe(400);
    // The log is checked when the server has ended, after all it had to say.
    secrets.add(`${artist.token}x`);
  });

  it('finishes what runs when it is told to stop, and takes nothing new', async () => {
    const client = await database();
    await client.query('BEGIN');
    await client.query('LOCK TABLE parties IN ACCESS EXCLUSIVE MODE');
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    const reading = readAll(socket);
    const body = JSON.stringify({ kind: 'person', displayName: 'Slow' });
    socket.write(
      `POST /v1/parties HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${artist.token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await eventually(async () => {
      const sql = `SELECT 1 FROM pg_locks WHERE NOT granted`;
      return (await client.query(sql)).rowCount! > 0;
    });
    const stopping = server.stop('SIGTERM');
    await server.says(/Stopping …/);
    // Longer than a second signal counts for an echo of the first: nothing may send one.
    await sleep(1_500);
    socket.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect(fetch(`${server.url}/health/live`)).rejects.toThrow();
    await client.query('ROLLBACK');
    await client.end();
    expect(await stopping).toMatchObject({ code: 0 });
    const [slow, watcher] = (await reading).split(/(?=HTTP\/1\.1 )/);
    expect(slow).toMatch(/^HTTP\/1\.1 201 /);
    expect(watcher).toMatch(/^HTTP\/1\.1 503 /);
    expect(watcher).toContain('The server is stopping.');
    expect(postgresIn(dataFolder)).toEqual([]);
  });

  it('has logged JSON lines alone, and none of the secrets', async () => {
    const { err, out } = await server.exited;
    const lines = err.trim().split('\n');
    expect(lines.length).toBeGreaterThan(40);
    const levels = lines.map((line) => (JSON.parse(line) as { level: number }).level);
    expect(levels).toContain(30);
    expect(lines.filter((line) => line.includes('"route":"/v1/sessions"'))).not.toEqual([]);
    for (const secret of secrets) expect(err + out).not.toContain(secret);
    expect(err).not.toMatch(/bearer|fermata=|\?\w+=/i);
  });
});

async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (piece: Buffer) => (text += piece.toString()));
  await once(socket, 'close');
  return text;
}
