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

const patch = (id: string, body: object, ifMatch?: string, as = artist.token) =>
  registry.call('PATCH', `/v1/works/${id}`, {
    as,
    body,
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
  });
const etagOf = async (id: string) =>
  String((await registry.call('GET', `/v1/works/${id}`)).headers.etag);

describe('PATCH /v1/works/{work}', () => {
  it('changes what is named, keeps the rest and gives a new ETag', async () => {
    const { id, title } = await registry.work(artist, { language: 'en' });
    const contributors = [{ name: 'Marla Glen', role: 'performer' }];
    const first = await patch(id, { contributors }, await etagOf(id));
    expect(first.json()).toMatchObject({ title, language: 'en', contributors });
    const second = await patch(id, { title: ' New ', language: null }, String(first.headers.etag));
    expect(second.json()).toMatchObject({ title: 'New', language: null, contributors });
    expect(second.headers.etag).not.toBe(first.headers.etag);
    expect(await etagOf(id)).toBe(second.headers.etag);
  });

  it('asks for the version that was read, and refuses an old one', async () => {
    const { id } = await registry.work(artist);
    const etag = await etagOf(id);
    expect((await patch(id, { title: 'A' })).statusCode).toBe(428);
    expect((await patch(id, { title: 'A' }, etag)).statusCode).toBe(200);
    const late = await patch(id, { title: 'B' }, etag);
    expect(late.statusCode).toBe(412);
    expect(late.json().currentEtag).toBe(await etagOf(id));
    expect((await patch(id, { title: 'B' }, '"something"')).statusCode).toBe(412);
  });

  it('lets one of several changes at once through', async () => {
    const { id } = await registry.work(artist);
    const etag = await etagOf(id);
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((title) => patch(id, { title }, etag)),
    );
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 412, 412, 412]);
  });

  it.each([
    [{ title: null }, '/title'],
    [{ title: '  ' }, '/title'],
    [{ releasedOn: '2024-01-01' }, '/releasedOn'],
    [{ contributors: [{ name: 'x', role: 'y', party: 'pty_none' }] }, '/contributors/0/party'],
  ])('refuses %j', async (body, pointer) => {
    const { id } = await registry.work(artist);
    const refused = await patch(id, body, await etagOf(id));
    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors[0].pointer).toBe(pointer);
  });
});

describe('the ETag of a work', () => {
  it('changes with everything that the work shows', async () => {
    const { id } = await registry.work(artist);
    const { id: sampled } = await registry.work(artist);
    const { id: catalogue } = await registry.post('/v1/catalogues', artist.token, {
      party: artist.party,
      name: 'Shown',
    });
    const isrc = { scheme: 'isrc', value: registry.isrc() };
    const steps: [string, string, object?][] = [
      ['POST', `/v1/works/${id}/identifiers`, isrc],
      ['DELETE', `/v1/works/${id}/identifiers/isrc/${isrc.value}`],
      ['POST', `/v1/works/${id}/links`, { kind: 'samples', work: sampled }],
      ['DELETE', `/v1/works/${id}/links/samples/${sampled}`],
      ['POST', `/v1/catalogues/${catalogue}/works`, { works: [id] }],
      ['DELETE', `/v1/catalogues/${catalogue}/works/${id}`],
    ];
    const seen = [await etagOf(id)];
    for (const [method, url, body] of steps) {
      await registry.done(method, url, { as: artist.token, body });
      seen.push(await etagOf(id));
    }
    expect(new Set(seen).size).toBe(steps.length + 1);
  });
});

describe('identifiers of a work', () => {
  const isrcs = (id: string) => `/v1/works/${id}/identifiers`;

  it('are added and taken away, and past answers keep them', async () => {
    const value = registry.isrc();
    const { id } = await registry.work(artist);
    const before = registry.tick();
    const added = await registry.post(isrcs(id), artist.token, { scheme: 'isrc', value });
    expect(added['identifiers']).toMatchObject([{ scheme: 'isrc', value }]);
    const during = registry.tick();
    await registry.done('DELETE', `${isrcs(id)}/isrc/${value}`, { as: artist.token });
    registry.tick();
    const result = async (asOf: string) =>
      (await registry.answer(value, 'ai', asOf && `&asOf=${asOf}`))['result'];
    expect(await result(before)).toBe('not_found');
    expect(await result(during)).toBe('found');
    expect(await result('')).toBe('not_found');
    await registry.post(isrcs(id), artist.token, { scheme: 'isrc', value });
    expect(await result('')).toBe('found');
  });

  it('are refused where they are present, wrong or gone', async () => {
    const value = registry.isrc();
    const { id } = await registry.work(artist, { identifiers: [{ scheme: 'isrc', value }] });
    const add = (body: object) => registry.refused('POST', isrcs(id), { as: artist.token, body });
    expect(await add({ scheme: 'isrc', value })).toMatchObject({
      status: 409,
      code: 'works/identifier-present',
    });
    expect(await add({ scheme: 'iswc', value: 'T-034.524.680-2' })).toMatchObject({
      pointers: ['/value'],
    });
    expect(await add({ scheme: 'barcode', value: '2' })).toMatchObject({ pointers: ['/scheme'] });
    const gone = `${isrcs(id)}/isrc/${registry.isrc()}`;
    expect(await registry.refused('DELETE', gone, { as: artist.token })).toMatchObject({
      status: 404,
      code: 'works/not-found',
    });
  });

  it('are taken by their spelling in the address, a slash too', async () => {
    const { id } = await registry.work(artist, {
      identifiers: [{ scheme: 'doi', value: '10.5555/12345678' }],
    });
    const url = `${isrcs(id)}/doi/${encodeURIComponent('10.5555/12345678')}`;
    const left = await registry.done('DELETE', url, { as: artist.token });
    expect(left['identifiers']).toEqual([]);
  });

  it('are added by many at once, each once, without starving the database of connections', async () => {
    const { id } = await registry.work(artist);
    const bodies = Array.from({ length: 12 }, () => ({ scheme: 'isrc', value: registry.isrc() }));
    const answers = await Promise.all(
      [...bodies, ...bodies].map((body) =>
        registry.call('POST', isrcs(id), { as: artist.token, body }),
      ),
    );
    const codes = answers.map((answer) => answer.statusCode);
    expect(codes.filter((code) => code === 201)).toHaveLength(12);
    expect(codes.filter((code) => code === 409)).toHaveLength(12);
  });
});

describe('GET /v1/works', () => {
  it('gives each work once while others are added', async () => {
    const mine = await registry.somebody();
    const first = new Set<string>();
    for (let at = 0; at < 7; at += 1) first.add((await registry.work(mine))['id']);
    const seen: string[] = [];
    let cursor = '';
    do {
      const url = `/v1/works?party=${mine.party}&limit=3${cursor && `&cursor=${cursor}`}`;
      const page = await registry.get(url, mine.token);
      seen.push(...page['items'].map((work: { id: string }) => work.id));
      cursor = page['nextCursor'] ?? '';
      if (seen.length < 8) await registry.work(mine);
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect([...first].every((id) => seen.includes(id))).toBe(true);
  });

  it('is for those who act for the party', async () => {
    const url = `/v1/works?party=${artist.party}`;
    expect((await registry.refused('GET', url, { as: other.token })).code).toBe(
      'parties/not-found',
    );
  });
});
