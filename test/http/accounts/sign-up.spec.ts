import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { PasswordHasher } from '../../../src/accounts/password-hasher.service.js';
import { createTestApp, type TestApp } from '../../support/test-app.js';

const PASSWORD = 'tin roof, cold tea, loud harbour';
const MARA = {
  email: 'Mara@Example.org',
  password: PASSWORD,
  displayName: 'Mara Lind',
  role: 'artist',
};

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp({ config: { SIGN_IN_ATTEMPTS: 1_000 } });
  // Other tests lower what a hash costs; this one takes it as it is.
  t.app.get(PasswordHasher, { strict: false }).cost = new PasswordHasher().cost;
});
afterAll(() => t.close());

const signUp = (body: unknown, headers?: Record<string, string>) =>
  t.request('POST', '/v1/accounts', { body, headers });
const count = async () => {
  const [{ n }] = await t.app.get(DataSource).query(`SELECT count(*)::int AS n FROM accounts`);
  return n as number;
};

describe('POST /v1/accounts', () => {
  it('makes an account that shows the address as typed and the scopes of its role', async () => {
    const answer = await signUp(MARA);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe('/v1/account');
    expect(answer.json()).toMatchObject({
      id: expect.stringMatching(/^acc_[0-9a-z]{26}$/),
      email: 'Mara@Example.org',
      displayName: 'Mara Lind',
      roles: ['artist'],
      scopes: expect.arrayContaining(['consent:declare']),
    });
    expect(answer.body).not.toContain('argon2');
  });

  it('stores an Argon2id hash of at least the cost that OWASP names', async () => {
    const [row] = await t.app
      .get(DataSource)
      .query(`SELECT password_hash FROM accounts WHERE email_key = 'mara@example.org'`);
    expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it.each([' mara@example.org', 'MARA@EXAMPLE.ORG', 'ｍａｒａ@example.org'])(
    'refuses %p as taken: spaces, capitals and width make no other address',
    async (email) => {
      const answer = await signUp({ ...MARA, email });
      expect(answer.statusCode).toBe(409);
      expect(answer.json().type).toBe('/problems/accounts/email-taken');
    },
  );

  it('makes one account of two sign-ups at one moment', async () => {
    const twin = { ...MARA, email: 'twin@example.org' };
    const answers = await Promise.all([signUp(twin), signUp(twin), signUp(twin)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409]);
  });

  it('says what is wrong with a weak password, and where', async () => {
    const answer = await signUp({ ...MARA, email: 'weak@example.org', password: 'too short' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toEqual([
      { pointer: '/password', detail: expect.stringContaining('at least 15 characters') },
    ]);
  });

  it.each([
    ['an operator', { ...MARA, role: 'operator' }, '/role'],
    ['no role', { ...MARA, role: undefined }, '/role'],
    ['a list of roles', { ...MARA, role: ['artist'] }, '/role'],
    ['more members', { ...MARA, roles: ['operator'] }, '/roles'],
    ['an id of its own', { ...MARA, accountId: 'acc_1' }, '/accountId'],
    ['a list of addresses', { ...MARA, email: ['mara@example.org'] }, '/email'],
    ['an object for an address', { ...MARA, email: { $ne: null } }, '/email'],
    ['NUL in the address', { ...MARA, email: 'ma\0ra@example.org' }, '/email'],
    ['half a surrogate pair', { ...MARA, displayName: 'Mara \ud800' }, '/displayName'],
    ['a second line in the name', { ...MARA, displayName: 'Mara\nLind' }, '/displayName'],
    ['a turned name', { ...MARA, displayName: '\u202eadminL araM' }, '/displayName'],
    ['an empty name', { ...MARA, displayName: '   ' }, '/displayName'],
    ['a list of passwords', { ...MARA, password: [PASSWORD] }, '/password'],
    ['a long password', { ...MARA, password: 'ab'.repeat(129) + '!' }, '/password'],
    ['a huge password', { ...MARA, password: 'ab'.repeat(400_000) }, '/password'],
    ['a password of the name', { ...MARA, password: 'here comes mara lind' }, '/password'],
  ])('refuses %s, names the place and stores nothing', async (_, body, pointer) => {
    const before = await count();
    const answer = await signUp(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].pointer).toBe(pointer);
    expect(await count()).toBe(before);
  });

  it('answers a repeated Idempotency-Key again without a second account', async () => {
    const body = { ...MARA, email: 'again@example.org' };
    const first = await signUp(body, { 'idempotency-key': 'sign-up-1' });
    const again = await signUp(body, { 'idempotency-key': 'sign-up-1' });
    expect(again.statusCode).toBe(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.json()).toEqual(first.json());
  });

  it('keeps nothing of the password beside its hash, not even in a digest of the request', async () => {
    const body = { ...MARA, email: 'digest@example.org' };
    await signUp(body, { 'idempotency-key': 'digest-1' });
    const other = { ...body, password: 'another password altogether' };
    const answer = await signUp(other, { 'idempotency-key': 'digest-1' });
    // Were the password part of the digest, this would be refused as another request.
    expect(answer.headers['idempotency-replayed']).toBe('true');
  });
});
