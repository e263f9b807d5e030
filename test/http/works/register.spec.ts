import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Registry, type Somebody } from '../../support/factories/registry.js';

let registry: Registry;
let artist: Somebody;

beforeAll(async () => {
  registry = await Registry.open();
  artist = await registry.somebody();
});
afterAll(() => registry?.close());

const refuse = (body: object) =>
  registry.refused('POST', '/v1/works', {
    as: artist.token,
    body: { party: artist.party, kind: 'recording', title: 'Harbour Lights', ...body },
  });

describe('POST /v1/works', () => {
  it.each([
    ['recording', 'isrc', 'us-ug1-19-04206', 'USUG11904206'],
    ['composition', 'iswc', 'T-034.524.680-1', 'T0345246801'],
    ['release', 'gtin', '036000291452', '00036000291452'],
    ['artwork', 'doi', 'https://doi.org/10.1000/182', '10.1000/182'],
    ['text', 'isbn', '0-306-40615-2', '9780306406157'],
    ['image', 'sha256', `sha256:${'AB'.repeat(32)}`, 'ab'.repeat(32)],
    [
      'video',
      'spotify-track',
      'https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC',
      '4uLU6hMCjMI75M1A2tKUQC',
    ],
  ])(
    'keeps a %s’s %s as typed and stores its canonical form',
    async (kind, scheme, typed, value) => {
      const body = { kind, identifiers: [{ scheme, value: typed }] };
      const { id } = await registry.work(artist, body);
      expect(await registry.get(`/v1/works/${id}`)).toMatchObject({
        kind,
        party: artist.party,
        identifiers: [{ typed, value, display: expect.any(String) }],
      });
    },
  );

  it('keeps contributors in order, names trimmed, and leads to those that are parties', async () => {
    const contributors = [
      { name: ' Marla Glen ', role: 'performer', party: artist.party },
      { name: 'A. Writer', role: 'songwriter', party: null },
    ];
    const made = await registry.work(artist, { title: '  Harbour Lights ', contributors });
    expect(made).toMatchObject({
      title: 'Harbour Lights',
      contributors: [
        { name: 'Marla Glen', role: 'performer', party: artist.party },
        { name: 'A. Writer', role: 'songwriter', party: null },
      ],
    });
  });

  it('names every contributor that is no party, and no other', async () => {
    const names = ['one', 'two', 'three'].map((name) => ({ name, role: 'performer' }));
    const contributors = [
      { ...names[0], party: artist.party },
      { ...names[1], party: 'pty_01k9zj5v9ve8sr2m0g7c4h1xqd' },
      { ...names[2], party: null },
    ];
    expect(await refuse({ contributors })).toMatchObject({
      status: 400,
      pointers: ['/contributors/1/party'],
    });
  });

  it('says at the place of a wrong check digit which one was expected', async () => {
    const identifiers = [
      { scheme: 'isrc', value: 'USUG11904206' },
      { scheme: 'iswc', value: 'T-034.524.680-2' },
    ];
    const refused = await refuse({ identifiers });
    expect(refused.pointers).toEqual(['/identifiers/1/value']);
    expect(refused.details[0]).toMatch(/\b1\b/);
  });

  it.each([
    ['a scheme that there is not', { scheme: 'barcode', value: '1' }, '/identifiers/0/scheme'],
    ['an identifier of people', { scheme: 'ipi', value: '00014107338' }, '/identifiers/0/scheme'],
    ['text that is none', { scheme: 'isrc', value: 'HELLO' }, '/identifiers/0/value'],
  ])('refuses %s', async (_, identifier, pointer) => {
    expect((await refuse({ identifiers: [identifier] })).pointers).toEqual([pointer]);
  });

  it.each([
    ['a title of spaces', { title: ' \t ' }, '/title'],
    ['a day that no calendar has', { releasedOn: '2023-02-30' }, '/releasedOn'],
    ['the year 0', { releasedOn: '0000-01-01' }, '/releasedOn'],
    ['an unknown kind', { kind: 'poem' }, '/kind'],
    [
      'a contributor without a name',
      { contributors: [{ name: ' ', role: 'x' }] },
      '/contributors/0/name',
    ],
    ['a language that is none', { language: 'english please' }, '/language'],
    ['fields of its own', { level: 4 }, '/level'],
  ])('refuses %s', async (_, body, pointer) => {
    const refused = await refuse(body);
    expect(refused.status).toBe(400);
    expect(refused.pointers).toContain(pointer);
  });

  it('takes a leap day', async () => {
    const made = await registry.work(artist, { releasedOn: '2024-02-29' });
    expect(made['releasedOn']).toBe('2024-02-29');
  });

  it('takes the same identifier twice for one', async () => {
    const identifiers = ['US-UG1-19-04206', 'usug11904206'].map((value) => ({
      scheme: 'isrc',
      value,
    }));
    const made = await registry.work(artist, { identifiers });
    expect(made['identifiers']).toMatchObject([{ typed: 'US-UG1-19-04206' }]);
  });

  it('lets one identifier lead to many works, all of which a lookup names', async () => {
    const isrc = registry.isrc();
    const other = await registry.somebody();
    const identifiers = [{ scheme: 'isrc', value: isrc }];
    const mine = await registry.work(artist, { identifiers });
    const theirs = await registry.work(other, { identifiers });
    const answer = await registry.answer(isrc, 'ai.search');
    expect(answer['works'].map((work: { workId: string }) => work.workId).sort()).toEqual(
      [mine['id'], theirs['id']].sort(),
    );
  });

  it('registers a release of 150 recordings and refuses a larger one by name of the field', async () => {
    const track = await registry.work(artist);
    const tracks = [track['id']];
    while (tracks.length < 150) tracks.push((await registry.work(artist))['id']);
    const links = tracks.map((work) => ({ kind: 'contains', work }));
    const identifiers = Array.from({ length: 50 }, () => ({
      scheme: 'isrc',
      value: registry.isrc(),
    }));
    const release = await registry.work(artist, { kind: 'release', links, identifiers });
    expect(release['links']).toHaveLength(150);
    const more = [...links, { kind: 'contains', work: track['id'] }];
    expect(await refuse({ kind: 'release', links: more })).toMatchObject({
      status: 400,
      pointers: ['/links'],
    });
  });

  it('is refused for a party that is not one’s own as if there were none', async () => {
    const { party } = await registry.somebody();
    expect(await refuse({ party })).toMatchObject({ status: 404, code: 'parties/not-found' });
    expect(await refuse({ party: 'nobody' })).toMatchObject({ code: 'parties/not-found' });
  });
});

describe('Idempotency-Key', () => {
  const send = (key: string, body: object) =>
    registry.call('POST', '/v1/works', {
      as: artist.token,
      headers: { 'idempotency-key': key },
      body: { party: artist.party, kind: 'recording', title: 'Once', ...body },
    });
  const countTitled = async (title: string) =>
    (await registry.sql(`SELECT work_id FROM works WHERE title = $1`, [title])).length;

  it('gives the first answer again to the same request, and stores one work', async () => {
    const first = await send('key-1', { title: 'Once only' });
    const again = await send('key-1', { title: 'Once only' });
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.statusCode).toBe(201);
    expect(again.headers.location).toBe(first.headers.location);
    expect(again.headers.etag).toBe(first.headers.etag);
    expect(again.json()).toEqual(first.json());
    expect(await countTitled('Once only')).toBe(1);
  });

  it('refuses another body under the same key', async () => {
    await send('key-2', { title: 'The first' });
    const other = await send('key-2', { title: 'The second' });
    expect(other.statusCode).toBe(422);
    expect(other.json().type).toBe('/problems/request/idempotency-key-reused');
    expect(await countTitled('The second')).toBe(0);
  });

  it('makes one work of several requests at once', async () => {
    const title = 'At once';
    const answers = await Promise.all(Array.from({ length: 5 }, () => send('key-3', { title })));
    const made = answers.filter((answer) => answer.statusCode === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map((answer) => answer.json().id)).size).toBe(1);
    const rest = answers.filter((answer) => answer.statusCode !== 201);
    expect(rest.every((answer) => answer.statusCode === 409)).toBe(true);
    expect(await countTitled(title)).toBe(1);
  });

  it('stays free for the mended request when the first one was refused', async () => {
    expect((await send('key-4', { releasedOn: '2023-02-30' })).statusCode).toBe(400);
    expect((await send('key-4', { releasedOn: '2023-02-28' })).statusCode).toBe(201);
  });

  it('of another account is another key', async () => {
    const other = await registry.somebody();
    const mine = await send('key-5', {});
    const theirs = await registry.call('POST', '/v1/works', {
      as: other.token,
      headers: { 'idempotency-key': 'key-5' },
      body: { party: other.party, kind: 'recording', title: 'Once' },
    });
    expect(theirs.statusCode).toBe(201);
    expect(theirs.json().id).not.toBe(mine.json().id);
  });
});
