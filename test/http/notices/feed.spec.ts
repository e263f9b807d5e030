import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';

let registry: Registry;
let ines: Somebody;
let juno: Somebody;

beforeAll(async () => {
  registry = await Registry.open(undefined, { LOG_SIGNER: true });
  ines = await registry.somebody();
  juno = await registry.somebody();
});

afterAll(() => registry.close());

const feedOf = ({ party, token }: Somebody, query = ''): Promise<Json> =>
  registry.get(`/v1/parties/${party}/feed${query}`, token);

describe('the feed of a party', () => {
  it('holds every leaf that concerns it, in words and as it stands in the log, newest last', async () => {
    const song = await registry.song(ines);
    await registry.declare(ines, {
      layers: ['recording'],
      terms: [{ purpose: 'ai', decision: 'deny' }],
    });
    await registry.claim(juno, { work: song.recording });
    const mandate = await registry.mandate(ines, juno, { rights: ['consent'] });
    const { items, hasMore } = await feedOf(ines);
    expect(items.map((one: Json) => one['leaf'].type)).toEqual([
      ...['work', 'work', 'claim', 'claim', 'declaration', 'claim', 'mandate'],
    ]);
    expect(hasMore).toBe(false);
    const [, , , , declared, foreign, mandated] = items;
    expect(declared.words).toContain('You declared anew on the recording layer of everything');
    expect(foreign.words).toBe(
      `The party ${juno.party} claims the recording layer of the work ${song.recording}, in which you hold a right too, or in what is made of it.`,
    );
    expect(mandated).toMatchObject({
      id: `${mandated.logIndex}.${ines.party}`,
      words: expect.stringContaining(mandate),
      leaf: { principal: ines.party, representative: juno.party },
    });
    const [leaf] = await registry.sql(`SELECT entry FROM log_leaves WHERE leaf_index = $1`, [
      declared.logIndex,
    ]);
    expect(declared.leaf).toEqual(JSON.parse(leaf!['entry'].toString()));
    expect((await feedOf(juno)).items.map((one: Json) => one['leaf'].type)).toEqual([
      ...['claim', 'mandate'],
    ]);
  });

  it('goes on where it was left, also once there is more', async () => {
    const whole = (await feedOf(ines)).items;
    const seen: Json[] = [];
    let page: Json = { after: -1, hasMore: true };
    while (page['hasMore']) {
      page = await feedOf(ines, `?after=${page['after']}&limit=2`);
      seen.push(...page['items']);
    }
    expect(seen).toEqual(whole);
    expect(await feedOf(ines, `?after=${page['after']}`)).toMatchObject({
      items: [],
      after: page['after'],
    });
    await registry.work(ines);
    expect((await feedOf(ines, `?after=${page['after']}`)).items).toHaveLength(1);
  });

  it('remembers for each member how far it was read, and never takes that back', async () => {
    const { items, readUpTo } = await feedOf(ines);
    expect(readUpTo).toBe(-1);
    const mark = (upTo: number) =>
      registry.done('PUT', `/v1/parties/${ines.party}/feed/read-mark`, {
        as: ines.token,
        body: { upTo },
      });
    await mark(items[1].logIndex);
    await mark(items[0].logIndex);
    expect((await feedOf(ines)).readUpTo).toBe(items[1].logIndex);
    await mark(Number.MAX_SAFE_INTEGER);
    const [{ size }] = (await registry.sql(`SELECT size::int FROM log_head`)) as [Json];
    expect((await feedOf(ines)).readUpTo).toBe(size - 1);
  });

  it('is there for members alone', async () => {
    for (const path of ['/feed', '/notice-settings', '/webhooks']) {
      const url = `/v1/parties/${ines.party}${path}`;
      expect((await registry.refused('GET', url, { as: juno.token })).code).toBe(
        'parties/not-found',
      );
    }
  });

  it.each(['after=-2', 'after=1e3', 'after=99999999999999999999', 'limit=0', 'limit=201'])(
    'refuses %s',
    async (query) => {
      const url = `/v1/parties/${ines.party}/feed?${query}`;
      expect((await registry.refused('GET', url, { as: ines.token })).code).toBe('request/invalid');
    },
  );
});
