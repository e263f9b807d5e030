import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestApp, FixedClock, type TestApp } from '../../support/test-app.js';
import { statementsDuring } from './statements.js';

const PASSWORD = 'tin roof, cold tea, loud harbour';
const MINUTE = 60_000;
const START = Date.parse('2026-11-22T10:00:00Z');

const clock = new FixedClock(START);
let t: TestApp;
let people = 0;

beforeAll(async () => {
  t = await createTestApp({ clock, config: { SIGN_IN_ATTEMPTS: 1_000 } });
});
afterAll(() => t.close());
beforeEach(() => clock.set(START));

async function newPerson(): Promise<string> {
  const email = `person.${++people}@example.org`;
  await t.request('POST', '/v1/accounts', {
    body: { email, password: PASSWORD, displayName: 'Somebody', role: 'artist' },
  });
  return email;
}

async function signIn(email: string, password = PASSWORD, headers?: Record<string, string>) {
  return t.request('POST', '/v1/sessions', { body: { email, password }, headers });
}

const newToken = async (email?: string) =>
  (await signIn(email ?? (await newPerson()))).json().token as string;
const statusOf = async (token: string) =>
  (await t.request('GET', '/v1/account', { as: token })).statusCode;
const sessionsOf = async (token: string) =>
  (await t.request('GET', '/v1/sessions', { as: token })).json().items;

describe('POST /v1/sessions', () => {
  it('gives a token, its end and the account, and is kept by nobody on the way', async () => {
    const answer = await signIn(await newPerson());
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toMatchObject({
      id: expect.stringMatching(/^ses_/),
      token: expect.stringMatching(/^fses_[\w-]{43}$/),
      expiresAt: '2026-11-22T22:00:00.000Z',
      account: { roles: ['artist'], displayName: 'Somebody' },
    });
  });

  it('keeps the hash of the token, not the token', async () => {
    const token = await newToken();
    const rows = await t.app.get(DataSource).query(
      `SELECT 1 FROM sessions s WHERE s.token_hash = sha256($1::bytea)
       UNION ALL SELECT 2 FROM sessions s WHERE s::text LIKE '%' || $2 || '%'`,
      [Buffer.from(token), token.slice(5)],
    );
    expect(rows).toEqual([{ '?column?': 1 }]);
  });

  it('answers an unknown address and a wrong password alike, after the same statements', async () => {
    const email = await newPerson();
    const answers: { statusCode: number; body: Record<string, unknown> }[] = [];
    const attempt = async (address: string) => {
      const answer = await signIn(address, 'not the password at all');
      const { instance: _, ...body } = answer.json();
      answers.push({ statusCode: answer.statusCode, body });
    };
    const known = await statementsDuring(() => attempt(email));
    const unknown = await statementsDuring(() => attempt('nobody@example.org'));
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({
      statusCode: 401,
      body: { type: '/problems/accounts/sign-in-refused' },
    });
    expect(unknown).toEqual(known);
  });

  it('takes the address in any capitals', async () => {
    const email = await newPerson();
    expect((await signIn(` ${email.toUpperCase()} `)).statusCode).toBe(201);
  });

  it.each([
    ['a list for the password', { email: 'a@example.org', password: ['x'] }, '/password'],
    ['a list for the address', { email: ['a@example.org'], password: 'x' }, '/email'],
    ['NUL in the address', { email: 'a\0@example.org', password: 'x' }, '/email'],
    ['a huge password', { email: 'a@example.org', password: 'x'.repeat(900_000) }, '/password'],
    ['no password', { email: 'a@example.org' }, '/password'],
    ['an empty body', {}, '/email'],
    ['a list', [], ''],
    ['nothing', 'null', ''],
  ])('refuses %s', async (_, body, pointer) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await t.request('POST', '/v1/sessions', { body, headers });
    expect(answer.statusCode).toBe(400);
    if (pointer !== '') expect(answer.json().errors[0].pointer).toBe(pointer);
  });

  it('replaces the session that came with the request', async () => {
    const email = await newPerson();
    const before = await newToken(email);
    const answer = await signIn(email, PASSWORD, { authorization: `Bearer ${before}` });
    expect(await statusOf(before)).toBe(401);
    expect(await statusOf(answer.json().token)).toBe(200);
  });

  it('refuses another site that would sign its visitors in', async () => {
    const email = await newPerson();
    const answer = await signIn(email, PASSWORD, { origin: 'https://evil.example' });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().type).toBe('/problems/accounts/cross-site');
  });
});

describe('a session', () => {
  it('ends after half an hour without use', async () => {
    const token = await newToken();
    clock.advance(30 * MINUTE - 1);
    expect(await statusOf(token)).toBe(200);
    clock.advance(30 * MINUTE);
    expect(await statusOf(token)).toBe(401);
  });

  it('ends after twelve hours of steady use', async () => {
    const token = await newToken();
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      clock.advance(20 * MINUTE);
      expect(await statusOf(token)).toBe(200);
    }
    clock.set(START + 12 * 60 * MINUTE - 1);
    expect(await statusOf(token)).toBe(200);
    clock.advance(1);
    expect(await statusOf(token)).toBe(401);
  });

  it('is looked up once in half a minute and its use written once a minute', async () => {
    const token = await newToken();
    const use = () => statementsDuring(() => t.request('GET', '/v1/account', { as: token }));
    clock.advance(MINUTE);
    const first = await use();
    expect(first.filter((sql) => sql.includes('FROM sessions'))).toHaveLength(1);
    expect(first.filter((sql) => sql.includes('UPDATE sessions'))).toHaveLength(1);
    clock.advance(29_999);
    const second = await use();
    expect(second.filter((sql) => sql.includes('sessions'))).toEqual([]);
    clock.advance(1);
    const third = await use();
    expect(third.filter((sql) => sql.includes('sessions'))).toHaveLength(1);
  });

  it('ends at once when its owner signs out', async () => {
    const token = await newToken();
    expect(await statusOf(token)).toBe(200);
    const answer = await t.request('DELETE', '/v1/sessions/current', { as: token });
    expect(answer.statusCode).toBe(204);
    expect(await statusOf(token)).toBe(401);
  });
});

describe('GET /v1/sessions', () => {
  it('lists the sessions of the one who asks and says which is this one', async () => {
    const email = await newPerson();
    const [first, second] = [await newToken(email), await newToken(email)];
    await newToken();
    const listed = await sessionsOf(second);
    expect(listed.map(({ current }: { current: boolean }) => current)).toEqual([false, true]);
    expect(JSON.stringify(listed)).not.toContain(first.slice(5));
  });

  it('leaves out what has ended, in either way', async () => {
    const email = await newPerson();
    const [idle, revoked] = [await newToken(email), await newToken(email)];
    await t.request('DELETE', '/v1/sessions/current', { as: revoked });
    clock.advance(31 * MINUTE);
    const token = await newToken(email);
    expect(await statusOf(idle)).toBe(401);
    expect(await sessionsOf(token)).toHaveLength(1);
  });

  it('pages', async () => {
    const email = await newPerson();
    const tokens = [await newToken(email), await newToken(email), await newToken(email)];
    const ids: string[] = [];
    let url: string | null = '/v1/sessions?limit=2';
    while (url) {
      const answer: Awaited<ReturnType<TestApp['request']>> = await t.request('GET', url, {
        as: tokens[0]!,
      });
      const page = answer.json();
      ids.push(...page.items.map(({ id }: { id: string }) => id));
      url = page.nextCursor ? `/v1/sessions?limit=2&cursor=${page.nextCursor}` : null;
    }
    expect(new Set(ids).size).toBe(3);
  });
});

describe('DELETE /v1/sessions/{id}', () => {
  it('ends another session of the same account at once', async () => {
    const email = await newPerson();
    const [lost, kept] = [await newToken(email), await newToken(email)];
    expect(await statusOf(lost)).toBe(200);
    const [{ id }] = await sessionsOf(kept);
    const answer = await t.request('DELETE', `/v1/sessions/${id}`, { as: kept });
    expect(answer.statusCode).toBe(204);
    expect(await statusOf(lost)).toBe(401);
    expect(await statusOf(kept)).toBe(200);
  });

  it('answers for a foreign session as for one that never was, and leaves it', async () => {
    const [mine, theirs] = [await newToken(), await newToken()];
    const [{ id }] = await sessionsOf(theirs);
    const ids = [id, 'ses_01k9zj5v9ve8sr2m0g7c4h1xqd', 'ses_', 'a'.repeat(900)];
    const bodies = new Set<string>();
    for (const wanted of ids) {
      const answer = await t.request('DELETE', `/v1/sessions/${wanted}`, { as: mine });
      expect(answer.statusCode).toBe(404);
      const { instance: _, ...body } = answer.json();
      bodies.add(JSON.stringify(body));
    }
    expect(bodies.size).toBe(1);
    expect(await statusOf(theirs)).toBe(200);
  });
});

describe('PUT /v1/account/password', () => {
  const NEW = 'seven herons on a rusty crane';
  const change = (token: string, currentPassword: unknown, newPassword: unknown) =>
    t.request('PUT', '/v1/account/password', {
      as: token,
      body: { currentPassword, newPassword },
    });

  it('ends all other sessions and lets only the new password in', async () => {
    const email = await newPerson();
    const [here, elsewhere] = [await newToken(email), await newToken(email)];
    expect(await statusOf(elsewhere)).toBe(200);
    expect((await change(here, PASSWORD, NEW)).statusCode).toBe(204);
    expect(await statusOf(elsewhere)).toBe(401);
    expect(await statusOf(here)).toBe(200);
    expect((await signIn(email, PASSWORD)).statusCode).toBe(401);
    expect((await signIn(email, NEW)).statusCode).toBe(201);
  });

  it('asks for the current password', async () => {
    const answer = await change(await newToken(), 'not the password at all', NEW);
    expect(answer.statusCode).toBe(403);
    expect(answer.json().type).toBe('/problems/accounts/wrong-password');
  });

  it.each([
    ['a short one', 'short'],
    ['one with the address', 'person. person. hello'],
    ['a list', [NEW]],
    ['none', undefined],
  ])('refuses %s and keeps the old', async (what, next) => {
    const email = await newPerson();
    const token = await newToken(email);
    const wanted = what === 'one with the address' ? `my ${email} it is` : next;
    const answer = await change(token, PASSWORD, wanted);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].pointer).toBe('/newPassword');
    expect((await signIn(email)).statusCode).toBe(201);
  });

  it('leaves no session behind that was opened with the old password meanwhile', async () => {
    const email = await newPerson();
    const token = await newToken(email);
    const [changed, ...opened] = await Promise.all([
      change(token, PASSWORD, NEW),
      ...Array.from({ length: 6 }, () => signIn(email)),
    ]);
    expect(changed.statusCode).toBe(204);
    for (const answer of opened) {
      if (answer.statusCode !== 201) continue;
      expect(await statusOf(answer.json().token)).toBe(401);
    }
  });
});
