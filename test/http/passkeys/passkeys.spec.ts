import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentialCommitment } from '#passkeys/domain';
import { Registry, type Somebody } from '../../support/factories/registry.js';
import { SoftAuthenticator } from '../../support/soft-authenticator.js';
import { Signer } from './signer.js';

let registry: Registry;
let ines: Somebody;
let stranger: Somebody;

beforeAll(async () => {
  registry = await Registry.open();
  ines = await registry.somebody();
  stranger = await registry.somebody();
});

afterAll(() => registry.close());

const leavesOf = async (stream: string) =>
  (
    await registry.sql<{ entry: Buffer }>(
      `SELECT entry FROM log_leaves WHERE stream_key = $1 ORDER BY leaf_index`,
      [stream],
    )
  ).map(({ entry }) => JSON.parse(entry.toString()));

const binding = (label: string, credential: object, as = ines.token) => ({
  as,
  body: { label, credential },
});

describe('binding a passkey', () => {
  it('stands in the log as a commitment that the salt opens, and so does revoking it', async () => {
    const signer = new Signer(registry, ines);
    const bound = await signer.bind();
    expect(bound).toMatchObject({ state: 'active', label: 'my telephone', lastUsedAt: null });
    await registry.done('DELETE', signer.url(`/passkeys/${bound['id']}`), { as: ines.token });
    const [row] = await registry.sql(
      `SELECT salt, public_key FROM passkeys WHERE passkey_id = $1`,
      [bound['id']],
    );
    expect(row!['public_key']).toEqual(signer.authenticator.publicKey);
    const digest = credentialCommitment(row!['salt'], row!['public_key']).toString('hex');
    expect(bound['commitment']).toBe(digest);
    const about = { type: 'key', party: ines.party, use: 'declare', digest };
    expect(await leavesOf(bound['id'])).toMatchObject([
      { ...about, state: 'added', n: 1 },
      { ...about, state: 'revoked', n: 2 },
    ]);
    const { passkeys } = await registry.get(signer.url('/passkeys'), ines.token);
    expect(passkeys).toMatchObject([{ id: bound['id'], state: 'revoked' }]);
    const again = await registry.refused('DELETE', signer.url(`/passkeys/${bound['id']}`), {
      as: ines.token,
    });
    expect(again.code).toBe('passkeys/already-revoked');
  });

  it('asks for a verified user and names nobody', async () => {
    const options = await new Signer(registry, ines).bindingOptions();
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Fermata' },
      attestation: 'none',
      authenticatorSelection: { userVerification: 'required' },
    });
    expect(Buffer.from(options['challenge'], 'base64url')).toHaveLength(32);
    const account = (await registry.get('/v1/account', ines.token))['id'];
    expect(Buffer.from(options['user'].id, 'base64url').toString()).not.toContain(account);
  });

  it.each([
    ['on another site', { origin: 'https://evil.example' }],
    ['for another host', { rpId: 'evil.example' }],
    ['with nobody verified', { flags: 0x41 }],
    ['as a signature', { type: 'webauthn.get' }],
  ])('is refused when it was made %s', async (_, how) => {
    const signer = new Signer(registry, ines);
    const credential = signer.authenticator.create(await signer.bindingOptions(), how);
    const refused = await registry.refused(
      'POST',
      signer.url('/passkeys'),
      binding('it', credential),
    );
    expect([refused.status, refused.code]).toEqual([422, 'passkeys/refused']);
  });

  it('takes each challenge once, in time, and from the account and party it was given to', async () => {
    const signer = new Signer(registry, ines);
    const url = signer.url('/passkeys');
    const credential = signer.authenticator.create(await signer.bindingOptions());
    await registry.done('POST', url, binding('first', credential));
    expect((await registry.refused('POST', url, binding('again', credential))).code).toBe(
      'passkeys/refused',
    );

    const late = new SoftAuthenticator().create(await signer.bindingOptions());
    registry.clock.advance(5 * 60_000);
    expect((await registry.refused('POST', url, binding('late', late))).code).toBe(
      'passkeys/refused',
    );

    const own = new Signer(registry, stranger);
    const taken = own.authenticator.create(await signer.bindingOptions());
    const foreign = binding('it', taken, stranger.token);
    expect((await registry.refused('POST', own.url('/passkeys'), foreign)).code).toBe(
      'passkeys/refused',
    );
  });

  it('binds a credential to a party once', async () => {
    const signer = new Signer(registry, ines);
    await signer.bind();
    const credential = signer.authenticator.create(await signer.bindingOptions());
    const refused = await registry.refused(
      'POST',
      signer.url('/passkeys'),
      binding('it', credential),
    );
    expect([refused.code, refused.problem['passkey']]).toEqual([
      'passkeys/already-bound',
      signer.passkey,
    ]);
  });

  it('is for members who signed in, not for strangers, representatives or API keys', async () => {
    const signer = new Signer(registry, ines);
    await registry.mandate(ines, stranger, { rights: ['consent'] });
    for (const [method, path] of [
      ['POST', '/passkeys/options'],
      ['GET', '/passkeys'],
      ['GET', '/passkey-policy'],
    ] as const) {
      const { code } = await registry.refused(method, signer.url(path), {
        as: stranger.token,
        ...(method === 'POST' && { body: {} }),
      });
      expect([path, code]).toEqual([path, 'parties/not-found']);
    }
    const { secret } = await registry.post('/v1/api-keys', ines.token, {
      name: 'nightly',
      scopes: ['parties:write'],
    });
    const refused = await registry.refused('POST', signer.url('/passkeys/options'), {
      as: secret,
      body: {},
    });
    expect(refused.code).toBe('accounts/session-required');
  });

  it.each([
    [{}, '/credential/id'],
    [{ id: 7 }, '/credential/id'],
    [{ id: 'x'.repeat(2_000) }, '/credential/id'],
    [{ id: 'AAAA', rawId: 'BBBB' }, '/credential/rawId'],
    [{ response: { attestationObject: {} } }, '/credential/response/attestationObject'],
    [{ response: null }, '/credential/response/clientDataJSON'],
  ])('names what is wrong with the form of %j', async (credential, pointer) => {
    const url = new Signer(registry, ines).url('/passkeys');
    const refused = await registry.refused('POST', url, binding('it', credential));
    expect(refused.code).toBe('request/invalid');
    expect(refused.pointers).toContain(pointer);
  });

  it('refuses bytes that are no attestation without falling over', async () => {
    const signer = new Signer(registry, ines);
    const good = signer.authenticator.create(await signer.bindingOptions());
    const response = good['response'] as Record<string, string>;
    const attempts = ['AAAA', 'gA', 'v_____', response['attestationObject']!.slice(0, 90)].map(
      (attestationObject) => ({ ...good, response: { ...response, attestationObject } }),
    );
    const garbled = { ...good, response: { ...response, clientDataJSON: 'AAAA' } };
    for (const credential of [...attempts, garbled]) {
      const { code } = await registry.refused(
        'POST',
        signer.url('/passkeys'),
        binding('it', credential),
      );
      expect(code).toBe('passkeys/refused');
    }
  });
});
