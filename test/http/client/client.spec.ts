import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { isPermitted, type LookupItem, type Question, received, RegistryClient } from '#client';
import { Database } from '#platform';
import { parseJwks, parseReceipt, verifyReceipt } from '#verify';
import { World } from '../../support/factories/world.js';
import { FixedClock } from '../../support/test-app.js';
import { SignedRegistry } from '../transparency/signed-log.js';

// Packing and installing take seconds, and more on a busy machine.
jest.setTimeout(120_000);

const YES = { scheme: 'isrc', value: 'US-UG1-19-04206' };
const NO = { scheme: 'isrc', value: 'USUG11904207' };
const NOBODYS = { scheme: 'isrc', value: 'USUG11904208' };
const BAD = { scheme: 'isrc', value: 'no ISRC' };
const ALL = [YES, NO, NOBODYS, BAD];
const PURPOSE = 'ai.analyse';
const QUESTION: Question = {
  purposes: [PURPOSE, 'ai.search'],
  inquiry: {
    ...{ territory: 'DE', actorClass: 'research', actorMode: 'autonomous', lawfulSource: true },
    ...{ modelOpenness: 'closed', modelRelease: 'm1', accepts: ['volumeCap', 'outputRestriction'] },
  },
  unknownPolicy: 'refer',
};

let registry: SignedRegistry;
let address: string;
let clock: FixedClock;
let keys: string;

beforeAll(async () => {
  clock = new FixedClock();
  registry = await SignedRegistry.open({ clock });
  await registry.reaches('signing');
  keys = await registry.text('/.well-known/jwks.json');
  const world = new World(registry.app.app.get(Database), clock);
  for (const [identifier, decision] of [[YES, 'allow'] as const, [NO, 'deny'] as const]) {
    const artist = await world.makeParty();
    await world.declareDefault(artist, [{ purpose: 'ai', decision }]);
    await world.makeSong({
      party: artist,
      identifiers: [`isrc:${identifier.value.replaceAll('-', '')}`],
    });
  }
  await registry.app.app.listen(0, '127.0.0.1');
  const { port } = registry.app.app.getHttpServer().address() as AddressInfo;
  address = `http://127.0.0.1:${port}`;
});
afterAll(() => registry.app.close());

/** A client whose answers somebody on the way changes. */
function betweenUs(change: (answer: Answer) => unknown): RegistryClient {
  return new RegistryClient(address, {
    keys,
    fetch: async (...request) => {
      const response = await fetch(...request);
      const answer = (await response.json()) as Answer;
      return new Response(JSON.stringify(change(answer) ?? answer), { status: response.status });
    },
  });
}

interface Answer extends Record<string, unknown> {
  items: LookupItem[];
}

describe('the client, asking a registry', () => {
  it('answers each identifier in its place, with what permits and what does not', async () => {
    const { items, log, verified } = await new RegistryClient(address).lookup(ALL, QUESTION);
    expect(items.map(({ result }) => result)).toEqual([
      ...['found', 'found', 'not_found', 'invalid_identifier'],
    ]);
    expect(items.map((item) => isPermitted(item, PURPOSE))).toEqual([true, false, false, false]);
    expect([verified, log.size > 0]).toEqual([null, true]);
  });

  it.each<[string, Question]>([
    ['everything stated', QUESTION],
    ['nothing stated', {}],
    ['a copy from nowhere', { inquiry: { lawfulSource: false } }],
    ['a past moment', { purposes: [PURPOSE], asOf: '2026-01-02T03:04:05Z' }],
  ])('verifies the receipt for %s, and hands out single ones', async (_, question) => {
    const client = new RegistryClient(address, { keys });
    const answer = await client.lookup(ALL, question);
    const pinned = parseJwks(keys);
    for (const [index, item] of answer.items.entries()) {
      const document = parseReceipt(answer.receiptOf(index));
      const verified = document.ok && pinned.ok && verifyReceipt(document.value, pinned.value);
      expect(verified).toMatchObject({ ok: true, value: { index: BigInt(index), item } });
    }
    expect(() => answer.receiptOf(4)).toThrow(RangeError);
  });

  it('asks about any number, batch by batch in their order', async () => {
    const many = Array.from({ length: 23 }, (_, at) => ({ ...ALL[at % 4]!, row: at }));
    const client = new RegistryClient(address, { keys });
    const rows: [number, boolean][] = [];
    for await (const { asked, item } of client.lookupMany(many, QUESTION, { batchSize: 5 })) {
      rows.push([asked.row, isPermitted(item, PURPOSE)]);
    }
    expect(rows).toEqual(many.map(({ row }) => [row, row % 4 === 0]));
  });

  it.each<[string, (answer: Answer) => unknown]>([
    ['is no answer', () => 'yes'],
    ['has an item less', ({ items }) => void items.pop()],
    ['has the items in another order', ({ items }) => void items.reverse()],
    ['says yes where it was no', ({ items }) => void (items[1]!.purposes = items[0]!.purposes)],
    ['leaves a purpose out', ({ items }) => void delete items[0]!.purposes![PURPOSE]],
    ['is about other purposes', (answer) => ({ ...answer, purposes: ['ai.search', PURPOSE] })],
    ['has no receipt', (answer) => void delete answer['receipt']],
    ['names another log', (answer) => ({ ...answer, log: { size: 7 } })],
    ['has no log', (answer) => void delete answer['log']],
  ])('does not take an answer that %s', async (_, change) => {
    await expect(betweenUs(change).lookup(ALL, QUESTION)).rejects.toMatchObject({
      name: 'UnusableAnswer',
    });
  });

  it('does not take the receipt of another question, or of a key that it did not pin', async () => {
    const asked = { ...QUESTION, inquiry: { ...QUESTION.inquiry, territory: 'FR' } };
    const text = (await new RegistryClient(address, { keys }).lookup(ALL, asked)).text;
    const replayed = betweenUs(() => JSON.parse(text)).lookup(ALL, QUESTION);
    await expect(replayed).rejects.toThrow('for another question');
    const set = JSON.parse(keys) as { keys: { fermata_use?: string }[] };
    const others = set.keys.filter((key) => key.fermata_use !== 'receipt');
    expect(() => new RegistryClient(address, { keys: JSON.stringify({ keys: others }) })).toThrow(
      'key for receipts',
    );
  });

  it('does not take an answer from before a change that it knows of', async () => {
    const client = new RegistryClient(address);
    const { log } = await client.lookup([YES], QUESTION);
    await expect(
      client.lookup([YES], { ...QUESTION, minLogSize: log.size }),
    ).resolves.toBeDefined();
    const later = client.lookup([YES], { ...QUESTION, minLogSize: log.size + 1 });
    await expect(later).rejects.toThrow('knows the log to size');
  });

  it('tells a refusal as the problem that it is', async () => {
    const asked = new RegistryClient(address).lookup([], QUESTION);
    await expect(asked).rejects.toMatchObject({ name: 'RegistryProblem', status: 400 });
    const account = received(new RegistryClient(address).api.GET('/v1/account'));
    await expect(account).rejects.toMatchObject({ status: 401, code: expect.any(String) });
  });

  it('does once what it sends twice', async () => {
    const token = await registry.app.signUp('artist');
    let lost = 0;
    const client = new RegistryClient(address, {
      token,
      patience: { firstWaitMs: 1 },
      fetch: async (...request) => {
        const response = await fetch(...request);
        if (lost++ > 0) return response;
        // It arrived, and the answer did not.
        await response.arrayBuffer();
        throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
      },
    });
    const body = { displayName: 'Once', kind: 'person' as const };
    const party = await received(client.api.POST('/v1/parties', { body }));
    const own = await received(client.api.GET('/v1/parties'));
    expect(own.items.map(({ id }) => id)).toEqual([party.id]);
  });

  it('is no answer where nobody listens, in time or at all', async () => {
    const nobody = new RegistryClient('http://127.0.0.1:2', { patience: { firstWaitMs: 1 } });
    await expect(nobody.lookup(ALL)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const slow = new RegistryClient(address, {
      ...{ timeoutMs: 5, patience: { firstWaitMs: 1 } },
      fetch: (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
        }),
    });
    await expect(slow.lookup(ALL)).rejects.toMatchObject({ name: 'NoAnswer', code: 'TIMEOUT' });
    expect(() => new RegistryClient('ftp://registry.example')).toThrow(TypeError);
  });
});

describe('a private lookup', () => {
  const WISH: Question = { ...QUESTION, unknownPolicy: 'deny' };
  /** What goes over the wire. */
  interface Sent {
    readonly path: string;
    readonly headers: Headers;
  }
  const overheard = (change: (path: string, text: string) => string = (_, text) => text) => {
    const sent: Sent[] = [];
    const client = new RegistryClient(address, {
      ...{ keys, token: 'a-credential' },
      fetch: async (input, init) => {
        const url = new URL(input as string | URL);
        sent.push({ path: url.pathname, headers: new Headers(init?.headers) });
        const response = await fetch(input, init);
        return new Response(change(url.pathname, await response.text()), {
          status: response.status,
        });
      },
    });
    return { client, sent };
  };

  it('answers as an open one, and says neither what nor who', async () => {
    const { items } = await new RegistryClient(address).lookup(ALL, WISH);
    for (const [at, one] of ALL.entries()) {
      const { client, sent } = overheard();
      const { item, hidden } = await client.lookupPrivately(one, WISH);
      const { result, purposes, value } = items[at]!;
      expect([item.result, item.purposes]).toEqual([result, purposes]);
      if (result === 'invalid_identifier') {
        expect([hidden, sent]).toEqual([null, []]);
        continue;
      }
      expect(item.value).toBe(value);
      expect(hidden).toMatchObject({ among: 2, kid: expect.stringMatching(/./) });
      expect(sent.map(({ path }) => path)).toEqual(['/v1/ranges', '/v1/ranges/0/0']);
      expect(sent.some(({ headers }) => headers.has('authorization'))).toBe(false);
    }
  });

  it('is hidden among hundreds, in answers of one length, however many are registered', async () => {
    const { app } = registry.app;
    await app.get(Database).dataSource.query(
      `INSERT INTO lookup_entries (scheme, value, work_id, standing_id, confidence_ppm)
       SELECT 'isrc', 'QZZZZ19' || lpad(n::text, 5, '0'), work_id, standing_id, confidence_ppm
       FROM lookup_entries, generate_series(0, 2999) AS n WHERE value = 'USUG11904207'`,
    );
    clock.advance(61_000);
    const client = new RegistryClient(address, { keys });
    const { bits } = await received(client.api.GET('/v1/ranges'));
    expect(bits).toBe(3);
    const found = new Set<string>();
    for (let at = 0; at < 8; at += 1) {
      const path = `/v1/ranges/3/${(at * 2).toString(16)}?receipt=true&purposes=${PURPOSE}`;
      const text = await registry.text(path);
      expect(text.length % 16_384).toBe(0);
      const { range } = JSON.parse(text) as {
        range: { answers: unknown[]; rows: [string, number | null][]; identifiers: number };
      };
      expect([range.rows.length, range.answers.length]).toEqual([512, expect.any(Number)]);
      expect(range.identifiers).toBeGreaterThan(256);
      // Three thousand works in one standing are answered once.
      expect(range.answers.length).toBeLessThanOrEqual(3);
      for (const [row, answer] of range.rows) if (answer !== null) found.add(row);
    }
    expect(found.size).toBe(3_002);
    const one = { scheme: 'isrc', value: 'QZZZZ1901234' };
    const open = await client.lookup([one], WISH);
    const { item, hidden } = await client.lookupPrivately(one, WISH);
    expect(item.purposes).toEqual(open.items[0]!.purposes);
    expect(hidden!.among).toBeGreaterThan(256);
    expect((await client.lookupPrivately(NOBODYS, WISH)).item.result).toBe('not_found');
  });

  it('never tells more bits than leave hundreds, whatever the registry asks for', async () => {
    for (const bits of [21, 256, -1, '3']) {
      const { client, sent } = overheard((_, text) =>
        JSON.stringify({ ...JSON.parse(text), bits }),
      );
      await expect(client.lookupPrivately(YES, WISH)).rejects.toThrow(/never told/);
      expect(sent).toHaveLength(1);
    }
    for (const [path, status] of [
      ['/v1/ranges/4/0', 422],
      ['/v1/ranges/3/1', 400],
      ['/v1/ranges/x/0', 400],
      ['/v1/ranges/33/0', 400],
      [`/v1/ranges/3/0?asOf=2026-01-01`, 400],
      [`/v1/ranges/3/0?inquirer=party_1`, 400],
    ] as const) {
      const response = await registry.app.request('GET', path);
      expect([path, response.statusCode]).toEqual([path, status]);
    }
    const past = new RegistryClient(address).lookupPrivately(YES, { asOf: '2026-01-01T00:00:00Z' });
    await expect(past).rejects.toThrow(TypeError);
  });

  it.each<[string, (range: Record<string, unknown>) => unknown]>([
    ['says yes where it was no', (range) => void (range['answers'] as unknown[]).reverse()],
    ['is to another question', (range) => void (range['inquiry'] = {})],
    ['is of another prefix', (range) => void (range['prefix'] = '2')],
    ['leaves rows out', (range) => void (range['rows'] as unknown[]).pop()],
  ])('does not take an answer that %s', async (_, change) => {
    const { client } = overheard((path, text) => {
      const answer = JSON.parse(text) as { range: Record<string, unknown> };
      if (path !== '/v1/ranges') change(answer.range);
      return JSON.stringify(answer);
    });
    await expect(client.lookupPrivately(YES, WISH)).rejects.toMatchObject({
      name: 'UnusableAnswer',
    });
  });

  it('does not take a signed answer to somebody else’s question', async () => {
    const asked = { ...WISH, inquiry: { ...WISH.inquiry, territory: 'FR' } };
    const foreign = await new RegistryClient(address, { keys }).lookupPrivately(YES, asked);
    const { client } = overheard((path, text) =>
      path === '/v1/ranges' ? text : foreign.hidden!.text,
    );
    await expect(client.lookupPrivately(YES, WISH)).rejects.toThrow('to another question');
  });
});

describe('the package fermata-client', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fermata-client-'));
  const empty = join(folder, 'empty');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('installs offline, type-checks and asks a registry', async () => {
    const pack = spawnSync(
      process.execPath,
      ['scripts/pack-client.mjs', join(folder, 'build', 'fermata-client')],
      { encoding: 'utf8' },
    );
    expect([pack.status, pack.stderr]).toEqual([0, '']);
    mkdirSync(empty);
    const npm = ['install', '--offline', '--no-audit', '--no-fund', pack.stdout.trim()];
    const install = spawnSync('npm', npm, { cwd: empty, encoding: 'utf8' });
    expect([install.status, install.stderr]).toEqual([0, '']);
    expect(readdirSync(join(empty, 'node_modules')).filter((name) => name[0] !== '.')).toEqual([
      'fermata-client',
    ]);
    const script = (annotation: string) => `
      import { isPermitted, RegistryClient } from 'fermata-client';
      const client = new RegistryClient(process.argv[2]${annotation});
      const question = {
        purposes: ['${PURPOSE}'${annotation && ' as const'}],
        inquiry: { territory: 'DE', actorClass: 'research'${annotation && ' as const'}, lawfulSource: true },
      };
      for await (const { item } of client.lookupMany(${JSON.stringify(ALL)}, question)) {
        process.stdout.write(isPermitted(item, '${PURPOSE}') ? 'yes ' : 'no ');
      }`;
    writeFileSync(join(empty, 'ask.mjs'), script(''));
    writeFileSync(join(empty, 'ask.mts'), script('!'));
    const types = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext'];
    const roots = ['--target', 'es2023', '--types', 'node', '--typeRoots'];
    const tsc = spawnSync(
      process.execPath,
      [
        resolve('node_modules/typescript/bin/tsc'),
        ...[...types, ...roots, resolve('node_modules/@types'), 'ask.mts'],
      ],
      { cwd: empty, encoding: 'utf8' },
    );
    expect([tsc.status, tsc.stdout]).toEqual([0, '']);
    const asking = spawn(process.execPath, ['ask.mjs', address], { cwd: empty });
    let out = '';
    asking.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
    asking.stderr.on('data', (piece: Buffer) => (out += piece.toString()));
    await new Promise((done) => asking.on('close', done));
    expect(out).toBe('yes no no no ');
  });
});

describe('the types of the client', () => {
  it('are those that the API’s document gives', () => {
    const run = spawnSync(process.execPath, ['scripts/describe-client.mjs', '--check'], {
      encoding: 'utf8',
    });
    expect([run.status, run.stderr]).toEqual([0, '']);
  });
});
