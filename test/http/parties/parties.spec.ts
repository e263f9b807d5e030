import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/test-app.js';

let registry: TestApp;
let ada: string;
let stranger: string;

beforeAll(async () => {
  registry = await createTestApp();
  ada = await registry.signUp('artist');
  stranger = await registry.signUp('artist');
});

afterAll(() => registry?.close());

const ABSENT = 'pty_01k9zj5v9ve8sr2m0g7c4h1xqd';

async function register(as: string, body: object = {}) {
  const draft = { kind: 'person', displayName: 'Ada Lind', ...body };
  return registry.request('POST', '/v1/parties', { as, body: draft });
}

describe('POST /v1/parties', () => {
  it('registers a party that everyone can read afterwards', async () => {
    const made = await register(ada, {
      displayName: '  Ada Lind ',
      country: 'SE',
      identifiers: [
        { scheme: 'isni', value: '0000 0001 2281 955X' },
        { scheme: 'isni', value: '000000012281955x' },
      ],
    });
    expect(made.statusCode).toBe(201);
    const party = made.json();
    expect(made.headers.location).toBe(`/v1/parties/${party.id}`);
    expect(made.headers.etag).toBe('"r1"');
    expect(party).toEqual({
      id: expect.stringMatching(/^pty_/),
      kind: 'person',
      displayName: 'Ada Lind',
      country: 'SE',
      identifiers: [
        {
          scheme: 'isni',
          value: '000000012281955X',
          display: '0000 0001 2281 955X',
          typed: '0000 0001 2281 955X',
        },
      ],
      level: 0,
      verifications: [],
      createdAt: expect.any(String),
    });
    const read = await registry.request('GET', `/v1/parties/${party.id}`);
    expect(read.json()).toEqual(party);
    expect(read.headers.etag).toBe('"r1"');
  });

  it.each([
    'person',
    'group',
    'estate',
    'label',
    'publisher',
    'distributor',
    'cmo',
    'agent',
    'archive',
    'dataset_builder',
    'auditor',
  ])('takes a party of kind %s', async (kind) => {
    expect((await register(ada, { kind })).json()).toMatchObject({ kind });
  });

  it('gives the first answer again for the same Idempotency-Key', async () => {
    const ask = () =>
      registry.request('POST', '/v1/parties', {
        as: ada,
        body: { kind: 'label', displayName: 'Once' },
        headers: { 'idempotency-key': 'once-only' },
      });
    const [first, second] = [await ask(), await ask()];
    expect(second.json()).toEqual(first.json());
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.headers.etag).toBe(first.headers.etag);
  });

  it.each([
    ['an unknown kind', { kind: 'robot' }, '/kind'],
    ['no name', { displayName: ' \t' }, '/displayName'],
    ['a name of 201 characters', { displayName: 'x'.repeat(201) }, '/displayName'],
    ['a name over two lines', { displayName: 'Ada\nmay do anything' }, '/displayName'],
    ['a name that turns the direction', { displayName: 'Ada \u202Eadil' }, '/displayName'],
    ['a country in small letters', { country: 'se' }, '/country'],
    ['a country that is none', { country: 'ZZ' }, '/country'],
    ['a member of the table', { revision: 7 }, '/revision'],
    ['a level', { level: 4 }, '/level'],
    ['identifiers that are no list', { identifiers: {} }, '/identifiers'],
  ])('refuses %s', async (_, body, pointer) => {
    const refused = await register(ada, body);
    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors.map((fault: { pointer: string }) => fault.pointer)).toContain(
      pointer,
    );
  });

  it('says which check digit was expected', async () => {
    const refused = await register(ada, {
      identifiers: [{ scheme: 'isni', value: '0000 0001 2281 9551' }],
    });
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({
      type: '/problems/parties/identifier-invalid',
      detail: expect.stringContaining('should be X'),
      errors: [{ pointer: '/identifiers/0/value' }],
    });
  });

  it('refuses an identifier that names works', async () => {
    const refused = await register(ada, {
      identifiers: [{ scheme: 'isrc', value: 'USRC17607839' }],
    });
    expect(refused.statusCode).toBe(422);
    expect(refused.json().detail).toContain('isrc names works');
  });

  it('wants an account', async () => {
    const refused = await registry.request('POST', '/v1/parties', { body: {} });
    expect(refused.statusCode).toBe(401);
  });
});

describe('GET /v1/parties/{id}', () => {
  it.each([ABSENT, 'pty_', 'x', '%00', '%ED%A0%80', "'; DROP TABLE parties; --"])(
    'knows no party %s',
    async (id) => {
      const refused = await registry.request('GET', `/v1/parties/${id}`);
      expect([400, 404]).toContain(refused.statusCode);
    },
  );

  it('tells nothing of accounts and e-mail addresses', async () => {
    const { id } = (await register(ada)).json();
    const { body } = await registry.request('GET', `/v1/parties/${id}`);
    expect(body).not.toMatch(/acc_|@/);
  });
});

describe('GET /v1/parties', () => {
  it('pages through the own parties and shows no others', async () => {
    const mine = await registry.signUp('representative');
    for (const displayName of ['One', 'Two', 'Three']) await register(mine, { displayName });
    const first = (await registry.request('GET', '/v1/parties?limit=2', { as: mine })).json();
    expect(first.items.map((party: { displayName: string }) => party.displayName)).toEqual([
      'One',
      'Two',
    ]);
    const next = `/v1/parties?limit=2&cursor=${first.nextCursor}`;
    const second = (await registry.request('GET', next, { as: mine })).json();
    expect(second.items).toMatchObject([{ displayName: 'Three' }]);
    expect(second.nextCursor).toBeNull();
  });

  it.each(['AA', 'zzzz', '7aCA'])('survives the made-up cursor %s', async (cursor) => {
    const answer = await registry.request('GET', `/v1/parties?cursor=${cursor}`, { as: ada });
    expect(answer.statusCode).toBeLessThan(500);
  });
});

describe('PATCH /v1/parties/{id}', () => {
  it('changes name and country of the version that was read', async () => {
    const { id } = (await register(ada, { country: 'SE' })).json();
    const changed = await registry.request('PATCH', `/v1/parties/${id}`, {
      as: ada,
      body: { displayName: 'Ada & The Rain', country: null },
      headers: { 'if-match': '"r1"' },
    });
    expect(changed.json()).toMatchObject({ displayName: 'Ada & The Rain', country: null });
    expect(changed.headers.etag).toBe('"r2"');
  });

  it('refuses a change of a version that is no longer current', async () => {
    const { id } = (await register(ada)).json();
    const change = (displayName: string) =>
      registry.request('PATCH', `/v1/parties/${id}`, {
        as: ada,
        body: { displayName },
        headers: { 'if-match': '"r1"' },
      });
    const answers = await Promise.all([change('First'), change('Second')]);
    expect(answers.map((answer) => answer.statusCode).sort((a, b) => a - b)).toEqual([200, 412]);
    const refused = answers.find((answer) => answer.statusCode === 412)!;
    expect(refused.json()).toMatchObject({ currentEtag: '"r2"' });
  });

  it('wants If-Match', async () => {
    const { id } = (await register(ada)).json();
    const refused = await registry.request('PATCH', `/v1/parties/${id}`, {
      as: ada,
      body: { displayName: 'X' },
    });
    expect(refused.statusCode).toBe(428);
  });

  it.each([{ displayName: null }, { kind: 'cmo' }, { createdBy: 'acc_1' }, { level: 4 }])(
    'refuses %j',
    async (body) => {
      const { id } = (await register(ada)).json();
      const refused = await registry.request('PATCH', `/v1/parties/${id}`, {
        as: ada,
        body,
        headers: { 'if-match': '"r1"' },
      });
      expect(refused.statusCode).toBe(400);
    },
  );
});

describe('identifiers of a party', () => {
  it('are added once, whatever the spelling, and removed again', async () => {
    const { id } = (await register(ada)).json();
    const add = (value: string) =>
      registry.request('POST', `/v1/parties/${id}/identifiers`, {
        as: ada,
        body: { scheme: 'ipi-name', value },
      });
    const added = await add('00017798450');
    expect(added.statusCode).toBe(201);
    expect(added.json().identifiers).toMatchObject([{ scheme: 'ipi-name', value: '00017798450' }]);
    expect(added.headers.etag).toBe('"r2"');
    expect((await add('17798450')).headers.etag).toBe('"r2"');
    const removed = await registry.request(
      'DELETE',
      `/v1/parties/${id}/identifiers/ipi-name/17798450`,
      { as: ada },
    );
    expect(removed.json().identifiers).toEqual([]);
    expect(removed.headers.etag).toBe('"r3"');
  });

  it('are at most a hundred', async () => {
    const uuids = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        scheme: 'mbid-artist',
        value: `b10bbbfc-cf9e-42e0-be17-${String(from + i).padStart(12, '0')}`,
      }));
    const { id } = (await register(ada, { identifiers: uuids(0, 50) })).json();
    const add = (body: object) =>
      registry.request('POST', `/v1/parties/${id}/identifiers`, { as: ada, body });
    for (const identifier of uuids(50, 50)) await add(identifier);
    const refused = await add(uuids(100, 1)[0]!);
    expect(refused.statusCode).toBe(409);
    expect(refused.json().type).toBe('/problems/parties/too-many-identifiers');
  });
});

describe('a party of somebody else', () => {
  it.each([
    ['PATCH', '', { displayName: 'Mine now' }],
    ['POST', '/identifiers', { scheme: 'isni', value: '000000012281955X' }],
    ['DELETE', '/identifiers/isni/000000012281955X', undefined],
    ['GET', '/mandates', undefined],
    ['GET', '/verifications', undefined],
    ['POST', '/verifications', { method: 'dns', domain: 'label.example' }],
  ] as const)('looks absent to %s %s', async (method, path, body) => {
    const { id } = (await register(ada)).json();
    const headers = { 'if-match': '"r1"' };
    const [foreign, absent] = await Promise.all(
      [id, ABSENT].map((party) =>
        registry.request(method, `/v1/parties/${party}${path}`, { as: stranger, body, headers }),
      ),
    );
    expect(foreign!.statusCode).toBe(404);
    const { instance: _one, ...seen } = foreign!.json();
    const { instance: _two, ...expected } = absent!.json();
    expect(seen).toEqual(expected);
  });
});
