import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkAuthorisation } from '#passkeys/domain';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';
import { Signer } from './signer.js';

let registry: Registry;
let ines: Somebody;
let signer: Signer;

beforeAll(async () => {
  registry = await Registry.open();
  ines = await registry.somebody();
  signer = new Signer(registry, ines);
  await signer.bind();
});

afterAll(() => registry.close());

const DENY = { terms: [{ purpose: 'ai', decision: 'deny' }] };
const ALLOW = { terms: [{ purpose: 'ai', decision: 'allow' }] };

const declare = async (body: Json): Promise<Json[]> =>
  (await registry.post('/v1/declarations', ines.token, body))['declarations'];

const refusedDeclaration = (body: Json, as = ines.token) =>
  registry.refused('POST', '/v1/declarations', { as, body });

const entryAt = async (index: number): Promise<Json> => {
  const [row] = await registry.sql(`SELECT entry FROM log_leaves WHERE leaf_index = $1`, [index]);
  return JSON.parse(row!['entry'].toString());
};

describe('a signed declaration', () => {
  it('can be checked offline, layer by layer, from its document and two leaves', async () => {
    const made = await declare(await signer.signed({ ...DENY, layers: ['recording', 'text'] }));
    expect(made.map((one) => one['authorisedBy'])).toEqual(['passkey', 'passkey']);
    for (const { id } of made) {
      const document = await registry.get(`/v1/declarations/${id}/authorisation`);
      const [leaf, keyLeaf] = [
        await entryAt(document['logIndex']),
        await entryAt(document['keyLogIndex']),
      ];
      expect(leaf['declaration']).toBe(id);
      const evidence = { leaf, keyLeaf, origin: 'http://localhost:3000', rpId: 'localhost' };
      expect(checkAuthorisation(document, evidence)).toEqual({ ok: true });
      expect(checkAuthorisation(document, { ...evidence, origin: 'https://x.example' }).ok).toBe(
        false,
      );
    }
  });

  it('shows in answers who signed, and says nothing where the registry alone vouches', async () => {
    const song = await registry.song(ines);
    const [signed] = await declare(
      await signer.signed({ ...DENY, subject: { kind: 'work', id: song.recording } }),
    );
    const unsigned = await registry.declare(ines, {
      ...DENY,
      subject: { kind: 'work', id: song.composition },
    });
    expect(unsigned[0]!['authorisedBy']).toBe('registry');
    const { decidedBy } = (await registry.answer(song.isrc, 'ai.train'))['purposes']['ai.train'];
    const byLayer = new Map(decidedBy.map((one: Json) => [one['layer'], one]));
    expect(byLayer.get('recording')).toMatchObject({
      auth: 'passkey',
      declarationId: signed!['id'],
    });
    expect(byLayer.get('composition')).not.toHaveProperty('auth');
    const none = await registry.refused(
      'GET',
      `/v1/declarations/${unsigned[0]!['id']}/authorisation`,
    );
    expect(none.code).toBe('consent/not-signed');
  });

  it('shows in answers about a past moment too', async () => {
    const song = await registry.song(ines);
    await declare(await signer.signed({ ...DENY, subject: { kind: 'work', id: song.recording } }));
    const then = registry.tick();
    await registry.declare(ines, { ...ALLOW, subject: { kind: 'work', id: song.recording } });
    const query = `&asOf=${encodeURIComponent(then)}`;
    const { decidedBy } = (await registry.answer(song.isrc, 'ai.train', query))['purposes'][
      'ai.train'
    ];
    expect(decidedBy.find((one: Json) => one['layer'] === 'recording')['auth']).toBe('passkey');
  });

  it.each<[string, Json]>([
    ['other terms', ALLOW],
    ['another end', { effectiveUntil: '2027-01-01T00:00:00Z' }],
    ['another start', { effectiveFrom: '2026-09-01T00:00:00Z' }],
    ['other layers', { layers: ['recording'] }],
    ['a territory', { territory: { include: ['DE'] } }],
    ['a predecessor', { replaces: 'dec_01kaq9x3n6fq2s7v4c8b5d0e1g' }],
  ])('is refused with %s than were signed', async (_, change) => {
    const body = await signer.signed(DENY);
    const refused = await refusedDeclaration({ ...body, ...change });
    expect([refused.status, refused.code]).toEqual([422, 'passkeys/refused']);
  });

  it('counts once, and in time', async () => {
    const body = await signer.signed(DENY);
    await declare(body);
    expect((await refusedDeclaration(body)).code).toBe('passkeys/refused');
    const late = await signer.signed(DENY);
    registry.clock.advance(5 * 60_000);
    expect((await refusedDeclaration(late)).code).toBe('passkeys/refused');
  });

  it('counts once when it is sent twice at the same moment', async () => {
    const body = await signer.signed(DENY);
    const send = () => registry.call('POST', '/v1/declarations', { as: ines.token, body });
    const codes = (await Promise.all([send(), send(), send()])).map((one) => one.statusCode);
    expect(codes.sort()).toEqual([201, 422, 422]);
  });

  it.each([
    ['nobody verified', { flags: 0x01 }],
    ['another site', { origin: 'https://evil.example' }],
    ['a copied key, whose counter stands still', { counter: 1 }],
  ])('is refused with %s', async (_, how) => {
    const refused = await refusedDeclaration(await signer.signed(DENY, how));
    expect([refused.status, refused.code]).toEqual([422, 'passkeys/refused']);
  });

  it('is refused from a passkey of another member, another party, or none', async () => {
    const other = await registry.somebody();
    const theirs = new Signer(registry, other);
    expect(
      await registry.refused('POST', '/v1/declarations/signing-options', {
        as: other.token,
        body: { party: other.party, subject: { kind: 'party' }, ...DENY },
      }),
    ).toMatchObject({ status: 409, code: 'passkeys/none-bound' });
    await theirs.bind();
    const body = { party: ines.party, subject: { kind: 'party' }, ...DENY };
    const options = await registry.post('/v1/declarations/signing-options', ines.token, body);
    const assertion = theirs.authenticator.get(options['publicKey']);
    const { code } = await refusedDeclaration({ ...body, assertion, nonce: options['nonce'] });
    expect(code).toBe('passkeys/refused');
  });

  it('counts once under its key, and is answered again though its challenge is used', async () => {
    const body = await signer.signed({ ...DENY, layers: ['artwork'] });
    const send = () =>
      registry.call('POST', '/v1/declarations', {
        as: ines.token,
        headers: { 'idempotency-key': 'signed-once' },
        body,
      });
    const [first, again] = [await send(), await send()];
    expect(first.statusCode).toBe(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.headers.location).toBe(first.headers.location);
    expect(again.json()).toEqual(first.json());
  });

  it('leaves nothing behind where it is refused', async () => {
    const count = async () =>
      (
        await registry.sql(`SELECT (SELECT size FROM log_head) AS size,
          (SELECT count(*) FROM passkey_assertions) AS kept, (SELECT count(*) FROM declarations)`)
      )[0];
    const body = await signer.signed({ ...DENY, replaces: 'dec_01kaq9x3n6fq2s7v4c8b5d0e1g' });
    const before = await count();
    expect((await refusedDeclaration(body)).code).toBe('consent/predecessor-stale');
    expect(await count()).toEqual(before);
  });

  it.each([
    [{ assertion: {} }, '/assertion/id'],
    [{ nonce: 'AAAA' }, '/assertion/id'],
    [{ assertion: { response: [] }, nonce: 'AAAA' }, '/nonce'],
  ])('names what is wrong with the form of %j', async (part, pointer) => {
    const body = { party: ines.party, subject: { kind: 'party' }, ...DENY, ...part };
    const refused = await refusedDeclaration(body);
    expect([refused.code, refused.pointers.includes(pointer)]).toEqual(['request/invalid', true]);
  });
});

describe('a signed withdrawal', () => {
  it('is signed for that declaration and nothing else', async () => {
    const [first] = await registry.declare(ines, { ...DENY, layers: ['video'] });
    const url = `/v1/declarations/${first!['id']}/withdrawal`;
    const signature = await signer.sign(`${url}/signing-options`, {});
    const terms = { afterWithdrawal: { existingCopies: 'keep_dark' } };
    const changed = await registry.refused('POST', url, {
      as: ines.token,
      body: { ...signature, ...terms },
    });
    expect(changed.code).toBe('passkeys/refused');
    const withdrawn = await registry.post(url, ines.token, signature);
    expect(withdrawn).toMatchObject({ withdraws: first!['id'], authorisedBy: 'passkey' });
    const document = await registry.get(`/v1/declarations/${withdrawn['id']}/authorisation`);
    const leaf = await entryAt(document['logIndex']);
    const keyLeaf = await entryAt(document['keyLogIndex']);
    const evidence = { leaf, keyLeaf, origin: 'http://localhost:3000', rpId: 'localhost' };
    expect(checkAuthorisation(document, evidence)).toEqual({ ok: true });
  });
});

describe('a party that asks for its passkey', () => {
  it('is widened by no unsigned declaration, and narrowed by any', async () => {
    const artist = await registry.somebody();
    const key = new Signer(registry, artist);
    const policy = key.url('/passkey-policy');
    const put = (body: Json) => ({ as: artist.token, body });
    const none = await registry.refused('PUT', policy, put({ requirePasskey: true }));
    expect(none.code).toBe('passkeys/none-bound');
    await key.bind();
    expect(await registry.done('PUT', policy, put({ requirePasskey: true }))).toMatchObject({
      requirePasskey: true,
    });

    const wish = (terms: object[]) => ({ party: artist.party, subject: { kind: 'party' }, terms });
    const preserve = { purpose: 'preservation', decision: 'deny' };
    await registry.declare(artist, { terms: [...DENY.terms, preserve] });
    const refused = await refusedDeclaration(wish(ALLOW.terms), artist.token);
    expect([refused.status, refused.code]).toEqual([403, 'passkeys/signature-required']);
    // Saying less than before could let something broader step in.
    expect((await refusedDeclaration(wish(DENY.terms), artist.token)).code).toBe(
      'passkeys/signature-required',
    );
    const signed = await key.signed(ALLOW);
    const { declarations } = await registry.post('/v1/declarations', artist.token, signed);
    await registry.post(`/v1/declarations/${declarations[0].id}/withdrawal`, artist.token, {});
  });

  it('lets nobody bind another passkey or loosen this without a signature', async () => {
    const artist = await registry.somebody();
    const key = new Signer(registry, artist);
    await key.bind();
    const policy = key.url('/passkey-policy');
    const put = (body: Json) => ({ as: artist.token, body });
    await registry.done('PUT', policy, put({ requirePasskey: true }));
    const thief = new Signer(registry, artist);
    const options = { as: artist.token, body: {} };
    expect((await registry.refused('POST', key.url('/passkeys/options'), options)).code).toBe(
      'passkeys/signature-required',
    );
    expect((await registry.refused('PUT', policy, put({ requirePasskey: false }))).code).toBe(
      'passkeys/signature-required',
    );
    const forBinding = await key.sign(key.url('/passkeys/signing-options'), { act: 'bind' });
    const misused = await registry.refused(
      'PUT',
      policy,
      put({ requirePasskey: false, ...forBinding }),
    );
    expect(misused.code).toBe('passkeys/refused');
    await thief.bind(await key.sign(key.url('/passkeys/signing-options'), { act: 'bind' }));
    const loosen = await key.sign(key.url('/passkeys/signing-options'), { act: 'loosen' });
    expect(
      await registry.done('PUT', policy, put({ requirePasskey: false, ...loosen })),
    ).toMatchObject({ requirePasskey: false, since: null });
  });

  it('does not count what a revoked passkey signs', async () => {
    const artist = await registry.somebody();
    const key = new Signer(registry, artist);
    await key.bind();
    const body = await key.signed(ALLOW);
    await registry.done('DELETE', key.url(`/passkeys/${key.passkey}`), { as: artist.token });
    expect((await refusedDeclaration(body, artist.token)).code).toBe('passkeys/refused');
  });

  it('that lost them all binds another after an operator revoked them, and is told', async () => {
    const artist = await registry.somebody();
    const [first, second] = [new Signer(registry, artist), new Signer(registry, artist)];
    await first.bind();
    await second.bind();
    const policy = first.url('/passkey-policy');
    await registry.done('PUT', policy, { as: artist.token, body: { requirePasskey: true } });
    const url = `/v1/operator/parties/${artist.party}/passkeys/recovery`;
    const body = { reason: 'both telephones sank, seen by video call' };
    expect((await registry.refused('POST', url, { as: artist.token, body })).status).toBe(403);
    const operator = await registry.operator();
    expect((await registry.refused('POST', url, { as: operator, body: {} })).status).toBe(400);
    expect(await registry.post(url, operator, body)).toEqual({ revoked: 2 });

    const { passkeys } = await registry.get(first.url('/passkeys'), artist.token);
    expect(passkeys.map((one: Json) => one['state'])).toEqual(['revoked', 'revoked']);
    expect(await registry.get(policy, artist.token)).toMatchObject({ requirePasskey: false });
    const told = await registry.sql<{ entry: Buffer }>(
      `SELECT entry FROM log_concerns JOIN log_leaves USING (leaf_index)
       WHERE party_id = $1 AND leaf_type = 'key' AND stream_version = 2 ORDER BY leaf_index`,
      [artist.party],
    );
    expect(told.map(({ entry }) => JSON.parse(String(entry)))).toMatchObject(
      [first.passkey, second.passkey].sort().map((stream) => ({ stream, state: 'revoked' })),
    );
    // Nothing is left to recover, of a party that exists or does not.
    for (const id of [artist.party, 'pty_0']) {
      const again = await registry.refused('POST', url.replace(artist.party, id), {
        ...{ as: operator, body },
      });
      expect([again.status, again.code]).toEqual([404, 'passkeys/not-found']);
    }
    const third = new Signer(registry, artist);
    await third.bind();
    await registry.post('/v1/declarations', artist.token, await third.signed(ALLOW));
  });
});
