import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';

const NEVER = [{ purpose: 'ai', decision: 'deny' }];
const ALLOW = [{ purpose: 'ai', decision: 'allow' }];
const TRAIN = 'ai.train.generative';

let registry: Registry;
let artist: Somebody;
let stranger: Somebody;

beforeAll(async () => {
  registry = await Registry.open();
  artist = await registry.somebody();
  stranger = await registry.somebody('representative', 'label');
});
afterAll(() => registry?.close());

const declare = (by: Somebody, body: object) =>
  registry.call('POST', '/v1/declarations', {
    as: by.token,
    body: { party: by.party, subject: { kind: 'party' }, terms: NEVER, ...body },
  });
const withdraw = (id: string, as = artist.token, body: object = {}) =>
  registry.call('POST', `/v1/declarations/${id}/withdrawal`, { as, body });
const codeOf = (answer: Awaited<ReturnType<typeof withdraw>>) =>
  `${answer.statusCode} ${answer.json<Json>()['type'] ?? ''}`.trim();

const STALE = '409 /problems/consent/predecessor-stale';
const WITHDRAWN = '409 /problems/consent/already-withdrawn';
const BEYOND = '403 /problems/consent/beyond-mandate';

describe('a newer declaration', () => {
  it('takes the place of the one before and leaves it readable', async () => {
    const by = await registry.somebody();
    const [old] = await registry.declare(by, { terms: NEVER, layers: ['recording'] });
    const [head] = await registry.declare(by, { terms: ALLOW, layers: ['recording'] });
    expect([old!['version'], head!['version']]).toEqual([1, 2]);
    expect(await registry.get(`/v1/declarations/${old!['id']}`)).toEqual({
      ...old,
      current: false,
    });
    const { items } = await registry.get(`/v1/declarations?party=${by.party}`);
    expect(items).toEqual([{ ...old, current: false }, head]);
  });

  it('is refused when the one it builds on is not current, and says which one is', async () => {
    const by = await registry.somebody();
    const layers = ['recording'];
    const [old] = await registry.declare(by, { layers, terms: NEVER });
    const [head] = await registry.declare(by, { layers, terms: NEVER, replaces: old!['id'] });
    const refused = await declare(by, { layers, replaces: old!['id'] });
    expect(codeOf(refused)).toBe(STALE);
    expect(refused.json()).toMatchObject({ current: head!['id'], currentVersion: 2 });
    expect(codeOf(await declare(by, { layers, replaces: 'dec_none' }))).toBe(STALE);
    expect(codeOf(await declare(by, { layers: ['text'], replaces: head!['id'] }))).toBe(STALE);
    expect(codeOf(await declare(by, { layers, replaces: null }))).toBe('201');
  });

  it('for several layers builds on one of them, if nothing was said on the others since', async () => {
    const by = await registry.somebody();
    const [first] = await registry.declare(by, { terms: NEVER });
    const [second] = await registry.declare(by, { terms: ALLOW, replaces: first!['id'] });
    await registry.declare(by, { terms: NEVER, layers: ['composition'] });
    expect(codeOf(await declare(by, { replaces: second!['id'] }))).toBe(STALE);
    expect(codeOf(await declare(by, { replaces: second!['id'], layers: ['recording'] }))).toBe(
      '201',
    );
  });

  it('comes from exactly one of those who build on the same one at once', async () => {
    const by = await registry.somebody();
    let [{ id: head }] = (await registry.declare(by, { terms: NEVER })) as [Json];
    for (let turn = 0; turn < 3; turn += 1) {
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => declare(by, { replaces: head })),
      );
      const won = answers.filter((answer) => answer.statusCode === 201);
      expect(won).toHaveLength(1);
      expect(answers.filter((answer) => codeOf(answer) === STALE)).toHaveLength(3);
      head = won[0]!.json().declarations[0].id;
    }
  });

  it('has the next version, without gaps, when twenty come at once', async () => {
    const by = await registry.somebody();
    const layers = ['recording', 'composition'];
    const answers = await Promise.all(Array.from({ length: 20 }, () => declare(by, { layers })));
    expect(answers.map((answer) => answer.statusCode)).toEqual(answers.map(() => 201));
    const rows = await registry.sql(
      `SELECT layer, array_agg(version ORDER BY version) AS versions,
         array_agg(version ORDER BY recorded_at) AS in_time,
         array_agg(version ORDER BY leaf_index) AS in_log
       FROM declarations WHERE party_id = $1 GROUP BY layer`,
      [by.party],
    );
    const counted = Array.from({ length: 20 }, (_, at) => at + 1);
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row).toMatchObject({ versions: counted, in_time: counted, in_log: counted });
    }
  });

  it('stores equal terms once, however they were written', async () => {
    const by = await registry.somebody();
    const terms = [
      { purpose: 'access', decision: 'deny' },
      { purpose: 'ai.evaluate', decision: 'allow' },
    ];
    await Promise.all([
      declare(by, { terms }),
      declare(by, { terms: [...terms].reverse() }),
      declare(by, { terms: terms.map(({ purpose, decision }) => ({ decision, purpose })) }),
    ]);
    const [{ count }] = (await registry.sql(
      `SELECT count(DISTINCT term_set_id)::int AS count FROM declarations WHERE party_id = $1`,
      [by.party],
    )) as [Json];
    expect(count).toBe(1);
  });
});

describe('a withdrawal', () => {
  it('leaves a tombstone: nothing falls through until the party declares again', async () => {
    await registry.prove(artist.party);
    const { isrc, recording } = await registry.song(artist);
    await registry.declare(artist, { terms: ALLOW });
    const subject = { kind: 'work', id: recording };
    const [own] = await registry.declare(artist, { subject, terms: NEVER, layers: ['recording'] });
    const before = registry.tick();
    const answer = await withdraw(own!['id']);
    expect(answer.json()).toMatchObject({
      version: 2,
      current: true,
      withdraws: own!['id'],
      terms: [],
      subject,
    });
    expect(await registry.outcome(isrc, TRAIN)).toBe('unknown');
    registry.tick();
    expect(await registry.outcome(isrc, TRAIN, `&asOf=${before}`)).toBe('denied');
    await registry.declare(artist, { subject, terms: ALLOW, layers: ['recording'] });
    expect(await registry.outcome(isrc, TRAIN)).toBe('permitted');
  });

  it('is made once, of the current declaration alone, and never of a withdrawal', async () => {
    const by = await registry.somebody();
    const layers = ['recording'];
    const [old] = await registry.declare(by, { layers, terms: NEVER });
    const [head] = await registry.declare(by, { layers, terms: NEVER });
    expect(codeOf(await withdraw(old!['id'], by.token))).toBe(STALE);
    const twice = await Promise.all([
      withdraw(head!['id'], by.token),
      withdraw(head!['id'], by.token),
    ]);
    expect(twice.map(codeOf).sort()).toEqual(['201', WITHDRAWN]);
    const tombstone = twice.find((answer) => answer.statusCode === 201)!.json().id;
    expect(codeOf(await withdraw(head!['id'], by.token))).toBe(WITHDRAWN);
    expect(codeOf(await withdraw(tombstone, by.token))).toBe(WITHDRAWN);
    expect(codeOf(await declare(by, { layers, replaces: head!['id'] }))).toBe(STALE);
    expect(codeOf(await declare(by, { layers, replaces: tombstone }))).toBe('201');
  });

  it('says what becomes of copies, in words of the model only', async () => {
    const [own] = await registry.declare(artist, { terms: NEVER, layers: ['text'] });
    const wrong = await withdraw(own!['id'], artist.token, {
      afterWithdrawal: { existingCopies: 'burn' },
    });
    expect(wrong.json().errors[0].pointer).toBe('/afterWithdrawal/existingCopies');
    const afterWithdrawal = { existingCopies: 'keep', trainedModels: 'none' };
    const right = await withdraw(own!['id'], artist.token, { afterWithdrawal });
    expect(right.json()).toMatchObject({ afterWithdrawal });
  });

  it('of what others declared looks absent', async () => {
    const [own] = await registry.declare(artist, { terms: NEVER, layers: ['video'] });
    const foreign = await withdraw(own!['id'], stranger.token);
    const absent = await withdraw('dec_none', stranger.token);
    expect(foreign.statusCode).toBe(404);
    expect(foreign.json().detail).toBe(absent.json().detail);
  });
});

describe('a representative', () => {
  const party = async (limits: { purposes?: string[]; territory?: object } = {}) => {
    const principal = await registry.somebody();
    await registry.mandate(principal, stranger, { rights: ['consent'], ...limits });
    return { principal, acting: { token: stranger.token, party: principal.party } };
  };
  const layers = ['recording'];

  it('declares and withdraws for its principal', async () => {
    const { principal, acting } = await party();
    const [made] = await registry.declare(acting, { terms: NEVER });
    expect(made!['party']).toBe(principal.party);
    expect(codeOf(await withdraw(made!['id'], stranger.token))).toBe('201');
  });

  it('does neither once the mandate is revoked', async () => {
    const principal = await registry.somebody();
    const mandate = await registry.mandate(principal, stranger, { rights: ['consent'] });
    await registry.post(`/v1/mandates/${mandate}/revoke`, principal.token);
    const acting = { token: stranger.token, party: principal.party };
    expect(codeOf(await declare(acting, {}))).toBe('404 /problems/parties/not-found');
  });

  it('keeps within the purposes of its mandate, search apart', async () => {
    const { acting } = await party({ purposes: ['ai'] });
    const say = async (...purposes: string[]) =>
      codeOf(
        await declare(acting, {
          layers,
          terms: purposes.map((purpose) => ({ purpose, decision: 'deny' })),
        }),
      );
    expect(await say('ai', 'ai.train.likeness')).toBe('201');
    expect(await say('ai', 'access')).toBe(BEYOND);
    expect(await say('ai.search')).toBe(BEYOND);
    const preservationTerms = { accessMode: 'open' };
    expect(codeOf(await declare(acting, { layers, preservationTerms }))).toBe(BEYOND);
  });

  it('keeps within the territory of its mandate', async () => {
    const { acting } = await party({ territory: { include: ['EU'] } });
    const say = async (territory?: object) => codeOf(await declare(acting, { layers, territory }));
    expect(await say({ include: ['DE', 'FR'] })).toBe('201');
    expect(await say({ include: ['DE', 'US'] })).toBe(BEYOND);
    expect(await say()).toBe(BEYOND);
  });

  it('never silences what the principal said beyond the mandate', async () => {
    const { principal, acting } = await party({ purposes: ['ai'] });
    const [own] = await registry.declare(principal, {
      layers,
      terms: [...NEVER, { purpose: 'access', decision: 'deny' }],
    });
    const refused = await declare(acting, { layers, terms: ALLOW });
    expect(codeOf(refused)).toBe(BEYOND);
    expect(refused.json()).toMatchObject({ replaced: own!['id'] });
    expect(codeOf(await withdraw(own!['id'], stranger.token))).toBe(BEYOND);
    await withdraw(own!['id'], principal.token);
    expect(codeOf(await declare(acting, { layers, terms: ALLOW }))).toBe(BEYOND);
    await registry.declare(principal, { layers, terms: NEVER });
    expect(codeOf(await declare(acting, { layers, terms: ALLOW }))).toBe('201');
  });
});
