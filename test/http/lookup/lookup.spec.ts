import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Term } from '#consent/domain';
import { Database } from '#platform';
import { createTestApp, FixedClock, type TestApp } from '../../support/test-app.js';
import type { Json } from '../../support/factories/lookup.js';
import { World } from '../../support/factories/world.js';

const NEVER: Term[] = [{ purpose: 'ai', decision: 'deny' }];
const KEEP: Term[] = [{ purpose: 'preservation', decision: 'allow' }];

let house: TestApp;
let world: World;
let clock: FixedClock;
let artist: string;

beforeAll(async () => {
  clock = new FixedClock(Date.parse('2026-03-01T00:00:00Z'));
  house = await createTestApp({ clock });
  world = new World(house.app.get(Database), clock);
  artist = await world.makeParty();
  await world.declareDefault(artist, [...NEVER, ...KEEP]);
  await world.makeSong({ party: artist, identifiers: ['isrc:USUG11904206'] });
});
afterAll(() => house.close());

const get = async (url: string): Promise<Json> => {
  const response = await house.request('GET', url);
  expect(response.statusCode).toBe(200);
  return response.json();
};

const post = (body: unknown, headers: Record<string, string> = {}) =>
  house.request('POST', '/v1/lookups', { body, headers });

const ONE = '/v1/lookup/isrc/US-UG1-19-04206';

describe('GET /v1/lookup/{scheme}/{value}', () => {
  it('says for each purpose what may be done, who decided it and where that stands in the log', async () => {
    const answer = await get(`${ONE}?purposes=ai.train.generative,preservation.ingest`);
    expect(answer).toMatchObject({
      scheme: 'isrc',
      value: 'USUG11904206',
      typed: 'US-UG1-19-04206',
      result: 'found',
      works: [{ kind: 'recording', how: 'identifier', confidence: 1 }],
      asOf: expect.stringMatching(/Z$/),
      log: { size: expect.any(Number), root: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) },
      vocabulary: '1',
      unknownPolicy: 'deny',
    });
    expect(Object.keys(answer['purposes'])).toEqual(['ai.train.generative', 'preservation.ingest']);
    expect(answer['purposes']['ai.train.generative']).toMatchObject({
      outcome: 'denied',
      layers: [
        { layer: 'recording', outcome: 'denied' },
        { layer: 'composition', outcome: 'denied' },
      ],
      decidedBy: [
        { layer: 'recording', party: artist, level: 3, logIndex: expect.any(Number) },
        { layer: 'composition', party: artist, level: 3, logIndex: expect.any(Number) },
      ],
      validUntil: expect.stringMatching(/Z$/),
    });
    expect(answer['purposes']['preservation.ingest'].outcome).toBe('permitted');
    for (const { logIndex } of answer['purposes']['ai.train.generative'].decidedBy) {
      const leaf = await get(`/v1/log/leaves/${logIndex}`);
      expect(leaf['entry']).toMatchObject({ type: 'declaration' });
    }
  });

  it('asks about one headline for each kind of asker when no purpose is named', async () => {
    const answer = await get(ONE);
    expect(Object.keys(answer['purposes'])).toEqual([
      'access.research',
      'access.stream',
      'ai.input',
      'ai.search',
      'ai.train.generative',
      'preservation.ingest',
    ]);
  });

  it('never permits what an identifier that leads to nothing is asked for', async () => {
    const answer = await get(
      '/v1/lookup/isrc/GBAYE0601498?purposes=ai.search&unknownPolicy=allow_at_own_risk',
    );
    expect(answer).toMatchObject({
      result: 'not_found',
      purposes: {
        'ai.search': { outcome: 'unknown', treatAs: 'allow_at_own_risk', reasons: ['not_found'] },
      },
    });
    expect(answer['works']).toBeUndefined();
  });

  it('explains an identifier that cannot be one', async () => {
    const answer = await get('/v1/lookup/iswc/T-034.524.680-2');
    expect(answer).toMatchObject({
      result: 'invalid_identifier',
      reason: 'wrong_check_digit',
      expected: '1',
      found: '2',
    });
    expect(answer['purposes']).toBeUndefined();
    expect(await get('/v1/lookup/nonsense/1')).toMatchObject({ reason: 'unknown_scheme' });
  });

  it('takes a change into account with the very next answer', async () => {
    const { party } = await world.makeSong({ identifiers: ['isrc:QZAAA2600001'] });
    const url = '/v1/lookup/isrc/QZAAA2600001?purposes=ai.train.generative&lawfulSource=true';
    const outcome = async () => (await get(url))['purposes']['ai.train.generative'].outcome;
    expect(await outcome()).toBe('unknown');
    await world.declareDefault(party, [{ purpose: 'ai', decision: 'allow' }]);
    expect(await outcome()).toBe('permitted');
    await world.declareDefault(party, NEVER);
    expect(await outcome()).toBe('denied');
  });

  it('answers as of a past moment what was in force then', async () => {
    const { party } = await world.makeSong({ identifiers: ['isrc:QZAAA2600002'] });
    clock.advance(60_000);
    const before = new Date(clock.now()).toISOString();
    clock.advance(60_000);
    await world.declareDefault(party, NEVER);
    const url = '/v1/lookup/isrc/QZAAA2600002?purposes=ai.input';
    expect((await get(url))['purposes']['ai.input'].outcome).toBe('denied');
    const past = await get(`${url}&asOf=${before}`);
    expect(past['asOf']).toBe(before);
    expect(past['purposes']['ai.input'].outcome).toBe('unknown');
  });

  it('reports statutes beside the answer, described once', async () => {
    const answer = await get(
      `${ONE}?purposes=preservation.ingest&territory=DE&actorClass=heritage_institution`,
    );
    expect(answer['purposes']['preservation.ingest'].overlays).toEqual(['eu-2019-790-art-6']);
    expect(answer['overlays']['eu-2019-790-art-6'].title).toContain('2019/790');
  });

  it.each([
    ['purposes=ai.dance', '/purposes/0'],
    ['purposes=', '/purposes/0'],
    ['purposes=ai,ai', '/purposes/1'],
    ['purposes=ai&purposes=access', '/purposes'],
    ['territory=Germany', '/territory'],
    ['actorClass=robot', '/actorClass'],
    ['lawfulSource=perhaps', '/lawfulSource'],
    ['unknownPolicy=allow', '/unknownPolicy'],
    ['accepts=everything', '/accepts/0'],
    ['asOf=yesterday', '/asOf'],
    ['asOf=2026-02-30', '/asOf'],
    ['asOf=2126-01-01', '/asOf'],
    ['inquirer=pty_01', '/inquirer'],
    ['color=red', '/color'],
    ['__proto__=1', '/__proto__'],
    ['toString=1', '/toString'],
  ])('refuses ?%s by the pointer %s', async (query, pointer) => {
    const response = await house.request('GET', `${ONE}?${query}`);
    expect(response.statusCode).toBe(400);
    const problem = response.json<Json>();
    expect(problem['type']).toBe('/problems/request/invalid');
    expect(problem['errors'][0].pointer).toBe(pointer);
  });
});

describe('POST /v1/lookups', () => {
  it('echoes refs, answers bad items in their place and states one moment for all', async () => {
    const response = await post({
      items: [
        { ref: '1', scheme: 'isrc', value: 'US-UG1-19-04206' },
        { ref: 2, scheme: 'iswc', value: 'T-034.524.680-2' },
        { ref: 'three', scheme: 'isrc', value: 'GBAYE0601498' },
        { scheme: 'isrc', value: 'USUG11904206', color: 'red' },
        'isrc:USUG11904206',
        { ref: '6', scheme: 'isrc', value: 6 },
        { ref: {}, scheme: 'isrc', value: 'USUG11904206' },
        { ref: '8', scheme: 'sha256', value: 'a'.repeat(64) },
        { ref: '9', scheme: 'isrc', value: 'x'.repeat(1_000_000) },
      ],
      purposes: ['ai.train.generative'],
      inquiry: { territory: 'DE', actorClass: 'commercial', lawfulSource: true },
      unknownPolicy: 'deny',
    });
    expect(response.statusCode).toBe(200);
    const answer = response.json<Json>();
    expect(answer['items'].map((item: Json) => [item['ref'], item['result']])).toEqual([
      ['1', 'found'],
      [2, 'invalid_identifier'],
      ['three', 'not_found'],
      [undefined, 'invalid_item'],
      [undefined, 'invalid_item'],
      ['6', 'invalid_item'],
      [undefined, 'invalid_item'],
      ['8', 'not_found'],
      ['9', 'invalid_identifier'],
    ]);
    expect(answer['items'][3].index).toBe(3);
    expect(answer['counts']).toEqual({
      found: 1,
      not_found: 2,
      ambiguous_match: 0,
      invalid_identifier: 2,
      invalid_item: 4,
    });
    expect(answer['inquiry']).toEqual({
      territory: 'DE',
      actorClass: 'commercial',
      lawfulSource: true,
    });
    expect(answer['purposes']).toEqual(['ai.train.generative']);
    expect(answer['items'][0].purposes['ai.train.generative'].outcome).toBe('denied');
  });

  it('answers lines by lines in their order, with a summary at the end', async () => {
    const lines = [
      '{"ref":"a","scheme":"isrc","value":"USUG11904206"}',
      '{"ref":"b",',
      '',
      '{"ref":"c","scheme":"isrc","value":"GBAYE0601498"}',
      '{"ref":"d","scheme":"isrc","value":"GB\\u0000AYE0601498"}',
    ];
    const response = await house.request('POST', '/v1/lookups?purposes=ai.search', {
      body: lines.join('\n'),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/x-ndjson');
    const answers = response.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Json);
    expect(answers.map((one) => one['result'])).toEqual([
      'found',
      'invalid_item',
      'not_found',
      'invalid_item',
      undefined,
    ]);
    expect(answers.at(-1)!['summary']).toMatchObject({
      counts: { found: 1, not_found: 1, invalid_item: 2 },
      purposes: ['ai.search'],
      log: { size: expect.any(Number) },
    });
  });

  it('answers JSON by lines where Accept asks for them', async () => {
    const body = { items: [{ scheme: 'isrc', value: 'USUG11904206' }] };
    const response = await post(body, { accept: 'application/x-ndjson' });
    expect(response.body.trimEnd().split('\n')).toHaveLength(2);
  });

  it('takes 10,000 items of 1.5 MiB', async () => {
    const items = Array.from({ length: 10_000 }, (_, at) => ({
      ref: `${'r'.repeat(80)}${at}`,
      scheme: 'isrc',
      value: 'USUG11904206',
    }));
    const response = await post({ items, purposes: ['ai.search'] });
    expect(response.statusCode).toBe(200);
    expect(response.json<Json>()['counts'].found).toBe(10_000);
  });

  const item = { scheme: 'isrc', value: 'USUG11904206' };
  it.each<[string, unknown, string]>([
    ['no items', {}, '/items'],
    ['items that are no list', { items: { 0: item } }, '/items'],
    ['an empty list', { items: [] }, '/items'],
    ['10,001 items', { items: Array(10_001).fill(item) }, '/items/10000'],
    ['an unknown member', { items: [item], licence: 'mine' }, '/licence'],
    ['purposes that are no list', { items: [item], purposes: 'ai' }, '/purposes'],
    ['no purpose at all', { items: [item], purposes: [] }, '/purposes'],
    ['an unknown purpose', { items: [item], purposes: ['ai', 'x'] }, '/purposes/1'],
    ['a purpose that is no text', { items: [item], purposes: [{}] }, '/purposes/0'],
    ['a purpose named twice', { items: [item], purposes: ['ai', 'ai'] }, '/purposes/1'],
    ['28 purposes', { items: [item], purposes: Array(28).fill('ai') }, '/purposes'],
    ['an inquiry that is no object', { items: [item], inquiry: [] }, '/inquiry'],
    ['an unknown statement', { items: [item], inquiry: { moon: 1 } }, '/inquiry/moon'],
    ['a wrong type', { items: [item], inquiry: { lawfulSource: 'yes' } }, '/inquiry/lawfulSource'],
    [
      'a long text',
      { items: [item], inquiry: { modelRelease: 'x'.repeat(300) } },
      '/inquiry/modelRelease',
    ],
    [
      'a party of somebody else',
      { items: [item], inquiry: { inquirer: 'pty_1' } },
      '/inquiry/inquirer',
    ],
    ['a number for a moment', { items: [item], asOf: 7 }, '/asOf'],
    ['a moment to come', { items: [item], asOf: '2100-01-01T00:00:00Z' }, '/asOf'],
    ['a null policy', { items: [item], unknownPolicy: null }, '/unknownPolicy'],
    ['a list', [item], ''],
    ['a number', 7, ''],
    ['null', 'null', ''],
    ['nothing', '', ''],
    ['broken JSON', '{"items":[', ''],
    ['a prototype', '{"items":[],"__proto__":{}}', ''],
    ['NUL', '{"items":[],"asOf":"\\u0000"}', '/asOf'],
    ['half a character', '{"items":[],"asOf":"\\ud800"}', '/asOf'],
  ])('refuses %s', async (_, body, pointer) => {
    const response = await house.request('POST', '/v1/lookups', {
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    expect(response.statusCode).toBe(400);
    const problem = response.json<Json>();
    expect(problem['type']).toBe('/problems/request/invalid');
    expect(problem['errors'][0].pointer).toBe(pointer);
  });

  it.each([
    ['more than 2 MiB', 413, 'application/json', `{"items":["${'x'.repeat(2_200_000)}"]}`],
    ['more than 2 MiB of lines', 413, 'application/x-ndjson', 'x'.repeat(2_200_000)],
    ['10,001 lines', 400, 'application/x-ndjson', '{}\n'.repeat(10_001)],
    ['no line', 400, 'application/x-ndjson', '\n\n'],
    ['another kind of body', 415, 'text/csv', 'isrc,USUG11904206'],
    ['nesting without end', 400, 'application/json', '['.repeat(100_000)],
  ])('refuses %s with status %d', async (_, status, type, body) => {
    const response = await house.request('POST', '/v1/lookups', {
      body,
      headers: { 'content-type': type },
    });
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  it('refuses a query beside a JSON body, so that nothing is said in two places', async () => {
    const response = await house.request('POST', '/v1/lookups?territory=DE', {
      body: { items: [item] },
    });
    expect(response.statusCode).toBe(400);
    expect(response.json<Json>()['errors'][0].pointer).toBe('/territory');
  });
});

describe('licences', () => {
  it('answer the inquirer that they were granted to, and nobody else', async () => {
    const token = await house.signUp('dataset_builder');
    const account = (await house.request('GET', '/v1/account', { as: token })).json<Json>();
    const accountId = account['accountId'] ?? account['id'];
    const builder = await world.makeParty({ kind: 'dataset_builder', members: [accountId] });
    const { party, recording, composition } = await world.makeSong({
      identifiers: ['isrc:QZAAA2600003'],
    });
    await world.declareDefault(party, NEVER);
    const licence = await world.makeLicence({
      grantor: party,
      grantee: builder,
      works: [recording, composition],
      purposes: ['ai.train'],
    });
    const url = '/v1/lookup/isrc/QZAAA2600003?purposes=ai.train.generative&lawfulSource=true';
    const ask = async (query: string, as?: string) => {
      const response = await house.request('GET', `${url}${query}`, { as });
      expect(response.statusCode).toBe(200);
      return response.json<Json>()['purposes']['ai.train.generative'] as Json;
    };
    expect((await ask('')).outcome).toBe('denied');
    expect((await ask('', token)).outcome).toBe('denied');
    expect(await ask(`&inquirer=${builder}`, token)).toMatchObject({
      outcome: 'permitted',
      basis: `licence:${licence}`,
    });
    const stranger = await house.signUp('dataset_builder');
    const refused = await house.request('GET', `${url}&inquirer=${builder}`, { as: stranger });
    expect(refused.statusCode).toBe(400);
  });
});

describe('limits of lookups', () => {
  it('count identifiers, not requests, and say what is left', async () => {
    const small = await createTestApp({ config: { ANONYMOUS_LOOKUPS_PER_MINUTE: 10 } });
    try {
      const lookups = (count: number) =>
        small.request('POST', '/v1/lookups', {
          body: { items: Array(count).fill({ scheme: 'isrc', value: 'USUG11904206' }) },
        });
      const first = await lookups(8);
      expect(first.headers['ratelimit-policy']).toBe('"lookups";q=10;w=60');
      expect(first.headers['ratelimit']).toMatch(/^"lookups";r=2;t=/);
      const second = await lookups(3);
      expect(second.statusCode).toBe(429);
      expect(second.headers['retry-after']).toMatch(/^\d+$/);
    } finally {
      await small.close();
    }
  });
});
