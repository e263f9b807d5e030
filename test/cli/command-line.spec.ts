import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import { fermata, newConfigFolder } from './fermata.js';

// Every case starts processes, and a busy machine starts them slowly.
jest.setTimeout(60_000);

describe('fermata', () => {
  it('leads its help with examples, on standard output', async () => {
    const { code, out, err } = await fermata(['--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('fermata lookup US-UG1-19-04206');
    expect(out).toContain('Exit codes: 0 done, 1 findings');
  });

  it.each([
    [['lokup', 'x'], /Did you mean lookup/],
    [[], /Usage: fermata/],
    [['import'], /missing required argument 'file'/],
    [['import', '/no/such/file.csv'], /there is no such file/],
    [['lookup', 'USUG11904206', '--private', '--as-of', '2026-01-01'], /asks as of now/],
    [['lookup', 'USUG11904206', '--keys', 'package.json'], /for --private/],
    [['lookup', 'USUG11904206', '--private', '--keys', 'package.json'], /no list “keys”/],
    [['lookup', 'zzz'], /name one, for example: fermata lookup isrc zzz/],
    [['lookup', 'isrk', 'USUG11904206'], /no scheme “isrk”/],
    [['lookup', 'USUG11904206', '--unknown-policy', 'maybe'], /Allowed choices are deny, refer/],
    [['declare', 'x', '--work', 'a', '--catalogue', 'b'], /not both/],
  ])('calls %j wrong use: code 2, a sentence on standard error', async (args, sentence) => {
    const { code, out, err } = await fermata(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('refuses an address that is none', async () => {
    const env = { FERMATA_URL: 'localhost' };
    const { code, err } = await fermata(['lookup', 'USUG11904206'], { env });
    expect([code, err]).toEqual([2, expect.stringContaining('FERMATA_URL must be an http')]);
  });

  it('takes no password from the command line', async () => {
    const { code, err } = await fermata(['sign-in', 'a@example.org', '--password', 'secret']);
    expect([code, err]).toEqual([2, expect.stringContaining("unknown option '--password'")]);
  });

  it('asks to sign in before anything is sent', async () => {
    const env = { XDG_CONFIG_HOME: newConfigFolder() };
    const { code, err } = await fermata(['whoami'], { env });
    expect([code, err]).toEqual([3, expect.stringContaining('You are not signed in')]);
  });
});

describe('fermata against a server that is not well', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  /** Answers with each of these in turn; the last one for good. */
  async function serve(
    ...answers: [status: number, headers: Record<string, string>, body: object][]
  ): Promise<{ url: string; asked: { headers: Record<string, unknown> }[] }> {
    const asked: { headers: Record<string, unknown> }[] = [];
    const server = createServer((request, response) => {
      const [status, headers, body] = answers[Math.min(asked.length, answers.length - 1)]!;
      asked.push({ headers: request.headers });
      response.writeHead(status, headers).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  }

  const ANSWER = {
    result: 'found',
    works: [],
    purposes: { 'ai.search': { outcome: 'permitted' } },
    asOf: '2026-11-22T00:00:00Z',
    log: { size: 1 },
  };
  const lookup = (url: string, ...more: string[]) =>
    fermata(['lookup', 'USUG11904206', ...more], { env: { FERMATA_URL: url } });

  it('waits as long as Retry-After says and then goes on', async () => {
    const { url, asked } = await serve([429, { 'retry-after': '1' }, {}], [200, {}, ANSWER]);
    const startedAt = Date.now();
    const { code, err } = await lookup(url);
    expect([code, asked.length]).toEqual([0, 2]);
    expect(err).toContain('Waiting 1 s: the registry answered 429.');
    expect(Date.now() - startedAt).toBeGreaterThan(1_000);
  });

  it('does not wait for an hour', async () => {
    const { url, asked } = await serve([429, { 'retry-after': '3600' }, { detail: 'Enough.' }]);
    const { code, err } = await lookup(url);
    expect([code, err, asked.length]).toEqual([3, expect.stringContaining('Enough.'), 1]);
  });

  it('gives up after five answers that say: later', async () => {
    const { url, asked } = await serve([503, { 'retry-after': '0' }, { detail: 'Too busy.' }]);
    const { code } = await lookup(url);
    expect([code, asked.length]).toEqual([3, 5]);
  });

  it('sends one Idempotency-Key with all attempts at one request', async () => {
    const { url, asked } = await serve(
      [503, { 'retry-after': '0' }, {}],
      [201, {}, { id: 'pty_1', displayName: 'Mira' }],
    );
    const { code } = await fermata(['party', 'Mira'], {
      env: { FERMATA_URL: url, FERMATA_API_KEY: 'k' },
    });
    const keys = asked.map(({ headers }) => headers['idempotency-key']);
    expect([code, new Set(keys).size, keys.length]).toEqual([0, 1, 2]);
  });

  it('says where nobody listens, and what to do', async () => {
    const { code, err } = await lookup('http://127.0.0.1:1');
    expect(code).toBe(3);
    expect(err).toContain('No registry answers at http://127.0.0.1:1');
    expect(err).toContain('npm start');
  });

  it('answers 1 where something is not permitted, and data alone on standard output', async () => {
    const purposes = { 'ai.search': { outcome: 'permitted' }, 'ai.input': { outcome: 'unknown' } };
    const { url } = await serve([200, {}, { ...ANSWER, purposes }]);
    const plain = await lookup(url);
    expect(plain.code).toBe(1);
    expect(plain.out).toMatch(/ai\.input {3}unknown/);
    // eslint-disable-next-line no-control-regex
    expect(plain.out).not.toMatch(/\u001B/);
    const json = await lookup(url, '--json', '-q');
    expect([JSON.parse(json.out).purposes, json.err]).toEqual([purposes, '']);
  });

  it('prints no control characters that a server or a file smuggles in', async () => {
    const works = [{ workId: 'wrk_1\u001B[2J', kind: 'recording' }];
    const { url } = await serve([200, {}, { ...ANSWER, works }]);
    expect((await lookup(url)).out).toContain('wrk_1·[2J');
  });

  it('does not mind that its reader has enough', async () => {
    const { url } = await serve([200, {}, ANSWER]);
    const env = { FERMATA_URL: url };
    const { code, err } = await fermata(['lookup', 'USUG11904206'], { env, closeEarly: true });
    expect([code, err]).toEqual([0, expect.not.stringContaining('EPIPE')]);
  });

  it('ends with 130 when it is interrupted', async () => {
    const { url } = await serve([429, { 'retry-after': '50' }, {}]);
    const env = { FERMATA_URL: url };
    const ran = await fermata(['lookup', 'USUG11904206'], { env, interruptAt: /Waiting/ });
    expect(ran.code).toBe(130);
  });
});

describe('bin/fermata.mjs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fermata-bin-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says in one sentence to build first where nothing is built', () => {
    mkdirSync(join(folder, 'bin'));
    copyFileSync('bin/fermata.mjs', join(folder, 'bin/fermata.mjs'));
    const ran = spawnSync(process.execPath, [join(folder, 'bin/fermata.mjs')], {
      encoding: 'utf8',
    });
    expect(ran.status).toBe(3);
    expect(ran.stderr).toBe(
      'fermata is not built yet: run `npm start` or `npm run build` first.\n',
    );
  });

  (existsSync('dist/src/cli.js') ? it : it.skip)('runs what is built', () => {
    const ran = spawnSync(process.execPath, ['bin/fermata.mjs', '--version'], { encoding: 'utf8' });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
