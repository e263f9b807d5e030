import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Registry, type Somebody, type Song } from '../../support/factories/registry.js';

const TRAIN = 'ai.train.generative';

let registry: Registry;
let artist: Somebody;
let builder: Somebody;
let agent: Somebody;
let song: Song;

beforeAll(async () => {
  registry = await Registry.open();
  artist = await registry.somebody();
  builder = await registry.somebody('dataset_builder', 'dataset_builder');
  agent = await registry.somebody('representative', 'agent');
  await registry.prove(artist.party);
  await registry.declare(artist, { terms: [{ purpose: 'ai', decision: 'deny' }] });
  song = await registry.song(artist);
});
afterAll(() => registry?.close());

const grant = (by: Somebody, body: object = {}) =>
  registry.call('POST', '/v1/licences', {
    as: by.token,
    body: {
      grantor: by.party,
      grantee: builder.party,
      works: [song.recording],
      purposes: [TRAIN],
      layers: ['recording', 'composition'],
      ...body,
    },
  });
const granted = async (by: Somebody, body: object = {}): Promise<string> => {
  const answer = await grant(by, body);
  expect(answer.json()).toMatchObject({ id: expect.stringMatching(/^lic_/) });
  return answer.json().id;
};
const codeOf = async (answer: ReturnType<typeof grant>) =>
  (await answer).json().type.replace('/problems/', '');
const outcomeFor = async (by: Somebody | null, { isrc }: Song, purpose = TRAIN) => {
  const query = by ? `&inquirer=${by.party}` : '';
  const answer = await registry.answer(isrc, purpose, query, by?.token);
  return answer['purposes'][purpose].outcome;
};

describe('a licence', () => {
  it('changes the answer of its grantee, where it says so, and never the public one', async () => {
    const own = await registry.song(artist);
    const id = await granted(artist, { works: [own.recording] });
    expect(await outcomeFor(builder, own)).toBe('permitted');
    expect(await outcomeFor(null, own)).toBe('denied');
    expect(await outcomeFor(agent, own)).toBe('denied');
    expect(await outcomeFor(builder, own, 'ai.input')).toBe('denied');
    expect(await outcomeFor(builder, song)).toBe('denied');
    const answer = await registry.answer(
      own.isrc,
      TRAIN,
      `&inquirer=${builder.party}`,
      builder.token,
    );
    expect(answer['purposes'][TRAIN].basis).toContain(`licence:${id}`);
  });

  it('counts only for who is a member of the grantee', async () => {
    const url = `/v1/lookup/isrc/${song.isrc}?inquirer=${builder.party}`;
    expect((await registry.refused('GET', url, { as: artist.token })).status).toBe(400);
    expect((await registry.refused('GET', url)).status).toBe(400);
  });

  it('ends when it is revoked, and past answers keep it', async () => {
    const own = await registry.song(artist);
    const id = await granted(artist, { works: [own.recording] });
    const before = registry.tick();
    const url = `/v1/licences/${id}/revoke`;
    const ended = await registry.post(url, artist.token);
    expect(ended['revokedAt']).toBe(new Date(registry.clock.now()).toISOString());
    expect(await outcomeFor(builder, own)).toBe('denied');
    registry.tick();
    const query = `&inquirer=${builder.party}&asOf=${before}`;
    const past = await registry.answer(own.isrc, TRAIN, query, builder.token);
    expect(past['purposes'][TRAIN].outcome).toBe('permitted');
    expect((await registry.post(url, artist.token))['revokedAt']).toBe(ended['revokedAt']);
  });

  it('runs from and until when it says', async () => {
    const own = await registry.song(artist);
    const at = (ms: number) => new Date(registry.clock.now() + ms).toISOString();
    const validity = { validFrom: at(60_000), validUntil: at(120_000) };
    await granted(artist, { works: [own.recording], ...validity });
    const outcomes = [];
    for (let turn = 0; turn < 3; turn += 1) {
      outcomes.push(await outcomeFor(builder, own));
      registry.clock.advance(60_000);
    }
    expect(outcomes).toEqual(['denied', 'permitted', 'denied']);
    const refused = await grant(artist, { validUntil: at(0) });
    expect(refused.json().errors[0].pointer).toBe('/validUntil');
  });

  it('holds in its territory', async () => {
    const own = await registry.song(artist);
    const territory = { include: ['FR'], exclude: null };
    const body = { works: [own.recording], territory };
    expect((await grant(artist, body)).json().territory).toEqual({ include: ['FR'] });
    expect(await outcomeFor(builder, own)).toBe('denied');
    await granted(artist, { ...body, territory: { include: ['EU'] } });
    expect(await outcomeFor(builder, own)).toBe('permitted');
  });

  it('is read by its two sides and looks absent to everyone else', async () => {
    const id = await granted(artist);
    for (const { token } of [artist, builder]) {
      expect((await registry.get(`/v1/licences/${id}`, token))['id']).toBe(id);
    }
    const url = `/v1/licences/${id}`;
    const foreign = await registry.refused('GET', url, { as: agent.token });
    const absent = await registry.refused('GET', '/v1/licences/lic_none', { as: agent.token });
    expect([foreign.status, foreign.code]).toEqual([404, 'licensing/not-found']);
    expect(foreign.problem['detail']).toBe(absent.problem['detail']);
    expect((await registry.refused('POST', `${url}/revoke`, { as: agent.token })).status).toBe(404);
    const list = await registry.get(`/v1/licences?grantor=${artist.party}&limit=1`, artist.token);
    expect(list).toMatchObject({ items: [expect.anything()], nextCursor: expect.any(String) });
    const foreignList = `/v1/licences?grantor=${artist.party}`;
    expect((await registry.refused('GET', foreignList, { as: agent.token })).status).toBe(404);
  });

  it('is not revoked by its grantee', async () => {
    const side = await registry.somebody();
    const id = await granted(artist, { grantee: side.party });
    const url = `/v1/licences/${id}/revoke`;
    expect((await registry.refused('POST', url, { as: side.token })).status).toBe(404);
    expect((await registry.get(`/v1/licences/${id}`, side.token))['revokedAt']).toBeNull();
  });
});

describe('who grants', () => {
  const shared = async (shares: object[]): Promise<{ holders: Somebody[]; work: string }> => {
    const { id: work } = await registry.work(artist);
    const holders: Somebody[] = [];
    for (const body of shares) {
      const holder = await registry.somebody();
      const { level = 3, ...claim } = body as { level?: number };
      if (level > 0) await registry.prove(holder.party, level);
      await registry.claim(holder, { work, ...claim });
      holders.push(holder);
    }
    return { holders, work };
  };
  const tries = async (shares: object[], body: object = {}) => {
    const { holders, work } = await shared(shares);
    const answers = [];
    for (const holder of holders) {
      const answer = await grant(holder, { works: [work], layers: ['recording'], ...body });
      answers.push(answer.statusCode);
    }
    return answers;
  };

  it.each<[string, object[], number[]]>([
    ['a verified holder of the whole', [{}], [201]],
    ['no unverified holder', [{ level: 1 }], [422]],
    ['no holder of a part', [{ sharePpm: 999_999 }], [422]],
    ['no joint holder', [{ sharePpm: 500_000 }, { sharePpm: 500_000 }], [422, 422]],
    ['neither of two who claim the whole', [{}, {}], [422, 422]],
    ['an exclusive holder beside others', [{ exclusive: true, sharePpm: 1 }, {}], [201, 422]],
    ['neither of two exclusive holders', [{ exclusive: true }, { exclusive: true }], [422, 422]],
    ['a known owner, whatever a stranger claims', [{}, { level: 0 }], [201, 422]],
    ['no holder elsewhere', [{ territory: { include: ['US'] } }], [422]],
  ])('is %s', async (_, shares, expected) => {
    expect(await tries(shares)).toEqual(expected);
  });

  it('is the holder of a territory, for that territory', async () => {
    const shares = [{ territory: { include: ['EU'] } }, { territory: { include: ['US'] } }];
    expect(await tries(shares, { territory: { include: ['DE'] } })).toEqual([201, 422]);
    expect(await tries(shares, { territory: { include: ['DE', 'US'] } })).toEqual([422, 422]);
  });

  it('holds every composition that the recording embodies, or grants none', async () => {
    const other = await registry.somebody();
    const { recording } = await registry.song(artist);
    const { id: foreign } = await registry.work(other, { kind: 'composition' });
    await registry.post(`/v1/works/${recording}/links`, artist.token, {
      kind: 'embodies',
      work: foreign,
    });
    const refused = (await grant(artist, { works: [recording] })).json();
    expect(refused).toMatchObject({ status: 422, work: recording, layer: 'composition' });
    expect((await grant(artist, { works: [recording], layers: ['recording'] })).statusCode).toBe(
      201,
    );
    const { id: lonely } = await registry.work(artist);
    await registry.claim(artist, { work: lonely });
    expect(await codeOf(grant(artist, { works: [lonely] }))).toBe('licensing/not-alone');
  });

  it('never licenses a composition that is linked later and is somebody else’s', async () => {
    const other = await registry.somebody();
    const own = await registry.song(artist);
    await granted(artist, { works: [own.recording] });
    expect(await outcomeFor(builder, own)).toBe('permitted');
    const { id: later } = await registry.work(other, { kind: 'composition' });
    const link = { kind: 'embodies', work: later };
    await registry.post(`/v1/works/${own.recording}/links`, artist.token, link);
    expect(await outcomeFor(builder, own)).toBe('unknown');
  });

  it('names works and parties that are there', async () => {
    const errors = async (body: object) => (await grant(artist, body)).json().errors;
    expect(await errors({ works: [song.recording, 'wrk_none'] })).toMatchObject([
      { pointer: '/works/1' },
    ]);
    expect(await errors({ grantee: 'pty_none' })).toMatchObject([{ pointer: '/grantee' }]);
    expect(await codeOf(grant(agent, { grantor: artist.party }))).toBe('parties/not-found');
  });

  it('is a representative too, within its mandate, which also lets it revoke', async () => {
    await registry.mandate(artist, agent, {
      rights: ['licence'],
      purposes: ['ai.train'],
      territory: { include: ['EU'] },
    });
    const acting = { token: agent.token, party: artist.party };
    const territory = { include: ['DE'] };
    expect(await codeOf(grant(acting))).toBe('licensing/beyond-mandate');
    expect(await codeOf(grant(acting, { territory, purposes: [TRAIN, 'access.stream'] }))).toBe(
      'licensing/beyond-mandate',
    );
    const id = await granted(acting, { territory });
    expect((await registry.get(`/v1/licences/${id}`, agent.token))['grantor']).toBe(artist.party);
    const ended = await registry.post(`/v1/licences/${id}/revoke`, agent.token);
    expect(ended['revokedAt']).not.toBeNull();
  });
});
