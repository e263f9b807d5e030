import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAsk, readItem } from '../../../src/lookup/domain/index.js';
import { ReplayedAnswers } from '../../../src/replay/domain/index.js';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';
import { replayOf } from '../../support/replay-world.js';

const USE = 'ai.train.generative';
const DAY_MS = 86_400_000;
const EVIDENCE = 'https://archive.example/evidence/of-ada';

let registry: Registry;
let ada: Somebody;
let ben: Somebody;
const isrcs: string[] = [];

beforeAll(async () => {
  registry = await Registry.open(undefined, { LOG_SIGNER: true });
  [ada, ben] = [await registry.somebody(), await registry.somebody()];
  for (const { party } of [ada, ben]) await registry.prove(party);
  const terms = [{ purpose: 'ai', decision: 'allow' }];
  for (const by of [ada, ben]) await registry.declare(by, { terms });
});
afterAll(() => registry?.close());

/** A recording with a composition of Ada's and a claim of each on the recording. */
async function quarrelled(adas: object = {}, bens: object = {}) {
  const isrc = registry.isrc();
  const composition = await registry.work(ada, { kind: 'composition' });
  await registry.claim(ada, { work: composition['id'], layer: 'composition', role: 'author' });
  const { id: work } = await registry.work(ada, {
    identifiers: [{ scheme: 'isrc', value: isrc }],
    links: [{ kind: 'embodies', work: composition['id'] }],
  });
  isrcs.push(isrc);
  const own = await registry.claim(ada, { work, ...adas });
  const rival = await registry.claim(ben, { work, ...bens });
  return { isrc, work: work as string, own, rival };
}

const open = (by: Somebody, quarrel: { work: string }, claims: Json[]) => ({
  body: {
    ...{ party: by.party, work: quarrel.work, layer: 'recording', reason: 'it ended in 2019' },
    claims: claims.map((claim) => claim['id']),
  },
  as: by.token,
});
const disputesOf = async (work: string) =>
  (await registry.get(`/v1/works/${work}/disputes`))['items'] as Json[];
const wordsOf = async ({ party, token }: Somebody) =>
  ((await registry.get(`/v1/parties/${party}/feed?limit=200`, token))['items'] as Json[])
    .filter((one) => one['leaf'].type === 'dispute' || one['leaf'].type === 'trigger')
    .map((one) => one['words'] as string);

/** Live answers and those of a replay of the published log, now and as of a moment. */
async function expectReplayed(asOf?: string): Promise<void> {
  const { replay } = await replayOf(registry);
  const moment = asOf ?? new Date(registry.clock.now()).toISOString();
  const ask = readAsk({ purposes: [USE], inquiry: {}, asOf: moment }, Date.parse(moment));
  if (!ask.ok) throw new Error('no ask');
  const answers = new ReplayedAnswers(replay.state, ask.value, Date.parse(moment));
  const items = isrcs.map((value) => ({ scheme: 'isrc', value }));
  const headers = { 'content-type': 'application/x-ndjson' };
  const live = await registry.call('POST', `/v1/lookups?purposes=${USE}&asOf=${moment}`, {
    ...{ headers, body: `${items.map((one) => JSON.stringify(one)).join('\n')}\n` },
  });
  const lines = live.body.trimEnd().split('\n').slice(0, -1);
  expect(items.map((one, at) => `${answers.write(readItem(one, at))}}`)).toEqual(lines);
}

describe('a dispute', () => {
  it('is opened by a verified claim against one that it excludes, named in answers, and ends', async () => {
    const quarrel = await quarrelled();
    const before = registry.tick();
    expect(await registry.outcome(quarrel.isrc, USE)).toBe('permitted');
    const answer = await registry.call('POST', '/v1/disputes', open(ben, quarrel, [quarrel.own]));
    expect([answer.statusCode, answer.headers.location]).toEqual([
      201,
      `/v1/disputes/${answer.json().id}`,
    ]);
    const { id } = answer.json();
    expect(answer.json()).toMatchObject({
      ...{ state: 'opened', openedBy: ben.party, how: null, resolvedAt: null },
      claims: [quarrel.own['id'], quarrel.rival['id']].sort(),
    });
    expect(answer.body).not.toContain('2019');
    const during = registry.tick();
    const disputed = (await registry.answer(quarrel.isrc, USE))['purposes'][USE];
    expect(disputed).toMatchObject({ outcome: 'disputed', disputeIds: [id] });
    expect(await registry.outcome(quarrel.isrc, USE, `&asOf=${before}`)).toBe('permitted');
    const receipt = await registry.call(
      'GET',
      `/v1/lookup/isrc/${quarrel.isrc}?purposes=${USE}&receipt=true`,
    );
    expect([receipt.statusCode, receipt.body.includes(id)]).toEqual([200, true]);

    const twice = await registry.refused(
      'POST',
      '/v1/disputes',
      open(ada, quarrel, [quarrel.rival]),
    );
    expect([twice.code, twice.problem['dispute']]).toEqual(['claims/dispute-open', id]);
    const foreign = { as: ada.token };
    const refused = await registry.refused('POST', `/v1/disputes/${id}/withdraw`, foreign);
    expect(refused.code).toBe('claims/dispute-not-found');
    expect(await registry.post(`/v1/disputes/${id}/withdraw`, ben.token)).toMatchObject({
      ...{ state: 'resolved', how: 'withdrawn' },
    });
    registry.tick();
    expect(await registry.outcome(quarrel.isrc, USE)).toBe('permitted');
    expect(await registry.outcome(quarrel.isrc, USE, `&asOf=${during}`)).toBe('disputed');
    const again = await registry.refused('POST', `/v1/disputes/${id}/withdraw`, { as: ben.token });
    expect(again.code).toBe('claims/dispute-resolved');
    for (const side of [ada, ben]) {
      const words = await wordsOf(side);
      expect(words.join()).toContain(`The dispute ${id} over the recording layer`);
    }
    await expectReplayed();
    await expectReplayed(during);
  });

  it('is decided by an operator, with a reason that is not published', async () => {
    const quarrel = await quarrelled();
    const { id } = await registry.done('POST', '/v1/disputes', open(ben, quarrel, [quarrel.own]));
    const url = `/v1/operator/disputes/${id}/resolution`;
    const decision = { decision: 'dismissed', reason: 'the assignment of 2011 was shown' };
    expect((await registry.refused('POST', url, { as: ada.token, body: decision })).status).toBe(
      403,
    );
    const ended = await registry.post(url, await registry.operator(), decision);
    expect(ended).toMatchObject({ state: 'resolved', how: 'dismissed' });
    expect(JSON.stringify(ended)).not.toContain('2011');
  });

  it('that was dismissed is not had again by who opened it, until there is something new', async () => {
    const quarrel = await quarrelled();
    const operator = await registry.operator();
    const { id } = await registry.done('POST', '/v1/disputes', open(ben, quarrel, [quarrel.own]));
    await registry.post(`/v1/operator/disputes/${id}/resolution`, operator, {
      ...{ decision: 'dismissed', reason: 'the assignment of 2011 was shown' },
    });
    const expectRefused = async () => {
      const again = await registry.refused(
        'POST',
        '/v1/disputes',
        open(ben, quarrel, [quarrel.own]),
      );
      expect([again.code, again.status]).toEqual(['claims/dispute-dismissed', 409]);
      expect(again.problem).toMatchObject({ dispute: id, claims: [quarrel.own['id']] });
    };
    await expectRefused();
    // A claim that is made anew is no news of one's own …
    await registry.post(`/v1/claims/${quarrel.rival['id']}/withdraw`, ben.token);
    const rival = await registry.claim(ben, { work: quarrel.work });
    await expectRefused();
    // … the other side may dispute it all the same …
    const opposite = await registry.done('POST', '/v1/disputes', open(ada, quarrel, [rival]));
    await registry.post(`/v1/disputes/${opposite.id}/withdraw`, ada.token);
    // … and evidence that was weighed since opens the door.
    await registry.post(`/v1/operator/claims/${rival['id']}/verification`, operator, {
      ...{ level: 3, evidence: 'the contract of 2012, file 7' },
    });
    await registry.done('POST', '/v1/disputes', open(ben, quarrel, [quarrel.own]));
    expect(await registry.outcome(quarrel.isrc, USE)).toBe('disputed');
  });

  it.each<[string, object, object, number, string]>([
    [
      'a claim that can be true as well',
      { sharePpm: 500_000 },
      { sharePpm: 500_000 },
      3,
      'request/invalid',
    ],
    [
      'a claim elsewhere',
      { territory: { include: ['DE'] } },
      { territory: { include: ['FR'] } },
      3,
      'request/invalid',
    ],
    ['a known owner, by a stranger', {}, {}, 0, 'claims/dispute-unfounded'],
  ])('is refused against %s', async (_, adas, bens, level, code) => {
    const quarrel = await quarrelled(adas, bens);
    if (level === 0) {
      const url = `/v1/operator/claims/${quarrel.rival['id']}/verification`;
      await registry.post(url, await registry.operator(), { level, evidence: 'nothing' });
    }
    const refused = await registry.refused(
      'POST',
      '/v1/disputes',
      open(ben, quarrel, [quarrel.own]),
    );
    expect(refused.code).toBe(code);
    expect(await registry.outcome(quarrel.isrc, USE)).not.toBe('disputed');
  });

  it('begins by itself between two exclusive claims, only where they meet, and lapses with one', async () => {
    const quarrel = await quarrelled(
      { exclusive: true, territory: { include: ['DE', 'FR'] } },
      { exclusive: true, territory: { include: ['DE', 'US'] } },
    );
    const [dispute] = await disputesOf(quarrel.work);
    expect(dispute).toMatchObject({ state: 'opened', openedBy: null });
    const inGermany = (await registry.answer(quarrel.isrc, USE))['purposes'][USE];
    expect(inGermany).toMatchObject({ outcome: 'disputed', disputeIds: [dispute!['id']] });
    const inFrance = await registry.get(
      `/v1/lookup/isrc/${quarrel.isrc}?purposes=${USE}&territory=FR&lawfulSource=true`,
    );
    expect(inFrance['purposes'][USE].outcome).toBe('permitted');
    const url = `/v1/operator/disputes/${dispute!['id']}/resolution`;
    const options = {
      as: await registry.operator(),
      body: { decision: 'dismissed', reason: 'never mind' },
    };
    expect((await registry.refused('POST', url, options)).code).toBe('claims/dispute-stands');
    await expectReplayed();

    await registry.post(`/v1/claims/${quarrel.rival['id']}/withdraw`, ben.token);
    expect((await disputesOf(quarrel.work))[0]).toMatchObject({ state: 'resolved', how: 'lapsed' });
    expect(await registry.outcome(quarrel.isrc, USE)).toBe('permitted');
    await expectReplayed();
  });
});

describe('a leaf about a work', () => {
  it('is told to who holds it, and to who holds what is made of it', async () => {
    const [writer, singer] = [await registry.somebody(), await registry.somebody()];
    const composition = await registry.work(writer, { kind: 'composition' });
    const recording = await registry.work(singer, {
      links: [{ kind: 'embodies', work: composition['id'] }],
    });
    await registry.claim(writer, { work: composition['id'], layer: 'composition', role: 'author' });
    await registry.claim(singer, { work: recording['id'] });
    const told = async (by: Somebody) =>
      (
        (await registry.get(`/v1/parties/${by.party}/feed?limit=200`, by.token))['items'] as Json[]
      ).map(({ leaf }) => `${leaf.type} ${leaf.work ?? leaf.subject ?? leaf.stream}`);
    const songs = { subject: { kind: 'work', id: composition['id'] }, layers: ['composition'] };
    await registry.declare(writer, { ...songs, terms: [{ purpose: 'ai', decision: 'deny' }] });
    await registry.post(`/v1/works/${composition['id']}/identifiers`, writer.token, {
      ...{ scheme: 'iswc', value: 'T-034.524.680-1' },
    });
    expect(await told(singer)).toEqual([
      `work ${recording['id']}`,
      `claim ${composition['id']}`,
      `claim ${recording['id']}`,
      `declaration ${composition['id']}`,
      `work ${composition['id']}`,
    ]);
    // What is declared about everything that the writer holds, or about a catalogue with the song, reaches it as well.
    const stranger = await registry.somebody();
    const party = writer.party;
    const catalogue = await registry.post('/v1/catalogues', writer.token, { party, name: 'All' });
    await registry.post(`/v1/catalogues/${catalogue['id']}/works`, writer.token, {
      works: [composition['id']],
    });
    const terms = [{ purpose: 'ai', decision: 'deny' }];
    await registry.declare(writer, { layers: ['composition', 'text'], terms });
    const subject = { kind: 'catalogue', id: catalogue['id'] };
    await registry.declare(writer, { subject, layers: ['composition', 'text'], terms });
    await registry.declare(stranger, { layers: ['composition'], terms });
    expect((await told(singer)).slice(5)).toEqual([
      `work ${composition['id']}`,
      `declaration ${party}`,
      `declaration ${subject.id}`,
    ]);
    expect(await told(stranger)).toEqual([`declaration ${stranger.party}`]);
    // What is made of a song changes no answer about the song.
    expect(await told(writer)).not.toContain(`claim ${recording['id']}`);
  });
});

describe('an erasure', () => {
  it('ends the disputes of whom it erases, and blanks their reasons', async () => {
    const quarrel = await quarrelled();
    await registry.done('POST', '/v1/disputes', open(ben, quarrel, [quarrel.own]));
    await expectReplayed();
    const erasure = { party: ben.party, reason: 'letter' };
    await registry.post('/v1/operator/erasures', await registry.operator(), erasure);
    expect((await disputesOf(quarrel.work))[0]).toMatchObject({ state: 'resolved', how: 'lapsed' });
    const kept = await registry.sql(
      `SELECT FROM disputes WHERE reason IS NOT NULL AND $1 = ANY(party_ids)`,
      [ben.party],
    );
    expect(kept).toEqual([]);
    await expectReplayed();
  });
});

describe('a trigger', () => {
  it('takes a quorum of archives and six months, and a rights holder stops it', async () => {
    const isrc = registry.isrc();
    isrcs.push(isrc);
    const { id: work } = await registry.work(ada, {
      kind: 'recording',
      identifiers: [{ scheme: 'isrc', value: isrc }],
    });
    await registry.claim(ada, { work });
    const condition = { kind: 'trigger', trigger: 'delisted_everywhere', months: 12 };
    const use = 'access.stream';
    await registry.declare(ada, {
      subject: { kind: 'work', id: work },
      layers: ['recording'],
      terms: [{ purpose: use, decision: 'conditional', conditions: [condition] }],
    });
    const layerOf = async (query = '') =>
      (await registry.answer(isrc, use, query))['purposes'][use].layers.find(
        (one: Json) => one['layer'] === 'recording',
      ).outcome;
    const archives: Somebody[] = [];
    for (let at = 0; at < 3; at += 1) archives.push(await registry.somebody('archive', 'archive'));
    const kind = 'delisted_everywhere';
    const evidenceDigest = 'ab'.repeat(32);
    const saying = (by: Somebody, months = 12) => ({
      as: by.token,
      body: { party: by.party, kind, evidenceDigest, evidenceUrl: EVIDENCE, months },
    });
    const url = `/v1/works/${work}/triggers`;
    const custody = (by: Somebody) => ({ as: by.token, body: { party: by.party } });
    const custodies = `/v1/works/${work}/custodies`;
    expect((await registry.refused('POST', custodies, custody(archives[0]!))).code).toBe(
      'preservation/no-archive',
    );
    for (const by of archives) await registry.prove(by.party);
    expect((await registry.refused('POST', url, saying(archives[0]!))).code).toBe(
      'preservation/holds-not',
    );
    for (const by of archives) await registry.done('POST', custodies, custody(by));
    const declare = async (by: Somebody, months?: number) =>
      (await registry.done('POST', url, saying(by, months)))['items'][0];
    expect((await declare(archives[0]!)).state).toBe('declared');
    expect((await registry.refused('POST', url, saying(archives[0]!))).code).toBe(
      'preservation/said-before',
    );
    // Two of three are not three quarters.
    expect((await declare(archives[1]!, 24)).state).toBe('declared');
    const reached = await declare(archives[2]!);
    expect(reached).toMatchObject({ state: 'in_effect', holders: 3, months: 12, party: null });
    expect(await layerOf()).toBe('denied');
    expect((await wordsOf(ada)).at(-1)).toContain('Enough archives declare');

    const stranger = await registry.somebody();
    const body = { party: ada.party, kind };
    expect(
      (
        await registry.refused('POST', `${url}/objection`, {
          as: stranger.token,
          body: { ...body, party: stranger.party },
        })
      ).code,
    ).toBe('preservation/no-holder');
    await registry.post(`${url}/objection`, ada.token, body);
    const fresh = registry.tick();
    for (const by of archives) await declare(by);
    const { inEffectAt } = (await registry.get(url))['items'][0];
    expect(Date.parse(inEffectAt) - Date.parse(fresh)).toBeGreaterThan(180 * DAY_MS);
    registry.clock.set(Date.parse(inEffectAt) + 60_000);
    expect(await layerOf()).not.toBe('denied');
    expect(await layerOf(`&asOf=${new Date(Date.parse(inEffectAt) - 1).toISOString()}`)).toBe(
      'denied',
    );
    const late = await registry.refused('POST', `${url}/objection`, {
      as: await registry.app.signUp('artist'),
      body,
    });
    expect(late.status).toBe(404);
    await expectReplayed();

    // The leaves keep their digests; where the evidence lies, and the digest beside it, go with the work.
    const kept = () =>
      registry.sql(
        `SELECT FROM trigger_steps
         WHERE work_id = $1 AND (evidence_url IS NOT NULL OR evidence_digest IS NOT NULL)`,
        [work],
      );
    expect(await kept()).toHaveLength(6);
    expect((await registry.get(url))['items'][0].state).toBe('in_effect');
    // Half a year later, the operator's session has ended too.
    const operator = await registry.operatorAnew();
    await registry.post('/v1/operator/erasures', operator, { party: ada.party, reason: 'letter' });
    expect(await kept()).toEqual([]);
    const said = await registry.call('GET', url);
    expect(said.body).not.toContain(EVIDENCE);
  });
});
