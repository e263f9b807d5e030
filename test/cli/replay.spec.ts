import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { run } from '#cli';
import { canonicalJson } from '#kernel';
import { SigningKeys } from '#transparency';
import { leafHash, requestDigest } from '#verify';
import type { Json } from '../support/factories/lookup.js';
import { Registry, type Song } from '../support/factories/registry.js';
import { policyOf, replayOf } from '../support/replay-world.js';
import { fermata } from './fermata.js';

// Every case starts processes, and a busy machine starts them slowly.
jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'fermata-replay-'));
const file = (name: string) => join(folder, name);

let registry: Registry;
let url: string;
let song: Song;

beforeAll(async () => {
  registry = await Registry.open(new Date().toISOString(), { LOG_SIGNER: true });
  await registry.app.app.listen(0, '127.0.0.1');
  const { port } = registry.app.app.getHttpServer().address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
  const by = await registry.somebody();
  await registry.prove(by.party);
  song = await registry.song(by);
  await registry.declare(by, { template: 'preserve_never_train' });
  writeFileSync(file('policy'), (await policyOf(registry)).text);
});
afterAll(() => registry?.close());

/** The same command line within this process, which is sooner done. */
async function ranHere(
  args: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
  const ran = { code: -1, out: '', err: '' };
  const out = jest.spyOn(process.stdout, 'write');
  const err = jest.spyOn(process.stderr, 'write');
  out.mockImplementation((piece) => (ran.out += String(piece)) !== '');
  err.mockImplementation((piece) => (ran.err += String(piece)) !== '');
  try {
    ran.code = await run(args, () => Promise.reject(new Error('no command on the server')));
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
  return ran;
}

/** A receipt for one item, signed by the registry's own key. */
async function receiptFor(item: Json, asOf: string): Promise<string> {
  const { head } = await replayOf(registry);
  const keys = registry.app.app.get(SigningKeys, { strict: false }).current('receipt');
  const question = { inquiry: { territory: 'DE' }, purposes: Object.keys(item['purposes']) };
  const unknownPolicy = 'deny';
  const digest = requestDigest({ ...question, unknownPolicy, asOf: null });
  if (!digest.ok) throw new Error(digest.reason);
  const root = leafHash(Buffer.from(canonicalJson(item))).toString('base64url');
  const payload = {
    ...{ v: 1, iss: url, jti: randomUUID(), iat: 1_764_000_000, asOf, vocabulary: '1' },
    ...{ unknownPolicy, ...question, req: digest.value.toString('base64url') },
    log: { origin: head.origin, size: Number(head.size), root: head.root.toString('base64') },
    batch: { count: 1, root },
  };
  const header = { alg: 'Ed25519', kid: keys.kid, typ: 'consent-receipt+jws' };
  const parts = [header, payload].map((one) => Buffer.from(canonicalJson(one)));
  const signed = parts.map((one) => one.toString('base64url')).join('.');
  const receipt = `${signed}.${keys.sign(Buffer.from(signed)).toString('base64url')}`;
  return JSON.stringify({ receipt, index: 0, proof: [], item });
}

describe('fermata replay and monitor', () => {
  const answers = ['--purpose', 'ai.train', '--territory', 'DE'];

  it('recompute an answer from the log, and again without the registry', async () => {
    const live = await registry.get(`/v1/lookup/isrc/${song.isrc}?purposes=ai.train&territory=DE`);
    const trusting = [`isrc:${song.isrc}`, '--policy', file('policy'), ...answers];
    const then = ['--as-of', live['asOf']];
    const online = await fermata([
      'replay',
      url,
      ...trusting,
      ...then,
      '--save',
      file('log'),
      '--json',
    ]);
    expect(online).toMatchObject({ code: 1, err: expect.stringMatching(/^Replayed (\d+) of \1 /) });
    const { items } = JSON.parse(online.out);
    expect(items[0].purposes['ai.train'].outcome).toBe('denied');
    expect(live).toMatchObject(items[0]);

    const again = await fermata(['replay', file('log'), ...trusting, ...then]);
    expect(again).toMatchObject({ code: 1, out: expect.stringContaining('ai.train  denied') });
    const early = await fermata(['replay', file('log'), ...trusting, '--size', '3']);
    expect(early).toMatchObject({ code: 1, out: expect.stringContaining('not_found') });
  });

  it('hold a receipt against the log', async () => {
    const query = 'purposes=ai.train&territory=DE';
    const live = await registry.get(`/v1/lookup/isrc/${song.isrc}?${query}`);
    const { asOf, log: _log, vocabulary: _v, unknownPolicy: _u, inquiry: _i, ...item } = live;
    writeFileSync(file('true.json'), await receiptFor(item, asOf));
    const check = (name: string) =>
      fermata(['replay', url, '--policy', file('policy'), '--receipt', file(name)]);
    const good = await check('true.json');
    expect(good).toMatchObject({ code: 0, err: expect.stringContaining('what the log says') });

    // Signed by the registry itself, and not what its log gives.
    const lie = JSON.parse(JSON.stringify(item).replaceAll('"denied"', '"permitted"'));
    writeFileSync(file('lie.json'), await receiptFor(lie, asOf));
    const bad = await check('lie.json');
    expect(bad.code).toBe(1);
    expect(bad.err).toContain(
      '/purposes/ai.train/outcome: the log gives "denied", signed was "permitted"',
    );
    // Changed after it was signed.
    const forged = readFileSync(file('true.json'), 'utf8').replace('"denied"', '"permitted"');
    writeFileSync(file('forged.json'), forged);
    expect(await check('forged.json')).toMatchObject({
      code: 1,
      err: expect.stringContaining('does not hold: the item is not in the signed batch'),
    });
  });

  it('hold a saved answer against the log, and the receipt that is cut out of one', async () => {
    const query = 'purposes=ai.train&territory=DE&receipt=true';
    const { body } = await registry.call('GET', `/v1/lookup/isrc/${song.isrc}?${query}`);
    writeFileSync(file('answer.json'), body);
    const check = (name: string) =>
      ranHere(['replay', url, '--policy', file('policy'), '--receipt', file(name)]);
    const told = { code: 0, err: expect.stringContaining('what the log says') };
    expect(await check('answer.json')).toMatchObject(told);
    const cut = ['receipt', 'cut', file('answer.json'), '-o', file('cut.json')];
    expect(await ranHere(cut)).toMatchObject({
      code: 0,
      err: expect.stringContaining('The receipt of item 0'),
    });
    expect(JSON.parse(readFileSync(file('cut.json'), 'utf8'))).toMatchObject({
      ...{ index: 0, proof: [], item: { result: 'found' } },
    });
    expect(await check('cut.json')).toMatchObject(told);
    writeFileSync(file('bent.json'), body.replaceAll('"denied"', '"permitted"'));
    expect(await check('bent.json')).toMatchObject({
      code: 1,
      err: expect.stringContaining(
        'the receipt does not hold: the item is not in the signed batch',
      ),
    });

    const items = [song.isrc, 'ZZXXX2600001'].map((value) => ({ scheme: 'isrc', value }));
    const batch = await registry.call('POST', '/v1/lookups', {
      body: { items, purposes: ['ai.train'], inquiry: { territory: 'DE' }, receipt: true },
    });
    writeFileSync(file('batch.json'), batch.body);
    expect(await check('batch.json')).toMatchObject({
      code: 1,
      err: expect.stringContaining('an answer with 2 items; cut the receipt of one out of it'),
    });
    const second = ['receipt', 'cut', file('batch.json'), '--index', '1', '-o', file('cut.json')];
    expect((await ranHere(second)).code).toBe(0);
    expect(await check('cut.json')).toMatchObject(told);
  });

  it.each<[string[], RegExp]>([
    [['replay', 'isrc:x', '--policy', 'absent'], /absent can’t be read/],
    [['replay', 'isrc:x', '--policy', '.'], /can’t be read/],
    [['replay', '--policy', 'policy', '--receipt', 'absent'], /absent can’t be read/],
    [['monitor', 'http://127.0.0.1:9', '--policy', 'absent'], /absent can’t be read/],
    [['monitor', 'http://127.0.0.1:9', '--policy', 'policy', '--state', '.'], /can’t be read/],
    [['receipt', 'cut', 'absent'], /absent can’t be read/],
    [['verify', 'receipt', 'absent', '--keys', 'absent'], /absent can’t be read/],
    [['verify', 'receipt', 'policy', '--keys', 'absent'], /absent can’t be read/],
    [['verify', 'proof', 'absent', '--policy', 'policy'], /absent can’t be read/],
    [['verify', 'proof', 'policy', '--policy', 'absent'], /absent can’t be read/],
    [['verify', 'log', 'absent', '--policy', 'policy'], /absent is no folder/],
    [['check', 'absent', '--snapshot', '.', '--keys', 'absent'], /can’t be read|absent/],
  ])('%j end with 3, no verdict, where a file can’t be read', async (args, sentence) => {
    const here = args.map((arg) => (['absent', 'policy', '.'].includes(arg) ? file(arg) : arg));
    const ran = await ranHere(here);
    expect(ran).toEqual({ code: 3, out: '', err: expect.stringMatching(sentence) });
    expect(ran.err).not.toMatch(/^ +at /m);
  });

  it('watch over a registry and keep what they saw', async () => {
    registry.clock.set(Date.now());
    const watch = ['monitor', url, '--policy', file('policy'), '--once', '--state', file('seen')];
    const well = await fermata(watch);
    expect(well).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^All is well at \d+ leaves/),
    });
    // Another history than the one that was seen.
    const seen = JSON.parse(readFileSync(file('seen'), 'utf8'));
    const root = Buffer.alloc(32, 7).toString('base64');
    writeFileSync(file('seen'), JSON.stringify({ ...seen, root }));
    const forked = await fermata([...watch, '--alert', `cat > ${file('alert')}`]);
    expect(forked).toMatchObject({ code: 1, err: expect.stringContaining(' fork: ') });
    expect(JSON.parse(readFileSync(file('alert'), 'utf8'))).toMatchObject({ kind: 'fork' });
    // What was seen is not forgotten because of it.
    expect(JSON.parse(readFileSync(file('seen'), 'utf8'))).toMatchObject({ root });
  });

  it.each([
    ['replay', ['isrc:x'], 2, 'Name the keys that you trust'],
    ['replay', ['nowhere', 'isrc:x', '--policy', file('policy')], 3, 'is no folder with a log'],
    ['monitor', ['nowhere', '--policy', file('policy'), '--every', 'x'], 2, '--every must be'],
  ])('%s %j ends with %i', async (command, args, code, err) => {
    expect(await fermata([command, ...args])).toMatchObject({
      code,
      err: expect.stringContaining(err),
    });
  });
});
