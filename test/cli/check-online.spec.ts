import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#platform';
import { cutReceipts, parseAnswer, parseJwks, verifyReceipt } from '#verify';
import { SignedRegistry } from '../http/transparency/signed-log.js';
import { World } from '../support/factories/world.js';
import { FixedClock } from '../support/test-app.js';
import { checkInProcess } from './check-in-process.js';

/** `fermata check --online`: the same verdicts as a snapshot gives, asked of a registry. */

const folder = mkdtempSync(join(tmpdir(), 'fermata-check-online-'));
const path = (name: string) => join(folder, name);
const PURPOSE = 'ai.train.generative';
const PERMITTED = 'USUG11904206';
const DENIED = 'USUG11904207';
/** More than one batch, and in the order of their values the permitted one is in the first. */
const OTHERS = Array.from({ length: 12_000 }, (_, at) => `ZZFMT99${String(at).padStart(5, '0')}`);

let registry: SignedRegistry;
let registryAddress: string;
const servers: Server[] = [];

beforeAll(async () => {
  const clock = new FixedClock();
  registry = await SignedRegistry.open({ clock });
  await registry.reaches('signing');
  const world = new World(registry.app.app.get(Database), clock);
  for (const [isrc, decision] of [[PERMITTED, 'allow'] as const, [DENIED, 'deny'] as const]) {
    const party = await world.makeParty();
    await world.declareDefault(party, [{ purpose: PURPOSE, decision }]);
    await world.makeSong({ party, identifiers: [`isrc:${isrc}`] });
  }
  await registry.app.app.listen(0, '127.0.0.1');
  const { port } = registry.app.app.getHttpServer().address() as AddressInfo;
  registryAddress = `http://127.0.0.1:${port}`;
  writeFileSync(path('jwks.json'), await registry.text('/.well-known/jwks.json'));
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});
afterAll(async () => {
  delete process.env['FERMATA_URL'];
  await registry.app.close();
  rmSync(folder, { recursive: true, force: true });
});

type Change = (batch: number, answer: Record<string, unknown>) => unknown;

/** Somebody between the command and the registry; counts the batches, and may change their answers. */
async function between(change: Change): Promise<{ url: string; asked: number[] }> {
  const asked: number[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      const { items } = JSON.parse(body.toString()) as { items: unknown[] };
      const batch = items.length === 10_000 ? 0 : 1;
      asked.push(batch);
      void fetch(registryAddress + request.url!, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }).then(async (answered) => {
        const answer = (await answered.json()) as Record<string, unknown>;
        const changed = change(batch, answer);
        if (changed === null) return response.writeHead(503, { 'retry-after': '0' }).end('{}');
        response
          .writeHead(answered.status, { 'content-type': 'application/json' })
          .end(JSON.stringify(changed ?? answer));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

let runs = 0;
function check(
  url: string,
  files: string[],
  more: Record<string, unknown> = {},
): ReturnType<typeof checkInProcess> {
  process.env['FERMATA_URL'] = url;
  runs += 1;
  return checkInProcess(files, {
    ...{ online: true, keys: path('jwks.json'), purpose: [PURPOSE], lawfulSource: true },
    ...{ receipts: path(`receipts-${runs}`), ...more },
  });
}

function csv(name: string, isrcs: readonly string[]): string {
  const rows = isrcs.map((isrc, at) => `${at},${isrc}\n`);
  writeFileSync(path(name), `n,isrc\n${rows.join('')}`);
  return path(name);
}

describe('fermata check --online', () => {
  it('sorts rows as the registry answers, and keeps what it signed', async () => {
    const list = csv('mixed.csv', [
      PERMITTED,
      'us-ug1-19-04207',
      OTHERS[0]!,
      'none',
      '',
      PERMITTED,
    ]);
    const [out, receipts] = [path('mixed'), path('mixed.receipts')];
    const report = path('mixed.json');
    const { code, err } = await check(registryAddress, [list], { out, receipts, report });
    expect([code, err]).toEqual([1, expect.stringMatching(/Signed answers are kept/)]);
    const rows = (name: string) =>
      readFileSync(join(out, `${name}.csv`), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1);
    expect(rows('allowed')).toEqual([`0,${PERMITTED},allowed,""`, `5,${PERMITTED},allowed,""`]);
    expect(rows('refused')).toEqual([`1,us-ug1-19-04207,refused,${PURPOSE} denied deny`]);
    expect(rows('unknown')).toEqual([
      `2,${OTHERS[0]!},unknown,not_found`,
      '4,,unknown,no_identifier',
    ]);
    expect(rows('invalid')).toEqual(['3,none,invalid,invalid_identifier']);
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
      registry: { address: registryAddress, identifiers: 3, receipts: { count: 1 } },
      rows: { allowed: 2, refused: 1, unknown: 2, invalid: 1 },
    });
    expect(readdirSync(receipts)).toEqual(['answer-000001.json.gz', 'finished.json']);
    const text = gunzipSync(readFileSync(join(receipts, 'answer-000001.json.gz')));
    const [answer, keys] = [parseAnswer(text), parseJwks(readFileSync(path('jwks.json')))];
    const cut = answer.ok && cutReceipts(answer.value);
    const verified = cut && cut.ok && keys.ok && verifyReceipt(cut.value(0)!, keys.value);
    expect(verified).toMatchObject({ ok: true, value: { item: { value: PERMITTED } } });
  });

  it('goes on where the registry gave up, and asks for nothing twice', async () => {
    const list = csv('long.csv', [...OTHERS, PERMITTED]);
    const out = path('long');
    const receipts = path('long.receipts');
    const cut = await between((batch) => (batch === 1 ? null : undefined));
    const lost = await check(cut.url, [list], { out, receipts });
    expect(lost.code).toBe(3);
    expect(lost.err).toMatch(/Nothing is allowed by that.*the same command goes on from there/);
    expect(readdirSync(folder)).not.toContain('long');
    expect(readdirSync(receipts)).toEqual(['answer-000001.json.gz']);
    const whole = await between(() => undefined);
    expect((await check(whole.url, [list], { out, receipts })).code).toBe(1);
    expect(whole.asked).toEqual([1]);
    expect(readdirSync(out)).toEqual(['allowed.csv', 'unknown.csv']);
    // What is finished is evidence, and no answer to tomorrow's question.
    const again = await check(whole.url, [list], { out: path('long-2'), receipts });
    expect([again.code, again.err]).toEqual([3, expect.stringMatching(/was finished/)]);
  }, 60_000);

  it('takes up no answer of another question, another list, or that was damaged', async () => {
    const list = csv('short.csv', [PERMITTED, DENIED]);
    const receipts = path('short.receipts');
    const through = await between(() => undefined);
    const begin = async (files: string[], more: Record<string, unknown>) => {
      rmSync(join(receipts, 'finished.json'), { force: true });
      const { code } = await check(through.url, files, { receipts, ...more });
      return [code, through.asked.splice(0).length];
    };
    expect(await begin([list], {})).toEqual([1, 1]);
    expect(await begin([list], {})).toEqual([1, 0]);
    expect(await begin([list], { territory: 'DE' })).toEqual([1, 1]);
    expect(await begin([csv('other.csv', [DENIED])], { territory: 'DE' })).toEqual([1, 1]);
    writeFileSync(join(receipts, 'answer-000001.json.gz'), 'no answer');
    expect(await begin([csv('other.csv', [DENIED])], { territory: 'DE' })).toEqual([1, 1]);
  });

  it.each<[string, Change, RegExp]>([
    [
      'that says yes where it was no',
      (_, { items, ...rest }) => {
        const [yes, no] = items as Record<string, unknown>[];
        return { ...rest, items: [yes, { ...no, purposes: yes!['purposes'] }] };
      },
      /can’t be relied on/,
    ],
    ['without a signature', (_, { receipt: _r, ...rest }) => rest, /can’t be relied on/],
    ['that is cut short', (_, { items, ...rest }) => ({ ...rest, items: [items] }), /relied on/],
    ['that is none', () => 'yes', /can’t be relied on/],
  ])('believes no answer %s', async (_, change, reason) => {
    const list = csv('two.csv', [PERMITTED, DENIED]);
    const { url } = await between(change);
    const out = path(`two-${runs}`);
    const ran = await check(url, [list], { out });
    expect([ran.code, ran.err]).toEqual([3, expect.stringMatching(reason)]);
    expect(readdirSync(folder)).not.toContain(`two-${runs - 1}`);
  });

  it('says what can’t be asked for', async () => {
    const list = csv('two.csv', [PERMITTED, DENIED]);
    const snapshot = { snapshot: path('none') };
    expect((await check(registryAddress, [list], snapshot)).code).toBe(2);
    expect((await check(registryAddress, [list], { online: undefined })).code).toBe(2);
    const column = await check(registryAddress, [list], { column: ['isrc=Nothing'] });
    expect([column.code, column.err]).toEqual([2, expect.stringMatching(/no column “Nothing”/)]);
    const receipts = path('nobody.receipts');
    const nobody = await check('http://127.0.0.1:2', [list], { receipts });
    expect([nobody.code, nobody.err]).toEqual([3, expect.stringMatching(/No registry answers/)]);
    expect(readdirSync(folder)).not.toContain('nobody.receipts');
  }, 60_000);
});
