import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { JobWorker, migrate } from '#platform';
import { LookupService } from '../../../src/lookup/lookup.service.js';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';
import { type Replication, startReplication, type TestServer } from '../../support/standby.js';
import { createTestApp, type TestApp } from '../../support/test-app.js';

let servers: Replication;
let standby: TestServer;
/** Writes and signs. */
let writer: Registry;
/** Another application over the same database and log, which does not sign. */
let reader: TestApp;
let artist: Somebody;
let isrc: string;

beforeAll(async () => {
  servers = await startReplication();
  const { url } = servers.primary;
  await migrate(url);
  standby = await servers.addStandby('one');
  const config = { DATABASE_URL: url, LOOKUP_DATABASE_URLS: standby.url, LOOKUP_LAG_MAX_MS: 1_000 };
  writer = await Registry.open(new Date().toISOString(), { ...config, LOG_SIGNER: true });
  reader = await createTestApp({ config: { ...config, LOG_DIR: writer.app.logFolder } });
  artist = await writer.somebody();
  ({ isrc } = await writer.song(artist));
  await standbyIs('serving');
}, 60_000);

afterAll(async () => {
  await reader?.close();
  await writer?.close();
  await servers?.stop();
});

const address = () => `/v1/lookup/isrc/${isrc}?purposes=ai.train.generative`;
const look = (seen?: number, more = '') =>
  reader.request(
    'GET',
    `${address()}${more}`,
    seen === undefined ? {} : { headers: { 'fermata-log-size': String(seen) } },
  );
const change = () => {
  const identifiers = [{ scheme: 'isrc', value: writer.isrc() }];
  const body = { party: artist.party, title: 'One more', identifiers };
  return writer.call('POST', '/v1/songs', { as: artist.token, body });
};

async function sizeOf(response: Awaited<ReturnType<typeof look>>): Promise<number> {
  if (response.statusCode !== 200) throw new Error(response.body);
  return response.json<Json>()['log'].size;
}

async function standbyIs(state: string): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    const health = await reader.request('GET', '/health/standbys');
    if (health.json<Json>()['standbys'][0].state === state) return;
    await sleep(50);
  }
  const health = await reader.request('GET', '/health/standbys');
  throw new Error(`the standby is not ${state}: ${health.body}`);
}

/** A standby is waited for shortly, which may be too short for a busy machine: then the primary is asked. */
async function caughtUp(): Promise<void> {
  const [{ lsn }] = (await servers.primary.sql('SELECT pg_current_wal_lsn() AS lsn')) as [Json];
  for (let turn = 0; turn < 200; turn += 1) {
    const [row] = await standby.sql(`SELECT pg_last_wal_replay_lsn() >= '${lsn}' AS is_there`);
    if (row!['is_there'] === true) return;
    await sleep(50);
  }
  throw new Error('the standby does not catch up');
}

describe('lookups with a standby', () => {
  it('are read there, and are never older than what the client has seen', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const seen = Number((await change()).headers['fermata-log-size']);
      expect(await sizeOf(await look(seen))).toBeGreaterThanOrEqual(seen);
    }
    const [{ count }] = (await standby.sql(
      `SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'fermata lookup'`,
    )) as [{ count: number }];
    expect(count).toBeGreaterThan(0);
  });

  it('are read there for jobs and for the front page, too', async () => {
    const services = [writer.app.app, reader.app].map((app) =>
      app.get(LookupService, { strict: false }),
    );
    const spies = services.flatMap((service) =>
      (['lookupMany', 'lookupOne'] as const).map((method) =>
        jest.spyOn(service, method).mockRejectedValue(new Error('the primary was asked')),
      ),
    );
    try {
      const builder = await writer.app.signUp('dataset_builder');
      const { isrc: newest } = await writer.song(artist);
      const accepted = await writer.call('POST', '/v1/lookup-jobs?purposes=ai.train.generative', {
        ...{ as: builder, body: `{"scheme":"isrc","value":"${newest}"}\n` },
        headers: { 'content-type': 'application/x-ndjson' },
      });
      const url = String(accepted.headers['location']);
      await caughtUp();
      await writer.app.app.get(JobWorker, { strict: false }).runPending();
      const { state, result } = await writer.get(url, builder);
      expect(state).toBe('finished');
      const lines = (await writer.call('GET', result, { as: builder })).body;
      expect(lines).toMatch(/"result":"found"/);
      const page = await reader.request('GET', `/?q=${isrc}`, {
        headers: { accept: 'text/html' },
      });
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain(`/v1/lookup/isrc/${isrc}`);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });

  it('have receipts from an application that does not sign the log', async () => {
    const answer = (await look(undefined, '&receipt=true')).json<Json>();
    expect(answer['receipt']).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect((await reader.request('GET', '/log/checkpoint')).statusCode).toBe(200);
  });

  it('are refused where nobody has seen that log, or it is none', async () => {
    const refused = await look(1_000_000);
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.json<Json>()['type']).toBe('/problems/lookup/log-not-reached');
    const headers = { 'fermata-log-size': '1e3' };
    expect((await reader.request('GET', address(), { headers })).statusCode).toBe(400);
  });

  it('are read from the database while the standby is paused', async () => {
    await standby.sql('SELECT pg_wal_replay_pause()');
    const seen = Number((await change()).headers['fermata-log-size']);
    expect(await sizeOf(await look(seen))).toBeGreaterThanOrEqual(seen);
    await standbyIs('behind');
    expect(await sizeOf(await look())).toBeGreaterThanOrEqual(seen);
    await standby.sql('SELECT pg_wal_replay_resume()');
    await standbyIs('serving');
  });

  it('go on without an error while the standby is killed', async () => {
    let isOver = false;
    const statuses = new Set<number>();
    const asking = Array.from({ length: 8 }, async () => {
      while (!isOver) statuses.add((await look()).statusCode);
    });
    await standby.kill();
    await sleep(300);
    isOver = true;
    await Promise.all(asking);
    expect([...statuses]).toEqual([200]);
    await standbyIs('away');
    await standby.start();
    await standbyIs('serving');
  });

  it('go on while the database is gone, and changes are refused', async () => {
    const seen = Number((await change()).headers['fermata-log-size']);
    await look(seen);
    await servers.primary.kill();
    await sleep(600);
    expect(await sizeOf(await look())).toBeGreaterThanOrEqual(seen);
    expect((await look(seen + 1)).statusCode).toBe(503);
    const stream = (size: number) =>
      reader.app.inject({
        ...{
          method: 'POST',
          url: '/v1/lookups/stream',
          payload: `{"scheme":"isrc","value":"${isrc}"}\n`,
        },
        headers: { 'content-type': 'application/x-ndjson', 'fermata-log-size': String(size) },
      });
    expect((await stream(seen)).body).toMatch(/"result":"found"/);
    expect((await stream(seen + 1)).statusCode).toBe(503);
    const range = await reader.request('GET', '/v1/ranges/0/0');
    expect(range.json<Json>()['range'].log.size).toBeGreaterThanOrEqual(seen);
    expect((await change()).statusCode).toBe(503);
    const ready = await reader.request('GET', '/health/ready');
    expect(ready.json()).toEqual({ status: 'read-only' });
  });

  it('are never read from a standby that was promoted', async () => {
    await standby.sql('SELECT pg_promote()');
    await standbyIs('refused');
    expect((await look()).statusCode).toBe(503);
    await servers.primary.start();
    expect(await sizeOf(await look())).toBeGreaterThan(0);
    await standbyIs('refused');
  });
});
