import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestApp, FixedClock, type TestApp } from '../../support/test-app.js';
import { statementsDuring } from './statements.js';

const START = Date.parse('2026-11-22T10:00:00Z');
const MINUTE = 60_000;

const clock = new FixedClock(START);
let t: TestApp;
let artist: string;
let archive: string;

beforeAll(async () => {
  t = await createTestApp({ clock, config: { SIGN_IN_ATTEMPTS: 1_000 } });
});
afterAll(() => t.close());
beforeEach(async () => {
  clock.set(START);
  [artist, archive] = [await t.signUp('artist'), await t.signUp('archive')];
});

const WISH = { name: 'nightly crawl', scopes: ['lookup:read'] };
const create = (as: string, body: unknown = WISH, headers?: Record<string, string>) =>
  t.request('POST', '/v1/api-keys', { as, body, headers });
const newKey = async (as: string, body: unknown = WISH) => (await create(as, body)).json();
const statusOf = async (secret: string) =>
  (await t.request('GET', '/v1/account', { as: secret })).statusCode;
const keysOf = async (as: string) => (await t.request('GET', '/v1/api-keys', { as })).json().items;
const stored = (sql: string, parameters: unknown[]) => t.app.get(DataSource).query(sql, parameters);

describe('POST /v1/api-keys', () => {
  it('gives the secret once and shows its end from then on', async () => {
    const answer = await create(artist);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['cache-control']).toBe('no-store');
    const key = answer.json();
    expect(key.secret).toMatch(/^fmt_live_[0-9A-Za-z]{36}$/);
    const [listed] = await keysOf(artist);
    expect(listed).toEqual({
      id: key.id,
      name: 'nightly crawl',
      lastFour: key.secret.slice(-4),
      scopes: ['lookup:read'],
      createdAt: '2026-11-22T10:00:00.000Z',
      expiresAt: null,
      lastUsedAt: null,
    });
  });

  it('leaves the secret nowhere in the database', async () => {
    const headers = { 'idempotency-key': 'key-1' };
    const { secret } = (await create(artist, WISH, headers)).json();
    const found = await stored(
      `SELECT 1 FROM api_keys k WHERE k.secret_hash = sha256($1::bytea)
       UNION ALL SELECT 2 FROM api_keys k WHERE k::text LIKE '%' || $2 || '%'
       UNION ALL SELECT 3 FROM idempotency_keys i WHERE i::text LIKE '%' || $2 || '%'`,
      [Buffer.from(secret), secret.slice(9, -4)],
    );
    expect(found).toEqual([{ '?column?': 1 }]);
  });

  it('repeats the answer for an Idempotency-Key without the secret', async () => {
    const headers = { 'idempotency-key': 'key-2' };
    const first = (await create(artist, WISH, headers)).json();
    const again = await create(artist, WISH, headers);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.json()).toEqual({ ...first, secret: null });
    expect(await keysOf(artist)).toHaveLength(1);
  });

  it('refuses a scope that the account does not have, and names it', async () => {
    const answer = await create(archive, { name: 'x', scopes: ['lookup:read', 'consent:declare'] });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toEqual([
      { pointer: '/scopes/1', detail: expect.stringContaining('consent:declare') },
    ]);
  });

  it.each([
    ['no scopes', { ...WISH, scopes: [] }, '/scopes'],
    ['a scope twice', { ...WISH, scopes: ['lookup:read', 'lookup:read'] }, '/scopes'],
    ['an unknown scope', { ...WISH, scopes: ['everything'] }, '/scopes'],
    ['a member of Object', { ...WISH, scopes: ['toString'] }, '/scopes'],
    ['a scope as text', { ...WISH, scopes: 'lookup:read' }, '/scopes'],
    ['a nested scope', { ...WISH, scopes: [['lookup:read']] }, '/scopes'],
    ['no name', { scopes: WISH.scopes }, '/name'],
    ['a list for a name', { ...WISH, name: ['x'] }, '/name'],
    ['an end that has passed', { ...WISH, expiresAt: '2026-11-22T10:00:00Z' }, '/expiresAt'],
    ['an end without an offset', { ...WISH, expiresAt: '2031-01-01T00:00:00' }, '/expiresAt'],
    ['an end on no day', { ...WISH, expiresAt: '2031-02-31T25:00:00Z' }, '/expiresAt'],
    ['a number for an end', { ...WISH, expiresAt: 1 }, '/expiresAt'],
    ['a hash of its own', { ...WISH, secretHash: 'x' }, '/secretHash'],
    ['an owner', { ...WISH, accountId: 'acc_1' }, '/accountId'],
  ])('refuses %s', async (_, body, pointer) => {
    const answer = await create(artist, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].pointer).toBe(pointer);
    expect(await keysOf(artist)).toEqual([]);
  });

  it('is not for API keys: a stolen one must not breed others', async () => {
    const { secret } = await newKey(artist, { name: 'manager', scopes: ['account:manage'] });
    const answer = await create(secret);
    expect(answer.statusCode).toBe(403);
    expect(answer.json().type).toBe('/problems/accounts/session-required');
  });

  it('stops at a hundred keys', async () => {
    const { id } = await newKey(artist);
    await stored(
      `INSERT INTO api_keys (api_key_id, account_id, name, secret_hash, last_four, scopes, created_at)
       SELECT 'key_' || n, account_id, name, sha256(n::text::bytea), '0000', scopes, created_at
       FROM api_keys, generate_series(1, 99) n WHERE api_key_id = $1`,
      [id],
    );
    const answer = await create(artist);
    expect(answer.statusCode).toBe(409);
    expect(answer.json().type).toBe('/problems/accounts/too-many-keys');
    await t.request('DELETE', `/v1/api-keys/${id}`, { as: artist });
    expect((await create(artist)).statusCode).toBe(201);
  });
});

describe('an API key', () => {
  it('may do what it was made for and nothing else, and is told what it lacks', async () => {
    const { secret } = await newKey(artist);
    expect(await statusOf(secret)).toBe(200);
    const answer = await t.request('GET', '/v1/api-keys', { as: secret });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({
      type: '/problems/accounts/not-allowed',
      scope: 'account:manage',
      detail: expect.stringContaining('account:manage'),
    });
  });

  it('does not show the address of its owner unless it manages the account', async () => {
    const { secret } = await newKey(artist);
    const shown = (await t.request('GET', '/v1/account', { as: secret })).json();
    expect(shown).toMatchObject({ email: null, scopes: ['lookup:read'], roles: ['artist'] });
  });

  it('loses a scope with the role that gave it', async () => {
    const { id, secret } = await newKey(artist, { ...WISH, scopes: ['consent:declare'] });
    await stored(
      `UPDATE accounts SET roles = '{archive}'
       WHERE account_id = (SELECT account_id FROM api_keys WHERE api_key_id = $1)`,
      [id],
    );
    const shown = (await t.request('GET', '/v1/account', { as: secret })).json();
    expect(shown.scopes).toEqual([]);
  });

  it('is refused without touching the database when one character is wrong', async () => {
    const { secret } = await newKey(artist);
    const answers: number[] = [];
    const statements = await statementsDuring(async () => {
      for (let at = 9; at < secret.length; at++) {
        const wrong = secret[at] === 'x' ? 'y' : 'x';
        answers.push(await statusOf(secret.slice(0, at) + wrong + secret.slice(at + 1)));
      }
    });
    expect(answers).toEqual(Array(36).fill(401));
    expect(statements).toEqual([]);
  });

  it('is refused without touching the database when it is no key of ours', async () => {
    const statements = await statementsDuring(async () => {
      for (const secret of ['x', 'ghp_0123', 'a'.repeat(10_000), 'fmt_live_', 'fses_short']) {
        expect(await statusOf(secret)).toBe(401);
      }
    });
    expect(statements).toEqual([]);
  });

  it('costs one statement to know, and none for half a minute after', async () => {
    const { secret } = await newKey(artist);
    const use = async () => {
      const sql = await statementsDuring(() => statusOf(secret));
      return sql.filter((text) => text.includes('api_keys')).length;
    };
    // The first use is also written down.
    expect([await use(), await use(), await use()]).toEqual([2, 0, 0]);
    clock.advance(30_000);
    expect(await use()).toBe(1);
    clock.advance(30_000);
    expect(await use()).toBe(2);
  });

  it('stops at its end, whatever the cache remembers', async () => {
    const { secret } = await newKey(artist, { ...WISH, expiresAt: '2026-11-22T11:00:05+01:00' });
    clock.advance(4_999);
    expect(await statusOf(secret)).toBe(200);
    clock.advance(1);
    expect(await statusOf(secret)).toBe(401);
  });

  it('tells when it was last used, to the minute', async () => {
    const { secret } = await newKey(artist);
    const manager = await t.signUp('artist');
    for (const seconds of [0, 30, 59]) {
      clock.set(START + seconds * 1_000);
      await statusOf(secret);
    }
    expect((await keysOf(artist))[0].lastUsedAt).toBe('2026-11-22T10:00:00.000Z');
    clock.set(START + MINUTE);
    await statusOf(secret);
    expect((await keysOf(artist))[0].lastUsedAt).toBe('2026-11-22T10:01:00.000Z');
    expect(await keysOf(manager)).toEqual([]);
  });
});

describe('DELETE /v1/api-keys/{id}', () => {
  it('revokes at once and leaves the others', async () => {
    const [lost, kept] = [await newKey(artist), await newKey(artist)];
    expect([await statusOf(lost.secret), await statusOf(kept.secret)]).toEqual([200, 200]);
    const answer = await t.request('DELETE', `/v1/api-keys/${lost.id}`, { as: artist });
    expect(answer.statusCode).toBe(204);
    expect([await statusOf(lost.secret), await statusOf(kept.secret)]).toEqual([401, 200]);
    expect(await keysOf(artist)).toHaveLength(1);
  });

  it('answers for a foreign key as for one that never was, and leaves it', async () => {
    const { id, secret } = await newKey(artist);
    const bodies = new Set<string>();
    for (const wanted of [id, 'key_01k9zj5v9ve8sr2m0g7c4h1xqd', 'x']) {
      const answer = await t.request('DELETE', `/v1/api-keys/${wanted}`, { as: archive });
      expect(answer.statusCode).toBe(404);
      const { instance: _, ...body } = answer.json();
      bodies.add(JSON.stringify(body));
    }
    expect(bodies.size).toBe(1);
    expect(await statusOf(secret)).toBe(200);
  });
});
