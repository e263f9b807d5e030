import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { Term } from '#consent/domain';
import { canonicalJson } from '#kernel';
import { Database } from '#platform';
import { Checkpoints, LogProofs } from '#transparency';
import {
  checkAnswer,
  checkReceiptLog,
  cutReceipts,
  type JsonObject,
  LogReader,
  parseAnswer,
  parseJwks,
  type ReceiptDocument,
  type ReceiptKeys,
  openReceiptToken,
  verifyItem,
  verifyReceipt,
} from '#verify';
import type { Json } from '../../support/factories/lookup.js';
import { World } from '../../support/factories/world.js';
import { FixedClock, type TestApp } from '../../support/test-app.js';
import { SignedRegistry } from '../transparency/signed-log.js';

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

let registry: SignedRegistry;
let house: TestApp;
let world: World;
let clock: FixedClock;
let checkpoints: Checkpoints;
let keys: ReceiptKeys;

beforeAll(async () => {
  clock = new FixedClock(Date.parse('2026-03-01T00:00:00Z'));
  registry = await SignedRegistry.open({
    clock,
    config: { PUBLIC_URL: 'https://registry.example/' },
  });
  house = registry.app;
  await registry.reaches('signing');
  checkpoints = house.app.get(Checkpoints, { strict: false });
  keys = must(parseJwks(await registry.text('/.well-known/jwks.json')));
  world = new World(house.app.get(Database), clock);
  const artist = await world.makeParty();
  await world.declareDefault(artist, TERMS);
  await world.makeSong({ party: artist, identifiers: [`isrc:${ISRC}`] });
});
afterAll(() => house.close());

/** Asked for before anything else, because checking them keeps the server waiting. */
let signedBatch: string;
let hugeBatch: string;
beforeAll(async () => {
  const purposes = ['ai.analyse'];
  signedBatch = (await post({ items: ITEMS, purposes, receipt: true })).body;
  const items = Array.from({ length: 10_000 }, (_, at) => ({
    ...{ ref: at, scheme: 'isrc', value: at % 3 === 0 ? ISRC : `GBAYE06${at + 10_000}` },
  }));
  hugeBatch = (await post({ items, purposes, receipt: true })).body;
});
afterEach(() => {
  jest.restoreAllMocks();
});

function must<T>(checked: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!checked.ok) throw new Error(checked.reason);
  return checked.value;
}

const getText = async (url: string, as?: string): Promise<string> => {
  const response = await house.request('GET', url, { as });
  expect({ status: response.statusCode, body: response.body }).toMatchObject({ status: 200 });
  return response.body;
};
const get = async (url: string): Promise<Json> => JSON.parse(await getText(url)) as Json;
const post = (body: unknown, url = '/v1/lookups') => house.request('POST', url, { body });

/** The receipts of an answer as a client cuts them and verifies them offline, at these places. */
function receiptsOf(text: string, places?: number[]): ReceiptDocument[] {
  const answer = must(parseAnswer(text));
  const cut = must(cutReceipts(answer));
  return (places ?? [...answer.items.keys()]).map((index) => {
    const document = cut(index)!;
    const { payload } = must(verifyReceipt(document, keys));
    must(checkAnswer(answer, payload));
    return document;
  });
}

/** What is signed, as it stands there. */
function payloadOf({ receipt }: ReceiptDocument): Json {
  return JSON.parse(Buffer.from(receipt.split('.')[1]!, 'base64url').toString()) as Json;
}

/** The one receipt of an answer to a single lookup, verified. */
async function single(url: string, as?: string): Promise<{ answer: Json; payload: Json }> {
  const text = await getText(url, as);
  return { answer: JSON.parse(text) as Json, payload: payloadOf(receiptsOf(text)[0]!) };
}

describe('the receipt of a single lookup', () => {
  it('signs the item, what was asked and the log that it was computed from', async () => {
    const { answer, payload } = await single(`${ONE}&receipt=true`);
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
      iat: Math.floor(clock.now() / 1000),
      asOf: answer['asOf'],
      log: { ...answer['log'], origin: 'registry.example/log' },
      req: createHash('sha256').update(request).digest('base64url'),
      batch: { count: 1, root: expect.stringMatching(/^[\w-]{43}$/) },
    });
    const body = Buffer.from(answer['receipt'].split('.')[1], 'base64url').toString();
    expect(body).toBe(canonicalJson(payload));
  });

  it('is given for what was not found and for what is no identifier too', async () => {
    for (const id of ['isrc/GBAYE0601498', 'isrc/US-UG1-19-0420', 'iswc/T-034.524.680-2', 'no/1']) {
      const { answer, payload } = await single(`/v1/lookup/${id}?receipt=true`);
      expect(['not_found', 'invalid_identifier']).toContain(answer['result']);
      expect(payload['purposes']).toHaveLength(6);
    }
  });

  it('states a past moment, in the digest of the request too', async () => {
    clock.advance(60_000);
    const moment = '2026-03-01T00:00:30Z';
    const { payload } = await single(`${ONE}&asOf=${moment}&receipt=true`);
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
    const { payload } = await single(`${ONE}&inquirer=${builder}&receipt=true`, token);
    expect(payload).toMatchObject({
      aud: builder,
      inquiry: { territory: 'DE', inquirer: builder },
    });
  });

  it('covers a write that was made right before, with a checkpoint that is published', async () => {
    for (const [at, decision] of (['allow', 'deny', 'allow'] as const).entries()) {
      const isrc = `QZAAA260001${at}`;
      const { party } = await world.makeSong({ identifiers: [`isrc:${isrc}`] });
      await world.declareDefault(party, [{ purpose: 'ai', decision }]);
      const url = `/v1/lookup/isrc/${isrc}?purposes=ai.train.generative&lawfulSource=true`;
      const { answer, payload } = await single(`${url}&receipt=true`);
      expect(answer['purposes']['ai.train.generative'].decidedBy).toHaveLength(2);
      expect(payload['log'].size).toBeLessThanOrEqual(checkpoints.latest!.size);
    }
  });

  it('names a log that the published one continues', async () => {
    const text = await getText(`${ONE}&receipt=true`);
    const verified = must(verifyReceipt(receiptsOf(text)[0]!, keys));
    await world.makeSong({ identifiers: ['isrc:QZAAA2600019'] });
    await single(`${ONE}&receipt=true`);
    const reader = new LogReader(registry.file);
    const head = must(await reader.checkpoint(await registry.policy()));
    expect(head.size).toBeGreaterThan(verified.payload.log.size);
    expect(await checkReceiptLog(verified, reader, head)).toEqual({ ok: true, value: true });
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

describe('where the log is not signed', () => {
  it('says when to come back if no checkpoint covers the answer in time', async () => {
    jest.spyOn(checkpoints, 'covering').mockResolvedValue(null);
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

  it('signs no answer from a log whose root is not the published one', async () => {
    // A log of a size that no receipt was asked for yet.
    await registry.write(await registry.somebody());
    const proofs = house.app.get(LogProofs, { strict: false });
    jest.spyOn(proofs, 'rootAt').mockResolvedValue(Buffer.alloc(32, 7));
    const refused = await house.request('GET', `${ONE}&receipt=true`);
    expect(refused.json<Json>()['type']).toBe('/problems/lookup/receipts-stopped');
    jest.restoreAllMocks();
    await registry.write(await registry.somebody());
    await get(`${ONE}&receipt=true`);
  });

  it('answers without receipts and says why there are none', async () => {
    registry.status.set('stopped', 'The anchor is ahead of the database.');
    const refused = await house.request('GET', `${ONE}&receipt=true`);
    registry.status.set('signing');
    expect(refused.statusCode).toBe(503);
    expect(refused.json()).toMatchObject({
      type: '/problems/lookup/receipts-stopped',
      detail: expect.stringContaining('The anchor is ahead of the database.'),
    });
    expect((await get(ONE))['result']).toBe('found');
  });
});

describe('the receipt of a batch', () => {
  it('gives each item a receipt of its own, the bad ones too', async () => {
    const response = await post({ items: ITEMS, purposes: ['ai.analyse'], receipt: true });
    const documents = receiptsOf(response.body);
    expect(new Set(documents.map(({ item }) => item['result'])).size).toBe(4);
    expect(documents).toHaveLength(ITEMS.length);
    for (const { item } of documents) expect(response.body).toContain(canonicalJson(item));
    expect(payloadOf(documents[0]!)['batch'].count).toBe(ITEMS.length);
  });

  it('is asked for in the address too, and stands in the summary of lines', async () => {
    const inAddress = await post({ items: ITEMS.slice(0, 1) }, '/v1/lookups?receipt=true');
    expect(inAddress.json<Json>()['receipt']).toEqual(expect.any(String));
    const response = await house.request('POST', '/v1/lookups?purposes=ai.search&receipt=true', {
      body: ITEMS.map((item) => JSON.stringify(item)).join('\n'),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    const documents = receiptsOf(response.body);
    const lines = documents.map(({ item }) => canonicalJson(item));
    expect(response.body.split('\n').slice(0, -2)).toEqual(lines);
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
});

describe('the receipt of an answer that was given before', () => {
  const TRAIN = 'ai.train.generative';
  const DAY = 86_400_000;
  const purposes = [TRAIN, 'preservation.ingest'];
  const stated = { territory: 'DE', lawfulSource: true };
  const value = 'QZAAA2600031';
  const url = `/v1/lookup/isrc/${value}?purposes=${purposes.join()}&territory=DE&lawfulSource=true`;

  /** What is signed of the song, asked for by itself twice and then in a batch. */
  async function signed(as?: string, inquirer?: string): Promise<Json[]> {
    const one = `${url}${inquirer ? `&inquirer=${inquirer}` : ''}&receipt=true`;
    const inquiry = { ...stated, ...(inquirer ? { inquirer } : {}) };
    const items = [{ scheme: 'isrc', value }];
    const body = { items, purposes, inquiry, receipt: true };
    const batch = await house.request('POST', '/v1/lookups', { body, as });
    const texts = [await getText(one, as), await getText(one, as), batch.body];
    const documents = texts.map((text) => receiptsOf(text)[0]!);
    const leaves = await house.app.get(Database).dataSource.query('SELECT size FROM log_head');
    return documents.map((document) => {
      const { asOf, log } = payloadOf(document);
      expect(log.size).toBe(Number(leaves[0].size));
      return { asOf, purposes: document.item['purposes'] };
    });
  }

  it('is for what holds at the log and the moment that it names', async () => {
    const { party, recording } = await world.makeSong({ identifiers: [`isrc:${value}`] });
    const token = await house.signUp('dataset_builder');
    const account = (await house.request('GET', '/v1/account', { as: token })).json<Json>();
    const members = [account['accountId'] ?? account['id']];
    const builder = await world.makeParty({ kind: 'dataset_builder', members });
    const expectAll = async (outcome: string, validUntil?: number) => {
      const all = [...(await signed()), ...(await signed(token, builder))];
      for (const { asOf, purposes: answers } of all) {
        const until = validUntil ?? Date.parse(asOf) + DAY;
        // Each leaf has a millisecond of its own, which may be ahead of the clock.
        expect(Math.floor((Date.parse(asOf) - clock.now()) / 100)).toBe(0);
        expect(answers[TRAIN].outcome).toBe(outcome);
        expect(answers[TRAIN].validUntil).toBe(new Date(until).toISOString());
      }
    };
    const subject = { kind: 'work', id: recording } as const;
    const say = (decision: 'allow' | 'deny', more: object = {}) => {
      const terms: Term[] = [{ purpose: 'ai', decision }];
      return world.makeDeclaration({ party, subject, terms, ...more });
    };
    clock.advance(60_000);
    await expectAll('unknown');
    await world.declareDefault(party, [{ purpose: 'ai', decision: 'allow' }]);
    await expectAll('permitted');
    const spoken = await say('deny');
    await expectAll('denied');
    await world.makeDeclaration({ party, subject, terms: [], withdraws: spoken });
    await expectAll('unknown');
    await say('allow');
    await expectAll('permitted');
    clock.advance(60_000);
    await expectAll('permitted');
    const claimId = await world.makeClaim({ work: recording, party: builder, state: 'disputed' });
    await expectAll('disputed');
    await world.reviseClaim(claimId, { state: 'withdrawn' });
    await expectAll('permitted');
    const then = clock.now() + 120_000;
    await say('deny', { effectiveFrom: then });
    await expectAll('permitted', then);
    clock.set(then - 60_000);
    await expectAll('permitted', then);
    clock.set(then);
    await expectAll('denied');
  });
});

describe('a receipt that was tampered with', () => {
  it('is no receipt, whichever member was changed', () => {
    const honest = receiptsOf(signedBatch)[0]!;
    const opened = must(openReceiptToken(honest.receipt, keys));
    const check = (change: Partial<ReceiptDocument>) => {
      return verifyItem({ ...honest, ...change }, opened).ok;
    };
    expect(check({})).toBe(true);
    const changed = everyChange(honest.item);
    expect(changed.length).toBeGreaterThan(50);
    for (const item of changed) expect(check({ item: item as JsonObject })).toBe(false);
    expect(check({ index: 1n })).toBe(false);
    const [header, , signature] = honest.receipt.split('.');
    for (const other of everyChange(payloadOf(honest))) {
      const forged = Buffer.from(canonicalJson(other)).toString('base64url');
      expect(openReceiptToken(`${header}.${forged}.${signature}`, keys).ok).toBe(false);
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

describe('the receipt of the largest batch', () => {
  it('covers 10,000 items by one signature', () => {
    for (const document of receiptsOf(hugeBatch, [0, 4_095, 8_192, 9_999])) {
      expect(payloadOf(document)['batch'].count).toBe(10_000);
      expect(BigInt(document.item['ref'] as number)).toBe(document.index);
    }
  });
});
