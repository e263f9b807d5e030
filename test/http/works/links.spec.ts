import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Registry, type Somebody } from '../../support/factories/registry.js';

let registry: Registry;
let artist: Somebody;
let other: Somebody;

beforeAll(async () => {
  registry = await Registry.open();
  artist = await registry.somebody();
  other = await registry.somebody();
});
afterAll(() => registry?.close());

const make = async (kind: string, by = artist, links: object[] = []): Promise<string> =>
  (await registry.work(by, { kind, links }))['id'];
const add = (from: string, kind: string, work: string) =>
  registry.call('POST', `/v1/works/${from}/links`, { as: artist.token, body: { kind, work } });

describe('links between works', () => {
  it.each([
    ['recording', 'embodies', 'composition'],
    ['video', 'embodies', 'recording'],
    ['release', 'contains', 'recording'],
    ['recording', 'samples', 'recording'],
    ['release', 'illustrated_by', 'artwork'],
  ])('lead from a %s that %s a %s, at its registration or later', async (from, kind, to) => {
    const work = await make(to);
    const early = await make(from, artist, [{ kind, work }]);
    const late = await make(from);
    expect((await add(late, kind, work)).statusCode).toBe(201);
    for (const id of [early, late]) {
      expect((await registry.get(`/v1/works/${id}`))['links']).toEqual([
        { kind, work, verified: true },
      ]);
    }
  });

  it('are refused between wrong ends, with the reason at its place', async () => {
    const recording = await make('recording');
    const release = await make('release');
    const refused = await registry.refused('POST', `/v1/works/${recording}/links`, {
      as: artist.token,
      body: { kind: 'contains', work: release },
    });
    expect(refused).toMatchObject({ status: 400, pointers: ['/kind'] });
    const body = {
      party: artist.party,
      kind: 'release',
      title: 'Wrong',
      links: [
        { kind: 'contains', work: recording },
        { kind: 'samples', work: recording },
        { kind: 'contains', work: 'wrk_none' },
      ],
    };
    const registration = await registry.refused('POST', '/v1/works', { as: artist.token, body });
    expect(registration.pointers).toEqual(['/links/1/kind', '/links/2/work']);
  });

  it('named twice in a registration are one link', async () => {
    const work = await make('recording');
    const link = { kind: 'contains', work };
    const release = await make('release', artist, [link, link]);
    expect((await registry.get(`/v1/works/${release}`))['links']).toHaveLength(1);
  });

  it('are refused where they stand, and can come back once taken away', async () => {
    const [from, to] = [await make('recording'), await make('recording')];
    await add(from, 'samples', to);
    expect((await add(from, 'samples', to)).json().type).toBe('/problems/works/link-present');
    const url = `/v1/works/${from}/links/samples/${to}`;
    expect((await registry.done('DELETE', url, { as: artist.token }))['links']).toEqual([]);
    expect((await registry.refused('DELETE', url, { as: artist.token })).status).toBe(404);
    expect((await add(from, 'samples', to)).statusCode).toBe(201);
  });

  it('close no circle: not with itself, not by way of others, not at once', async () => {
    const [a, b, c] = [await make('recording'), await make('recording'), await make('recording')];
    const circle = { statusCode: 422 };
    expect(await add(a, 'samples', a)).toMatchObject(circle);
    await add(a, 'samples', b);
    await add(b, 'samples', c);
    expect(await add(c, 'samples', a)).toMatchObject(circle);
    for (let turn = 0; turn < 5; turn += 1) {
      const [d, e] = [await make('recording'), await make('recording')];
      const both = await Promise.all([add(d, 'samples', e), add(e, 'samples', d)]);
      expect(both.map((answer) => answer.statusCode).sort()).toEqual([201, 422]);
    }
  });

  it('to works of others are verified only when a proven party makes them', async () => {
    const theirs = await make('recording', other);
    const proven = await registry.somebody();
    await registry.prove(proven.party, 2);
    for (const [by, verified] of [
      [artist, false],
      [proven, true],
    ] as const) {
      const id = await make('recording', by, [{ kind: 'samples', work: theirs }]);
      expect((await registry.get(`/v1/works/${id}`))['links']).toMatchObject([{ verified }]);
    }
  });
});

describe('catalogues', () => {
  const create = async (name: string, by = artist): Promise<string> =>
    (await registry.post('/v1/catalogues', by.token, { party: by.party, name }))['id'];
  const put = (id: string, works: string[], as = artist.token) =>
    registry.call('POST', `/v1/catalogues/${id}/works`, { as, body: { works } });

  it('have one name each within the party, and never a blank one', async () => {
    await create('Early recordings');
    const refuse = (name: string, by = artist) =>
      registry.refused('POST', '/v1/catalogues', {
        as: by.token,
        body: { party: by.party, name },
      });
    expect((await refuse(' Early recordings ')).code).toBe('works/catalogue-name-taken');
    expect((await refuse('   ')).pointers).toEqual(['/name']);
    expect(await create('Early recordings', other)).toMatch(/^cat_/);
  });

  it('take 1,000 works at once, each once, and name those that are none', async () => {
    const id = await create('Everything');
    const [{ work }] = (await registry.sql<{ work: string }>(
      `SELECT work_id AS work FROM works WHERE registrant_party_id = $1 LIMIT 1`,
      [artist.party],
    )) as [{ work: string }];
    await registry.sql(
      `INSERT INTO works (work_id, kind, title, registrant_party_id, recorded_at, leaf_index)
       SELECT 'wrk_bulk' || n, 'recording', 'Bulk', $1, now(), 0 FROM generate_series(1, 998) n`,
      [artist.party],
    );
    const bulk = Array.from({ length: 998 }, (_, at) => `wrk_bulk${at + 1}`);
    expect((await put(id, [work, ...bulk, work])).json()).toEqual({ added: 999 });
    expect((await put(id, [work])).json()).toEqual({ added: 0 });
    const refused = await put(id, [work, 'wrk_none', 'wrk_nothing']);
    expect(refused.json().errors.map((e: { pointer: string }) => e.pointer)).toEqual([
      '/works/1',
      '/works/2',
    ]);
    expect((await put(id, [...bulk, work, 'a', 'b'])).json().errors[0].pointer).toBe('/works');
  });

  it('lose a work once, and past answers keep it', async () => {
    const id = await create('Withdrawn later');
    const { isrc, recording } = await registry.song(artist);
    await registry.prove(artist.party);
    await put(id, [recording]);
    await registry.declare(artist, {
      subject: { kind: 'catalogue', id },
      terms: [{ purpose: 'ai.search', decision: 'allow' }],
    });
    const before = registry.tick();
    const url = `/v1/catalogues/${id}/works/${recording}`;
    await registry.done('DELETE', url, { as: artist.token });
    registry.tick();
    expect(await registry.outcome(isrc, 'ai.search', `&asOf=${before}`)).toBe('permitted');
    expect(await registry.outcome(isrc, 'ai.search')).toBe('unknown');
    expect((await registry.refused('DELETE', url, { as: artist.token })).status).toBe(404);
    expect((await registry.get(`/v1/catalogues/${id}/works`, artist.token))['items']).toEqual([]);
  });

  it('of others look absent, and their names stand on no page of a work', async () => {
    const { id: work } = await registry.work(artist);
    const theirs = await create('Songs I mean to steal', other);
    const mine = await create('Songs of mine');
    await put(theirs, [work], other.token);
    await put(mine, [work]);
    expect((await registry.get(`/v1/works/${work}`))['catalogues']).toEqual([
      { id: mine, party: artist.party, name: 'Songs of mine' },
    ]);
    for (const [method, url] of [
      ['GET', `/v1/catalogues/${theirs}`],
      ['GET', `/v1/catalogues/${theirs}/works`],
      ['DELETE', `/v1/catalogues/${theirs}/works/${work}`],
    ] as const) {
      const foreign = await registry.refused(method, url, { as: artist.token });
      const absent = await registry.refused(method, url.replace(theirs, 'cat_none'), {
        as: artist.token,
      });
      expect(foreign).toMatchObject({ status: 404, code: 'works/not-found' });
      expect(foreign.problem['detail']).toBe(absent.problem['detail']);
    }
    expect((await put(theirs, [work])).statusCode).toBe(404);
  });
});
