import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { OperatorGrants, Public, RequireScope } from '#accounts';
import { AccessAudit } from '../../../src/accounts/access/access-audit.service.js';
import { AccountsService } from '../../../src/accounts/accounts.service.js';
import { createTestApp, FixedClock, type TestApp } from '../../support/test-app.js';
import { statementsDuring } from './statements.js';

const statusOf = async (t: TestApp, as: string) =>
  (await t.request('GET', '/v1/account', { as })).statusCode;

describe('the access guard', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await createTestApp();
  });
  afterAll(() => t.close());

  const OWN_ROUTES = [
    ['GET', '/v1/account'],
    ['PUT', '/v1/account/password'],
    ['GET', '/v1/sessions'],
    ['DELETE', '/v1/sessions/current'],
    ['DELETE', '/v1/sessions/ses_01k9zj5v9ve8sr2m0g7c4h1xqd'],
    ['POST', '/v1/api-keys'],
    ['GET', '/v1/api-keys'],
    ['DELETE', '/v1/api-keys/key_01k9zj5v9ve8sr2m0g7c4h1xqd'],
  ] as const;

  it.each(OWN_ROUTES)('lets nobody unknown through to %s %s', async (method, url) => {
    const answer = await t.request(method, url);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="fermata"');
    expect(answer.json().type).toBe('/problems/accounts/not-signed-in');
  });

  it.each(OWN_ROUTES.slice(1))('asks for account:manage on %s %s', async (method, url) => {
    const session = await t.signUp('archive');
    const body = { name: 'looks only', scopes: ['lookup:read'] };
    const key = (await t.request('POST', '/v1/api-keys', { as: session, body })).json();
    const answer = await t.request(method, url, { as: key.secret });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().scope).toBe('account:manage');
  });

  it.each([
    'Bearer nonsense',
    'Bearer',
    'Bearer a b',
    'Basic bWFyYTpzZWNyZXQ=',
    'fmt_live_0123456789ABCDEFGHIJKLMNOPQRST2mdzPh',
    'Bearer fses_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    '',
  ])(
    'refuses the bad credential %p on a public route rather than ignore it',
    async (authorization) => {
      const answer = await t.request('POST', '/v1/accounts', {
        headers: { authorization },
        body: {},
      });
      expect(answer.statusCode).toBe(401);
    },
  );

  it('takes no credential from the address or the body', async () => {
    const token = await t.signUp('artist');
    const url = `/v1/account?access_token=${token}`;
    for (const headers of [undefined, { authorization: 'Basic bWFyYTpzZWNyZXQ=' }]) {
      expect((await t.request('GET', url, { headers })).statusCode).toBe(401);
    }
    const body = { access_token: token, name: 'x', scopes: ['lookup:read'] };
    expect((await t.request('POST', '/v1/api-keys', { body })).statusCode).toBe(401);
  });

  it('leaves passport’s marks on no request that runs beside another', async () => {
    const tokens = await Promise.all([t.signUp('artist'), t.signUp('archive')]);
    const asked = Array.from({ length: 40 }, (_, i) => tokens[i % 2]!);
    const answers = await Promise.all(
      asked.map(async (as) => (await t.request('GET', '/v1/account', { as })).json().roles[0]),
    );
    expect(answers).toEqual(asked.map((_, i) => (i % 2 ? 'archive' : 'artist')));
  });

  it('asks the database nothing for a public route without a credential', async () => {
    const statements = await statementsDuring(() =>
      t.request('POST', '/v1/sessions', { body: {} }),
    );
    expect(statements).toEqual([]);
  });
});

describe('limits', () => {
  let t: TestApp;
  beforeEach(async () => {
    t = await createTestApp({ config: { REQUESTS_PER_MINUTE: 20, SIGN_IN_ATTEMPTS: 3 } });
  });
  afterEach(() => t.close());

  const signIn = (email: string) =>
    t.request('POST', '/v1/sessions', { body: { email, password: 'not the password at all' } });

  it('let three guesses on one address through, known or not, in any spelling', async () => {
    for (const email of ['victim@example.org', 'VICTIM@example.org', ' victim@example.org']) {
      expect((await signIn(email)).statusCode).toBe(401);
    }
    const answer = await signIn('victim@example.org');
    expect(answer.statusCode).toBe(429);
    expect(answer.json().type).toBe('/problems/request/rate-limited');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await signIn('other@example.org')).statusCode).toBe(401);
  });

  it('let six hundred files of openings a minute through, apart from everything else', async () => {
    const file = () => t.request('GET', '/log/openings/no-such-file');
    const first = await file();
    expect([first.statusCode, first.headers['ratelimit']]).toEqual([
      404,
      expect.stringContaining('"openings";r=599'),
    ]);
    const others = await Promise.all(Array.from({ length: 599 }, file));
    expect(others.filter(({ statusCode }) => statusCode === 404)).toHaveLength(599);
    const refused = await file();
    expect([refused.statusCode, refused.json().type]).toEqual([
      429,
      '/problems/request/rate-limited',
    ]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await signIn('other@example.org')).statusCode).toBe(401);
  });

  it('count guesses at the current password like those at sign-in', async () => {
    const token = await t.signUp('artist');
    const guess = () =>
      t.request('PUT', '/v1/account/password', {
        as: token,
        body: { currentPassword: 'wrong', newPassword: 'seven herons on a rusty crane' },
      });
    const statuses = [await guess(), await guess(), await guess()].map((a) => a.statusCode);
    expect(statuses).toEqual([403, 403, 429]);
  });

  it('hold for an account wherever it asks from, and for an address without one', async () => {
    const token = await t.signUp('artist');
    const ask = async (as?: string) => (await t.request('GET', '/v1/account', { as })).statusCode;
    const answers: number[] = [];
    for (let i = 0; i < 21; i++) answers.push(await ask(token));
    expect(answers).toEqual([...Array(20).fill(200), 429]);
    expect(await ask()).toBe(401);
  });

  it('count bad keys on the address that sends them', async () => {
    const answers: number[] = [];
    for (let i = 0; i < 21; i++) answers.push(await statusOf(t, 'nonsense'));
    expect(answers).toEqual([...Array(20).fill(401), 429]);
  });
});

describe('a disabled account', () => {
  const clock = new FixedClock();
  let t: TestApp;
  beforeAll(async () => {
    t = await createTestApp({ clock });
  });
  afterAll(() => t.close());

  async function person() {
    const token = await t.signUp('artist');
    const account = (await t.request('GET', '/v1/account', { as: token })).json();
    const body = { name: 'x', scopes: ['lookup:read'] };
    const key = (await t.request('POST', '/v1/api-keys', { as: token, body })).json();
    expect(await statusOf(t, key.secret)).toBe(200);
    return { account, token, secret: key.secret as string };
  }

  it('loses its sessions and keys at once', async () => {
    const { account, token, secret } = await person();
    await t.app.get(AccountsService).disable(account.id);
    expect([await statusOf(t, token), await statusOf(t, secret)]).toEqual([401, 401]);
  });

  it('loses them within half a minute when another process disables it', async () => {
    const { account, token, secret } = await person();
    await t.app
      .get(DataSource)
      .query(`UPDATE accounts SET disabled_at = now() WHERE account_id = $1`, [account.id]);
    clock.advance(30_000);
    expect([await statusOf(t, token), await statusOf(t, secret)]).toEqual([401, 401]);
  });

  it('is told so at sign-in, but only who knows the password', async () => {
    const { account } = await person();
    await t.app.get(AccountsService).disable(account.id);
    const signIn = (password: string) =>
      t.request('POST', '/v1/sessions', { body: { email: account.email, password } });
    expect((await signIn('correct horse battery staple')).json().type).toBe(
      '/problems/accounts/disabled',
    );
    expect((await signIn('not the password at all')).json().type).toBe(
      '/problems/accounts/sign-in-refused',
    );
  });
});

describe('OperatorGrants', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await createTestApp();
  });
  afterAll(() => t.close());

  it('makes an operator of an account, once, and its session knows at once', async () => {
    const token = await t.signUp('auditor');
    const { email } = (await t.request('GET', '/v1/account', { as: token })).json();
    const grants = t.app.get(OperatorGrants);
    await grants.grant(` ${email.toUpperCase()}`);
    await grants.grant(email);
    const account = (await t.request('GET', '/v1/account', { as: token })).json();
    expect(account.roles).toEqual(['auditor', 'operator']);
    expect(account.scopes).toContain('operator:decide');
  });

  it('refuses an address without an account', async () => {
    await expect(t.app.get(OperatorGrants).grant('nobody@example.org')).rejects.toMatchObject({
      code: 'accounts/not-found',
    });
  });
});

describe('AccessAudit', () => {
  @Controller('open')
  class Declared {
    @Get()
    @Public()
    read(): void {}

    @Post()
    @RequireScope('works:write')
    write(): void {}

    notARoute(): void {}
  }

  @Controller('forgotten')
  class Undeclared {
    @Get('this')
    first(): void {}

    @Post('that')
    second(): void {}

    @Get('other')
    @Public()
    third(): void {}
  }

  const start = async (controllers: (typeof Declared | typeof Undeclared)[]) => {
    @Module({ imports: [DiscoveryModule], controllers, providers: [AccessAudit] })
    class Probe {}
    const app = await Test.createTestingModule({ imports: [Probe] }).compile();
    await app.init();
  };

  it('starts an application all of whose routes declare their access', async () => {
    await expect(start([Declared])).resolves.toBeUndefined();
  });

  it('refuses to start one with undeclared routes and names them all at once', async () => {
    await expect(start([Declared, Undeclared])).rejects.toThrow(
      /GET this \(Undeclared\.first\), POST that \(Undeclared\.second\)\.$/,
    );
  });
});
