import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import {
  ask,
  eventually,
  removeAll,
  runServer,
  ServerProcess,
  startServer,
} from './server-process.js';

jest.setTimeout(90_000);

const TRAIN = 'ai.train.generative';
const INQUIRY = 'territory=DE&actorClass=commercial&lawfulSource=true';

let database: TestDatabase;
let settings: { DATABASE_URL: string };

beforeAll(async () => {
  database = await createTestDatabase();
  settings = { DATABASE_URL: database.url };
});
afterAll(async () => {
  await removeAll();
  await database.drop();
});

describe('npm run demo', () => {
  it('completes a world that a killed start left in parts, and only once', async () => {
    const half = new ServerProcess(settings, ['--demo']);
    // In the middle of the seeding: by then some of the people are there.
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const count = async (rows: string) => (await client.query(`SELECT FROM ${rows}`)).rowCount!;
    await eventually(async () => (await count('works')) > 2, 60_000);
    await half.kill();
    expect(half.out).not.toContain('The demo world is ready');
    const server = await startServer(settings, ['--demo']);
    expect(server.out).toContain('The demo world is ready; everybody’s password is “');
    expect(await count('accounts')).toBe(9);
    expect(await count(`works WHERE kind = 'recording'`)).toBe(5);
    await client.end();
    await server.stop();
  });

  it('answers a company that wants to train a model in five different ways', async () => {
    const server = await startServer(settings, ['--demo']);
    expect(server.out).toContain('The demo world is there already.');
    const outcomes: Record<string, string> = {};
    for (const isrc of ['19-00001', '21-00002', '22-00003', '16-00004', '98-00005']) {
      const path = `/v1/lookup/isrc/ZZ-FMT-${isrc}?purposes=${TRAIN}&${INQUIRY}`;
      type Found = { purposes: Record<string, { outcome: string }> };
      const { body } = await ask<Found>(`${server.url}${path}`);
      outcomes[isrc] = body.purposes[TRAIN]!.outcome;
    }
    expect(outcomes).toEqual({
      '19-00001': 'denied',
      '21-00002': 'permitted_with_duties',
      '22-00003': 'licence_required',
      '16-00004': 'denied',
      '98-00005': 'disputed',
    });
    const pasted = /curl '(.*)'/.exec(server.out)![1]!;
    expect((await ask(pasted)).body).toMatchObject({ result: 'found' });
    await server.stop();
  });

  it('is not put into production', async () => {
    const production = {
      ...{ NODE_ENV: 'production', PUBLIC_URL: 'https://fermata.example' },
      LOG_DIR: '/nowhere',
    };
    const { code, err } = await runServer({ ...settings, ...production }, ['--demo']);
    expect([code, err.trim()]).toEqual([2, expect.stringMatching(/is not put into production/)]);
  });

  it('warns where others can come in who know its passwords', async () => {
    const other = await createTestDatabase();
    const server = await startServer({ DATABASE_URL: other.url, HOST: '0.0.0.0' }, ['--demo']);
    expect(server.out).toContain('HOST=0.0.0.0 lets others in, and they know that password too.');
    await server.stop();
    await other.drop();
  });
});
