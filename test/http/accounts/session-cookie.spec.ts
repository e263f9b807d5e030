import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Config } from '#platform';
import { createTestApp, type TestApp } from '../../support/test-app.js';

const PASSWORD = 'tin roof, cold tea, loud harbour';
let people = 0;

async function cookieOf(t: TestApp): Promise<string> {
  const email = `cookie.${++people}@example.org`;
  const body = { email, password: PASSWORD, displayName: 'Somebody', role: 'artist' };
  await t.request('POST', '/v1/accounts', { body });
  const answer = await t.request('POST', '/v1/sessions', { body: { email, password: PASSWORD } });
  return String(answer.headers['set-cookie']);
}

function describeCookie(
  title: string,
  config: Partial<Config>,
  rules: (app: () => TestApp) => void,
): void {
  describe(title, () => {
    let t: TestApp;
    beforeAll(async () => {
      t = await createTestApp({ config });
    });
    afterAll(() => t.close());
    rules(() => t);
  });
}

describeCookie(
  'the session cookie under https',
  { PUBLIC_URL: 'https://fermata.example' },
  (app) => {
    it('is bound to this host, to https and away from scripts', async () => {
      expect(await cookieOf(app())).toMatch(
        /^__Host-fermata=fses_[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
    });

    it('lets a change pass from the public address', async () => {
      const cookie = (await cookieOf(app())).split(';')[0]!;
      const answer = await app().request('DELETE', '/v1/sessions/current', {
        headers: { cookie, origin: 'https://fermata.example', 'sec-fetch-site': 'same-origin' },
      });
      expect(answer.statusCode).toBe(204);
    });
  },
);

describeCookie('the session cookie under plain http', {}, (app) => {
  const own = { origin: 'http://localhost:80', host: 'localhost:80' };
  const newKey = (headers: Record<string, string>) =>
    app().request('POST', '/v1/api-keys', {
      headers,
      body: { name: 'from a page', scopes: ['lookup:read'] },
    });
  const pair = async () => (await cookieOf(app())).split(';')[0]!;

  it('has no Secure, which browsers would refuse, and another name', async () => {
    expect(await cookieOf(app())).toMatch(
      /^fermata=fses_[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('signs its owner in', async () => {
    const answer = await app().request('GET', '/v1/account', { headers: { cookie: await pair() } });
    expect(answer.statusCode).toBe(200);
  });

  it('lets a change pass from our own page', async () => {
    expect((await newKey({ cookie: await pair(), ...own })).statusCode).toBe(201);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    [
      'another origin that claims to be the same',
      {
        origin: 'https://evil.example',
        'sec-fetch-site': 'same-origin',
      },
    ],
    ['a sandboxed page', { origin: 'null' }],
    ['another site', { ...own, 'sec-fetch-site': 'cross-site' }],
    ['a neighbour on the same site', { ...own, 'sec-fetch-site': 'same-site' }],
    ['an unsaid place', {}],
  ])('refuses a change from %s', async (_, headers) => {
    const cookie = await pair();
    const answer = await newKey({ cookie, ...(headers as Record<string, string>) });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().type).toBe('/problems/accounts/cross-site');
    const listed = await app().request('GET', '/v1/api-keys', { headers: { cookie } });
    expect(listed.json().items).toEqual([]);
  });

  it('carries no API key', async () => {
    const { secret } = (await newKey({ cookie: await pair(), ...own })).json();
    const good = await app().request('GET', '/v1/account', { as: secret });
    expect(good.statusCode).toBe(200);
    const answer = await app().request('GET', '/v1/account', {
      headers: { cookie: `fermata=${secret}` },
    });
    expect(answer.statusCode).toBe(401);
  });

  it('is taken back when it has ended, and keeps nobody from signing in again', async () => {
    const cookie = await pair();
    await app().request('DELETE', '/v1/sessions/current', { headers: { cookie, ...own } });
    const answer = await app().request('POST', '/v1/sessions', {
      headers: { cookie, ...own },
      body: { email: `cookie.${people}@example.org`, password: PASSWORD },
    });
    expect(answer.statusCode).toBe(201);
    const refused = await app().request('GET', '/v1/account', { headers: { cookie } });
    expect(refused.statusCode).toBe(401);
    expect(String(refused.headers['set-cookie'])).toMatch(/^fermata=; .*Expires=Thu, 01 Jan 1970/);
  });

  it('is taken back at sign-out', async () => {
    const answer = await app().request('DELETE', '/v1/sessions/current', {
      headers: { cookie: await pair(), ...own },
    });
    expect(answer.statusCode).toBe(204);
    expect(String(answer.headers['set-cookie'])).toMatch(/^fermata=;/);
  });

  it('gives way to an Authorization header', async () => {
    const answer = await app().request('GET', '/v1/account', {
      headers: { cookie: await pair(), authorization: 'Bearer nonsense' },
    });
    expect(answer.statusCode).toBe(401);
  });
});
