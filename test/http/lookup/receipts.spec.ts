import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { Term } from '#consent/domain';
import { canonicalJson } from '#kernel';
import { Database } from '#platform';
import type { Json } from '../../support/factories/lookup.js';
import { World } from '../../support/factories/world.js';
import {
  checkReceipt,
  cutItems,
  cutSingle,
  type ReceiptDocument,
} from '../../support/receipt-check.js';
import { createTestApp, FixedClock, type TestApp } from '../../support/test-app.js';
import { signForTest, type TestCheckpoints, type TestKeys } from '../../support/test-signing.js';

const TERMS: Term[] = [
  { purpose: 'ai', decision: 'deny' },
  {
    purpose: 'ai.analyse',
    decision: 'conditional',
    conditions: [{ kind: 'volumeCap', max: 10, unit: 'works' }],
    duties: [{ kind: 'compensate', model: 'per_work', amount: '1.00', currency: 'EUR' }],
  },
];
const ISRC = 'USUG11904206';
const ONE = `/v1/lookup/isrc/${ISRC}?purposes=ai.train,ai.analyse&territory=DE`;

let house: TestApp;
let world: World;
let clock: FixedClock;
let keys: TestKeys;
let checkpoints: TestCheckpoints;

beforeAll(async () => {
  clock = new FixedClock(Date.parse('2026-03-01T00:00:00Z'));
  house = await createTestApp({ clock, config: { PUBLIC_URL: 'https://registry.example/' } });
  ({ keys, checkpoints } = signForTest(house));
  world = new World(house.app.get(Database), clock);
  const artist = await world.makeParty();
  await world.declareDefault(artist, TERMS);
  await world.makeSong({ party: artist, identifiers: [`isrc:${ISRC}`] });
});
afterAll(() => house.close());
afterEach(() => {
  checkpoints.isSlow = false;
  checkpoints.stopped = null;
});

const get = async (url: string, as?: string): Promise<Json> => {
  const response = await house.request('GET', url, { as });
  expect({ status: response.statusCode, body: response.body }).toMatchObject({ status: 200 });
  return response.json();
};
const post = (body: unknown, url = '/v1/lookups') => house.request('POST', url, { body });
const check = (document: ReceiptDocument) => checkReceipt(document, keys.jwks());

/** The payload of a receipt that must be right. */
function payloadOf(document: ReceiptDocument): Json {
  const payload = check(document);
  expect(payload).not.toBeNull();
  return payload!;
}

describe('the receipt of a single lookup', () => {
  it('signs the item, what was asked and the log that it was computed from', async () => {
    const answer = await get(`${ONE}&receipt=true`);
    const payload = payloadOf(cutSingle(answer));
    const asked = {
      inquiry: { territory: 'DE' },
      purposes: ['ai.train', 'ai.analyse'],
      unknownPolicy: 'deny',
    };
    const request = canonicalJson({ ...asked, asOf: null });
    expect(payload).toEqual({
      ...asked,
      ...{ v: 1, iss: 'https://registry.example', vocabulary: '1' },
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: clock.now() / 1000,
      asOf: answer['asOf'],
      log: { ...answer['log'], origin: 'test.example/log' },
      req: createHash('sha256').update(request).digest('base64url'),
      batch: { count: 1, root: expect.stringMatching(/^[\w-]{43}$/) },
    });
    const body = Buffer.from(answer['receipt'].split('.')[1], 'base64url').toString();
    expect(body).toBe(canonicalJson(payload));
  });

  it('is given for what was not found and for what is no identifier too', async () => {
    for (const id of ['isrc/GBAYE0601498', 'isrc/US-UG1-19-0420', 'iswc/T-034.524.680-2', 'no/1']) {
      const answer = await get(`/v1/lookup/${id}?receipt=true`);
      expect(['not_found', 'invalid_identifier']).toContain(answer['result']);
      expect(payloadOf(cutSingle(answer))['purposes']).toHaveLength(6);
    }
  });

  it('states a past moment, in the digest of the request too', async () => {
    clock.advance(60_000);
    const moment = '2026-03-01T00:00:30Z';
    const answer = await get(`${ONE}&asOf=${moment}&receipt=true`);
    const payload = payloadOf(cutSingle(answer));
    expect(payload['asOf']).toBe('2026-03-01T00:00:30.000Z');
    const { inquiry, purposes, unknownPolicy } = payload;
    const request = canonicalJson({ inquiry, purposes, unknownPolicy, asOf: payload['asOf'] });
    expect(payload['req']).toBe(createHash('sha256').update(request).digest('base64url'));
  });

  it('names the inquirer as the one that it is for', async () => {
    const token = await house.signUp('dataset_builder');
    const account = (await house.request('GET', '/v1/account', { as: token })).json<Json>();
    const members = [account['accountId'] ?? account['id']];
    const builder = await world.makeParty({ kind: 'dataset_builder', members });
    const answer = await get(`${ONE}&inquirer=${builder}&receipt=true`, token);
    expect(payloadOf(cutSingle(answer))).toMatchObject({
      aud: builder,
      inquiry: { territory: 'DE', inquirer: builder },
    });
  });

  it('covers a write that was made right before, with a checkpoint that is published', async () => {
    for (const [at, decision] of (['allow', 'deny', 'allow'] as const).entries()) {
      const isrc = `QZAAA260001${at}`;
      const { party } = await world.makeSong({ identifiers: [`isrc:${isrc}`] });
      await world.declareDefault(party, [{ purpose: 'ai', decision }]);
      const url = `/v1/lookup/isrc/${isrc}?purposes=ai.train.generative&lawfulSource=true&receipt=true`;
      const answer = await get(url);
      const { log } = payloadOf(cutSingle(answer));
      const deciders = answer['purposes']['ai.train.generative'].decidedBy as Json[];
      expect(deciders.length).toBeGreaterThan(0);
      for (const { logIndex } of deciders) expect(logIndex).toBeLessThan(log.size);
      expect(log.size).toBeLessThanOrEqual(checkpoints.latest!.size);
    }
  });

  it('is absent where nobody asked for it, and the answer is the same without it', async () => {
    const plain = await get(ONE);
    expect(plain['receipt']).toBeUndefined();
    const { receipt, ...rest } = await get(`${ONE}&receipt=true`);
    expect(receipt).toEqual(expect.any(String));
    expect(rest).toEqual(plain);
    expect((await get(`${ONE}&receipt=false`))['receipt']).toBeUndefined();
  });

  it.each(['receipt=yes', 'receipt=', 'receipt=true&receipt=true'])(
    'refuses ?%s',
    async (query) => {
      const response = await house.request('GET', `${ONE}&${query}`);
      expect(response.statusCode).toBe(400);
      expect(response.json<Json>()['errors'][0].pointer).toBe('/receipt');
    },
  );
});

const ITEMS = [
  { ref: 'one', scheme: 'isrc', value: 'US-UG1-19-04206' },
  { ref: 2, scheme: 'iswc', value: 'T-034.524.680-2' },
  { ref: 'dr\u00e9i "\u2028\ud83c\udfb5', scheme: 'isrc', value: 'GBAYE0601498' },
  { scheme: 'isrc', value: ISRC, color: 'red' },
  'isrc:USUG11904206',
  { ref: '6', scheme: `${'x'.repeat(127)}\ud83c\udfb5`, value: '\ud83c\udfb5'.repeat(100) },
  { ref: 'seven', scheme: 'isrc', value: ISRC },
];

describe('the receipt of a batch', () => {
  it('gives each item a receipt of its own, the bad ones too', async () => {
    const response = await post({ items: ITEMS, purposes: ['ai.analyse'], receipt: true });
    const answer = response.json<Json>();
    const items = answer['items'] as Json[];
    expect(new Set(items.map((item) => item['result'])).size).toBe(4);
    for (const [index, document] of cutItems(items, answer['receipt']).entries()) {
      expect(response.body).toContain(canonicalJson(items[index]));
      const payload = payloadOf(document);
      expect(payload['batch'].count).toBe(ITEMS.length);
      expect(payload['log']).toMatchObject(answer['log']);
    }
  });

  it('is asked for in the address too, and stands in the summary of lines', async () => {
    const inAddress = await post({ items: ITEMS.slice(0, 1) }, '/v1/lookups?receipt=true');
    expect(inAddress.json<Json>()['receipt']).toEqual(expect.any(String));
    const response = await house.request('POST', '/v1/lookups?purposes=ai.search&receipt=true', {
      body: ITEMS.map((item) => JSON.stringify(item)).join('\n'),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    const lines = response.body.trimEnd().split('\n');
    const { summary } = JSON.parse(lines.pop()!) as Json;
    const items = lines.map((line) => JSON.parse(line) as Json);
    expect(lines).toEqual(items.map((item) => canonicalJson(item)));
    for (const document of cutItems(items, summary.receipt)) payloadOf(document);
  });

  it('is refused where address and body disagree', async () => {
    const body = { items: ITEMS, receipt: false };
    for (const [sent, url] of [
      [body, '/v1/lookups?receipt=true'],
      [{ items: ITEMS }, '/v1/lookups?receipt=perhaps'],
      [{ items: ITEMS, receipt: 'true' }, '/v1/lookups'],
    ] as const) {
      const response = await post(sent, url);
      expect(response.statusCode).toBe(400);
      expect(response.json<Json>()['errors'][0].pointer).toBe('/receipt');
    }
  });

  it('covers 10,000 items by one signature', async () => {
    const items = Array.from({ length: 10_000 }, (_, at) => ({
      ...{ ref: at, scheme: 'isrc', value: at % 3 === 0 ? ISRC : `GBAYE06${at + 10_000}` },
    }));
    const response = await post({ items, purposes: ['ai.analyse'], receipt: true });
    const answer = response.json<Json>();
    const places = [0, 4_095, 8_192, 9_999];
    for (const document of cutItems(answer['items'], answer['receipt'], places)) {
      expect(payloadOf(document)['batch'].count).toBe(10_000);
      expect(document.proof.length).toBeLessThanOrEqual(14);
      expect(document.item['ref']).toBe(document.index);
    }
  });
});

describe('a receipt that was tampered with', () => {
  it('is no receipt, whichever member was changed', async () => {
    const answer = (await post({ items: ITEMS, receipt: true })).json<Json>();
    const [honest] = cutItems(answer['items'], answer['receipt']) as [ReceiptDocument];
    expect(check(honest)).not.toBeNull();
    const changed = everyChange(honest.item);
    expect(changed.length).toBeGreaterThan(50);
    for (const item of changed) expect(check({ ...honest, item })).toBeNull();
    expect(check({ ...honest, index: 1 })).toBeNull();
    const [header, body, signature] = honest.receipt.split('.') as [string, string, string];
    const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as Json;
    for (const other of everyChange(payload)) {
      const forged = Buffer.from(canonicalJson(other)).toString('base64url');
      expect(check({ ...honest, receipt: `${header}.${forged}.${signature}` })).toBeNull();
    }
  });
});

/** The value with one of its leaves changed or one of its members left out, for each of them. */
function everyChange(value: Json): Json[] {
  return Object.keys(value).flatMap((name) => {
    const one = value[name];
    const isDeep = typeof one === 'object' && one !== null;
    const changes = isDeep ? everyChange(one) : [typeof one === 'number' ? one + 1 : `${one}x`];
    if (Array.isArray(value)) {
      return changes.map((change) => value.map((old, at) => (String(at) === name ? change : old)));
    }
    const { [name]: _, ...without } = value;
    return [without, ...changes.map((change) => ({ ...value, [name]: change }))];
  });
}

describe('where the log is not signed', () => {
  it('says when to come back if no checkpoint covers the answer in time', async () => {
    await get(`${ONE}&receipt=true`);
    checkpoints.isSlow = true;
    await world.makeSong({ identifiers: ['isrc:QZAAA2600020'] });
    for (const response of [
      await house.request('GET', `${ONE}&receipt=true`),
      await post({ items: ITEMS, receipt: true }),
    ]) {
      expect(response.statusCode).toBe(503);
      expect(response.headers['retry-after']).toBe('1');
      expect(response.json()).toMatchObject({
        type: '/problems/lookup/receipt-not-ready',
        retryAfterSeconds: 1,
      });
    }
    await get(ONE);
  });

  it('answers without receipts and says why there are none', async () => {
    checkpoints.stopped = 'the anchor is ahead of the database';
    const refused = await house.request('GET', `${ONE}&receipt=true`);
    expect(refused.statusCode).toBe(503);
    expect(refused.json()).toMatchObject({
      type: '/problems/lookup/receipts-stopped',
      detail: expect.stringContaining('the anchor is ahead of the database'),
    });
    expect((await get(ONE))['result']).toBe('found');
  });

  it('signs no answer from a log whose root is not the published one', async () => {
    const { size } = (await get(`${ONE}&receipt=true`))['log'];
    checkpoints.latest = { ...checkpoints.latest!, size, root: Buffer.alloc(32, 7) };
    const refused = await house.request('GET', `${ONE}&receipt=true`);
    checkpoints.latest = null;
    expect(refused.json<Json>()['type']).toBe('/problems/lookup/receipts-stopped');
  });
});
