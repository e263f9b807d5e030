import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listRoutes } from '#portal';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';

/** A write on things of the owner's, with a body that is right but for who sends it. */
interface Write {
  method: string;
  path: string;
  ids?: Record<string, string>;
  body?: object;
  headers?: Record<string, string>;
}

let registry: Registry;
let owner: Somebody;
let stranger: Somebody;
let auditor: string;
let writes: Write[];

beforeAll(async () => {
  registry = await Registry.open();
  owner = await registry.somebody();
  stranger = await registry.somebody();
  auditor = await registry.app.signUp('auditor');
  writes = await listWrites();
});
afterAll(() => registry?.close());

/** In an order in which the owner can do all of them. */
async function listWrites(): Promise<Write[]> {
  const { party } = owner;
  await registry.prove(party);
  const song = await registry.song(owner);
  const { id: sampled } = await registry.work(owner);
  const { id: catalogue } = await registry.post('/v1/catalogues', owner.token, {
    party,
    name: 'First',
  });
  const terms = [{ purpose: 'ai', decision: 'deny' }];
  const [declaration] = await registry.declare(owner, { terms, layers: ['text'] });
  const licence = {
    grantor: party,
    grantee: stranger.party,
    works: [song.recording],
    purposes: ['ai'],
    layers: ['recording'],
  };
  // Of a licence the grantee is no stranger: this one is granted to the owner itself.
  const given = await registry.post('/v1/licences', owner.token, { ...licence, grantee: party });
  const isrc = { scheme: 'isrc', value: registry.isrc() };
  const work = song.recording;
  return [
    { method: 'POST', path: '/v1/works', body: { party, kind: 'text', title: 'T' } },
    {
      method: 'PATCH',
      path: '/v1/works/{work}',
      ids: { work },
      body: { title: 'T' },
      headers: { 'if-match': '"r1"' },
    },
    { method: 'POST', path: '/v1/works/{work}/identifiers', ids: { work }, body: isrc },
    {
      method: 'DELETE',
      path: '/v1/works/{work}/identifiers/{scheme}/{value}',
      ids: { work, ...isrc },
    },
    {
      method: 'POST',
      path: '/v1/works/{work}/links',
      ids: { work },
      body: { kind: 'samples', work: sampled },
    },
    {
      method: 'DELETE',
      path: '/v1/works/{work}/links/{kind}/{other}',
      ids: { work, kind: 'samples', other: sampled },
    },
    { method: 'POST', path: '/v1/catalogues', body: { party, name: 'Second' } },
    {
      method: 'POST',
      path: '/v1/catalogues/{catalogue}/works',
      ids: { catalogue },
      body: { works: [work] },
    },
    { method: 'DELETE', path: '/v1/catalogues/{catalogue}/works/{work}', ids: { catalogue, work } },
    { method: 'POST', path: '/v1/songs', body: { party, title: 'T' } },
    {
      method: 'POST',
      path: '/v1/claims',
      body: { party, work: sampled, layer: 'recording', role: 'owner' },
    },
    {
      method: 'POST',
      path: '/v1/declarations',
      body: { party, subject: { kind: 'party' }, terms, layers: ['recording'] },
    },
    {
      method: 'POST',
      path: '/v1/declarations/signing-options',
      body: { party, subject: { kind: 'party' }, terms, layers: ['recording'] },
    },
    {
      method: 'POST',
      path: '/v1/declarations/{declaration}/withdrawal/signing-options',
      ids: { declaration: declaration!['id'] },
      body: {},
    },
    {
      method: 'POST',
      path: '/v1/declarations/{declaration}/withdrawal',
      ids: { declaration: declaration!['id'] },
      body: {},
    },
    { method: 'POST', path: '/v1/licences', body: licence },
    { method: 'POST', path: '/v1/licences/{licence}/revoke', ids: { licence: given['id'] } },
    { method: 'POST', path: '/v1/claims/{claim}/withdraw', ids: { claim: song.claims[1] } },
  ];
}

const send = ({ method, path, ids, body, headers }: Write, as?: string) =>
  registry.call(
    method,
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids![name]!),
    {
      body,
      headers,
      as,
    },
  );
const all = async (as?: string): Promise<string[]> => {
  const answers: string[] = [];
  for (const write of writes) {
    const { statusCode } = await send(write, as);
    answers.push(`${write.method} ${write.path} ${statusCode}`);
  }
  return answers;
};
const expected = (status: number) =>
  writes.map(({ method, path }) => `${method} ${path} ${status}`);
const stored = async () => (await registry.sql(`SELECT size FROM log_head`))[0];

describe('every write of works, claims, consent and licences', () => {
  it('is in the list of this test', () => {
    const modules = /^\/v1\/(?:works|catalogues|songs|claims|declarations|licences)\b/;
    const routes = listRoutes(registry.app.app)
      .filter(({ method, path }) => method !== 'GET' && modules.test(path))
      .filter(({ access }) => access.kind !== 'public')
      // Archives say these, whoever owns the work: test/http/claims/disputes.spec.ts.
      .filter(({ path }) => !/\/(?:custodies|triggers)\b/.test(path))
      .map(({ method, path }) => `${method} ${path}`);
    expect(writes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(routes.sort());
  });

  it.each<[string, number, () => string | undefined]>([
    ['to who has not signed in', 401, () => undefined],
    ['to an account without the scope', 403, () => auditor],
    ['to a stranger, for whom there is nothing', 404, () => stranger.token],
  ])('is refused %s', async (_, status, as) => {
    const before = await stored();
    expect(await all(as())).toEqual(expected(status));
    expect(await stored()).toEqual(before);
  });

  it('tells a stranger no more than of what is not there', async () => {
    for (const write of writes) {
      if (!write.ids) continue;
      const [name] = Object.keys(write.ids);
      const absent = { ...write, ids: { ...write.ids, [name!]: 'nothing' } };
      const [foreign, none] = [
        await send(write, stranger.token),
        await send(absent, stranger.token),
      ];
      const told = (problem: Json) => [problem['type'], problem['title'], problem['detail']];
      expect(told(foreign.json())).toEqual(told(none.json()));
    }
  });

  it('is done for the owner', async () => {
    const answers = await all(owner.token);
    // Only whoever has bound a passkey can sign; that there is none is told to the owner alone.
    const isDone = (answer: string) => / 20[01]$| 204$|signing-options 409$/.test(answer);
    expect(answers.filter((answer) => !isDone(answer))).toEqual([]);
  });
});

describe('a decision on a claim', () => {
  it('is for operators alone', async () => {
    const { claims } = await registry.song(owner);
    const url = `/v1/operator/claims/${claims[0]}/verification`;
    const body = { level: 4, evidence: 'I am the owner, believe me' };
    expect((await registry.refused('POST', url, { body })).status).toBe(401);
    expect((await registry.refused('POST', url, { body, as: owner.token })).status).toBe(403);
    const none = url.replace(claims[0], 'clm_none');
    const as = await registry.operator();
    expect((await registry.refused('POST', none, { body, as })).code).toBe('claims/not-found');
  });
});
