import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  ask,
  eventually,
  newScratch,
  postgresIn,
  removeAll,
  runServer,
  ServerProcess,
  settleArtist,
  startServer,
} from './server-process.js';

jest.setTimeout(90_000);

const TRAIN = 'ai.train.generative';
const ISRC = 'ZZ-FMT-26-00001';

let scratch: string;
/** One data folder from its first start on; each rule takes it as the one before left it. */
let settings: { DATA_DIR: string };

beforeAll(() => {
  scratch = newScratch();
  settings = { DATA_DIR: join(scratch, 'data') };
});
afterAll(removeAll);

const expectNothingLeft = (): void => {
  expect(postgresIn(scratch)).toEqual([]);
  expect(existsSync(join(settings.DATA_DIR, 'fermata.lock'))).toBe(false);
};

async function answerOf(url: string): Promise<string> {
  type Found = { purposes: Record<string, { outcome: string }> };
  const path = `/v1/lookup/isrc/${ISRC}?purposes=${TRAIN}`;
  return (await ask<Found>(`${url}${path}`)).body.purposes[TRAIN]!.outcome;
}

describe('a server on a data folder of its own', () => {
  it('starts from nothing, says where to look, and prints a command that works', async () => {
    const server = await startServer(settings);
    expect(server.out).toMatch(/migrations ran/);
    expect((await ask(`${server.url}/`)).status).toBe(200);
    expect((await ask(`${server.url}/docs`)).status).toBe(200);
    const pasted = /^ +(curl '.*')$/m.exec(server.out)![1]!;
    expect(await pasteIntoShell(pasted)).toMatchObject({ result: 'not_found' });

    const { token, party } = await settleArtist(server.url);
    const song = { party, title: 'Kept', identifiers: [{ scheme: 'isrc', value: ISRC }] };
    await ask(`${server.url}/v1/songs`, { body: song, as: token });
    const wish = { party, subject: { kind: 'party' }, template: 'preserve_never_train' };
    const declared = await ask(`${server.url}/v1/declarations`, { body: wish, as: token });
    expect(declared.status).toBe(201);

    expect(await server.stop()).toMatchObject({ code: 0, signal: null, err: '' });
    expect(server.out).toMatch(/Stopping …\nStopped\.\n$/);
    expectNothingLeft();
  });

  it('keeps the data, migrates once, and takes one Ctrl-C that arrives twice for one', async () => {
    const server = await startServer(settings);
    expect(server.out).not.toMatch(/migrations ran|creating the database/);
    expect(await answerOf(server.url)).toBe('denied');
    server.signal('SIGINT');
    expect(await server.stop()).toMatchObject({ code: 0, err: '' });
    expectNothingLeft();
  });

  it('takes over from a killed server, says so, and has the data', async () => {
    await (await startServer(settings)).kill();
    expect(postgresIn(scratch)).not.toEqual([]);
    const next = await startServer(settings);
    expect(next.out).toContain('The last server was killed; its data is taken over as it is.');
    expect(await answerOf(next.url)).toBe('denied');

    const second = await runServer(settings);
    expect([second.code, second.out]).toEqual([2, '']);
    expect(second.err).toMatch(
      /^\s+Fermata is already running with this data folder \(pid \d+, since \S+\); stop it or set DATA_DIR to another folder\.\s+$/,
    );
    expect(second.err).toContain(`pid ${next.pid}`);
    expect(await answerOf(next.url)).toBe('denied');

    await next.stop('SIGTERM');
    expectNothingLeft();
  });

  it('stops PostgreSQL when its port is in use, and says so in one sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await eventually(() => other.listening);
    const { port } = other.address() as AddressInfo;
    const ran = await runServer({ ...settings, PORT: String(port) });
    other.close();
    expect([ran.code, ran.err.trim()]).toEqual([
      2,
      `Port ${port} is in use; stop what listens there, or start with PORT=${port + 1}.`,
    ]);
    expectNothingLeft();
  });

  it('refuses to listen on an address of another machine', async () => {
    const HOST = '192.0.2.7';
    const ran = await runServer({ ...settings, HOST });
    expect([ran.code, ran.err.trim()]).toEqual([
      2,
      `HOST=${HOST} is no address of this machine; set HOST to 127.0.0.1, or to 0.0.0.0 for all.`,
    ]);
    expectNothingLeft();
  });

  it('gives up a start that is interrupted, and leaves nothing', async () => {
    const fresh = { DATA_DIR: join(scratch, 'interrupted') };
    const server = await new ServerProcess(fresh).says(/creating the database/);
    expect(await server.stop()).toMatchObject({ code: 0, err: '' });
    expect(server.out).not.toContain('is open at');
    expectNothingLeft();
    const again = await startServer(fresh);
    expect((await ask(`${again.url}/health/ready`)).status).toBe(200);

    // The same folder serves for a terminal that goes away.
    again.hangUp();
    await ask(`${again.url}/health/live`);
    expect(await again.stop('SIGHUP')).toMatchObject({ code: 0 });
    expectNothingLeft();
  });

  it('takes PostgreSQL along when a fault ends it', async () => {
    const fault = "process.on('SIGUSR2',()=>{throw(new(Error)('boom'))})";
    const server = await startServer({
      ...settings,
      TEST_NODE_ARGUMENTS: `--import data:text/javascript,${encodeURIComponent(fault)}`,
    });
    expect(await server.stop('SIGUSR2')).toMatchObject({
      code: 1,
      err: expect.stringContaining('boom'),
    });
    expectNothingLeft();
  });
});

/** Runs a line as a person would; where there is no curl, fetches the address that it names. */
async function pasteIntoShell(line: string): Promise<unknown> {
  const run = promisify(execFile);
  const hasCurl = await run('sh', ['-c', 'command -v curl']).then(
    () => true,
    () => false,
  );
  if (!hasCurl) return (await ask(/'(.*)'/.exec(line)![1]!)).body;
  return JSON.parse((await run('sh', ['-c', line])).stdout);
}
