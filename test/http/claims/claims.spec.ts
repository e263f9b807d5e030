import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';

let registry: Registry;
let artist: Somebody;
let label: Somebody;

beforeAll(async () => {
  registry = await Registry.open();
  artist = await registry.somebody();
  label = await registry.somebody('representative', 'label');
});
afterAll(() => registry?.close());

const make = (by: Somebody, body: object) =>
  registry.call('POST', '/v1/claims', {
    as: by.token,
    body: { party: by.party, layer: 'recording', role: 'owner', ...body },
  });
const withdraw = (id: string, as: string) =>
  registry.call('POST', `/v1/claims/${id}/withdraw`, { as });
const versionsOf = (id: string) =>
  registry.sql(
    `SELECT version, level, method, state, made_by, stream_version AS place
     FROM claims JOIN log_leaves ON stream_key = claim_id AND log_leaves.leaf_index = claims.leaf_index
     WHERE claim_id = $1 ORDER BY version`,
    [id],
  );

describe('POST /v1/claims', () => {
  it('claims the whole of a layer in the whole world unless it says otherwise', async () => {
    const { id: work } = await registry.work(artist);
    const answer = await make(artist, { work });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers.location).toBe(`/v1/claims/${answer.json().id}`);
    expect(answer.json()).toMatchObject({
      version: 1,
      work,
      party: artist.party,
      sharePpm: 1_000_000,
      territory: null,
      exclusive: false,
      level: 0,
      method: 'party',
      state: 'active',
    });
    expect(await registry.get(`/v1/claims/${answer.json().id}`)).toEqual(answer.json());
    expect((await registry.get(`/v1/works/${work}/claims`))['items']).toEqual([answer.json()]);
  });

  it.each([
    ['recording', 'composition', 'claim the composition that it embodies'],
    ['release', 'recording', 'claim the works it contains'],
    ['artwork', 'image', 'artwork'],
  ])('refuses on a %s the layer %s, with a hint', async (kind, layer, hint) => {
    const { id: work } = await registry.work(artist, { kind });
    const refused = (await make(artist, { work, layer })).json();
    expect(refused.errors).toEqual([{ pointer: '/layer', detail: expect.stringContaining(hint) }]);
  });

  it.each([
    ['a work that is none', { work: 'wrk_none' }, '/work'],
    ['no share at all', { sharePpm: 0 }, '/sharePpm'],
    ['more than the whole', { sharePpm: 1_000_001 }, '/sharePpm'],
    ['half a part', { sharePpm: 0.5 }, '/sharePpm'],
    ['a role that is none', { role: 'friend' }, '/role'],
    ['a level of its own', { level: 4 }, '/level'],
    ['a place that is none', { territory: { include: ['ZZ'] } }, '/territory/include'],
  ])('refuses %s', async (_, body, pointer) => {
    const { id: work } = await registry.work(artist);
    const refused = await make(artist, { work, ...body });
    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors[0].pointer).toBe(pointer);
  });

  it('keeps a territory in one spelling, and lookups answer with it', async () => {
    const isrc = registry.isrc();
    const { id: work } = await registry.work(artist, {
      identifiers: [{ scheme: 'isrc', value: isrc }],
    });
    const territory = { include: ['FR', 'DE', 'FR'], exclude: null };
    const claim = (await make(artist, { work, territory })).json();
    expect(claim.territory).toEqual({ include: ['DE', 'FR'] });
    expect(await registry.outcome(isrc, 'ai')).toBe('unknown');
  });

  it('is made once by a party on a layer of a work, also at once', async () => {
    const { id: work } = await registry.work(artist);
    const answers = await Promise.all(Array.from({ length: 6 }, () => make(artist, { work })));
    const made = answers.filter((answer) => answer.statusCode === 201);
    expect(made).toHaveLength(1);
    const rest = answers
      .filter((answer) => answer.statusCode !== 201)
      .map((answer) => answer.json());
    expect(
      rest.map((problem: Json) => [problem['status'], problem['type'], problem['claim']]),
    ).toEqual(rest.map(() => [409, '/problems/claims/already-claimed', made[0]!.json().id]));
    expect((await make(artist, { work, layer: 'performance', role: 'performer' })).statusCode).toBe(
      201,
    );
    expect((await make(label, { work })).statusCode).toBe(201);
  });

  it('of shares above the whole is flagged as a conflict where the work is looked up', async () => {
    const { isrc, recording } = await registry.song(artist);
    const rival = await registry.somebody();
    await registry.prove(artist.party);
    await registry.prove(rival.party);
    await make(rival, { work: recording, sharePpm: 1 });
    const terms = [{ purpose: 'ai', decision: 'allow' }];
    await registry.declare(artist, { terms });
    await registry.declare(rival, { terms, layers: ['recording'] });
    const answer = await registry.answer(isrc, 'ai.train.generative');
    expect(answer['purposes']['ai.train.generative']).toMatchObject({
      outcome: 'permitted',
      conflict: true,
    });
  });
});

describe('a claim', () => {
  it('is withdrawn for good, and past answers keep it', async () => {
    const { isrc, recording, claims } = await registry.song(artist);
    await registry.declare(artist, {
      subject: { kind: 'work', id: recording },
      terms: [{ purpose: 'ai', decision: 'deny' }],
    });
    const before = registry.tick();
    const answer = await withdraw(claims[0], artist.token);
    expect(answer.json()).toMatchObject({ version: 2, state: 'withdrawn' });
    expect((await withdraw(claims[0], artist.token)).json()).toMatchObject({
      status: 409,
      type: '/problems/claims/withdrawn',
    });
    const operator = await registry.operator();
    const decided = await registry.refused(
      'POST',
      `/v1/operator/claims/${claims[0]}/verification`,
      {
        as: operator,
        body: { level: 4, evidence: 'a contract' },
      },
    );
    expect(decided.code).toBe('claims/withdrawn');
    registry.tick();
    const layers = async (query: string): Promise<string[]> =>
      (await registry.answer(isrc, 'ai', query))['purposes'].ai.layers.map(
        (layer: Json) => `${layer['layer']} ${layer['outcome']}`,
      );
    expect(await layers(`&asOf=${before}`)).toContain('recording denied');
    expect(await layers('')).toContain('recording unknown');
    expect((await make(artist, { work: recording })).statusCode).toBe(201);
  });

  it('is withdrawn once by several at once, and its versions have no gaps', async () => {
    const { claims } = await registry.song(artist);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => withdraw(claims[0], artist.token)),
    );
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([
      200, 409, 409, 409, 409, 409,
    ]);
    const versions = await versionsOf(claims[0]);
    expect(versions.map(({ version, place }) => [version, place])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('of others can’t be withdrawn, and looks absent', async () => {
    const { claims } = await registry.song(artist);
    const foreign = await withdraw(claims[0], label.token);
    const absent = await withdraw('clm_none', label.token);
    expect(foreign.statusCode).toBe(404);
    expect(foreign.json().detail).toBe(absent.json().detail);
  });
});

describe('the level of a claim', () => {
  const levelOf = async (id: string) => (await registry.get(`/v1/claims/${id}`))['level'];
  const decide = async (id: string, level: number) =>
    registry.post(`/v1/operator/claims/${id}/verification`, await registry.operator(), {
      level,
      evidence: 'a signed contract, file 7',
    });

  it('follows the party up and down, in the moment in which the party changes', async () => {
    const by = await registry.somebody();
    const { claims } = await registry.song(by);
    const low = await registry.prove(by.party, 2);
    const high = await registry.prove(by.party, 4);
    expect(await Promise.all(claims.map(levelOf))).toEqual([4, 4]);
    const { claims: later } = await registry.song(by);
    expect(await levelOf(later[0])).toBe(4);
    await registry.unprove(high);
    expect(await Promise.all([...claims, ...later].map(levelOf))).toEqual([2, 2, 2, 2]);
    await registry.unprove(low);
    expect(await levelOf(claims[0])).toBe(0);
    expect((await versionsOf(claims[0])).map(({ version, level }) => [version, level])).toEqual([
      [1, 0],
      [2, 2],
      [3, 4],
      [4, 2],
      [5, 0],
    ]);
  });

  it('stays as an operator decided it, who is named in that version', async () => {
    const by = await registry.somebody();
    const { claims } = await registry.song(by);
    expect(await decide(claims[0], 3)).toMatchObject({ level: 3, method: 'operator' });
    const verification = await registry.prove(by.party, 4);
    expect(await levelOf(claims[0])).toBe(3);
    await registry.unprove(verification);
    expect(await levelOf(claims[0])).toBe(3);
    await decide(claims[0], 0);
    expect(await levelOf(claims[0])).toBe(0);
    const { id } = await registry.get('/v1/account', await registry.operator());
    const makers = (await versionsOf(claims[0])).map((version) => version['made_by']);
    expect(makers.map((maker) => maker === id)).toEqual([false, true, true]);
  });

  it('survives changes of the party, of the claim and by an operator at once', async () => {
    const by = await registry.somebody();
    const { claims, recording } = await registry.song(by);
    const { claims: others } = await registry.song(by);
    const answers = await Promise.all([
      registry.prove(by.party, 2),
      registry.prove(by.party, 3),
      withdraw(claims[0], by.token),
      decide(claims[1], 4),
      make(by, { work: recording, layer: 'performance', role: 'performer' }),
      registry.prove(by.party, 4),
      withdraw(others[0], by.token),
      registry.song(by),
    ]);
    expect(answers).toHaveLength(8);
    for (const id of [...claims, ...others]) {
      const versions = await versionsOf(id);
      expect(versions.map(({ version }) => version)).toEqual(versions.map((_, at) => at + 1));
      expect(versions.map(({ place }) => place)).toEqual(versions.map((_, at) => at + 1));
    }
    expect(await levelOf(others[1])).toBe(4);
    expect((await registry.get(`/v1/claims/${claims[0]}`))['state']).toBe('withdrawn');
  });
});

describe('a claim under a mandate', () => {
  it('has the level of the principal and goes with the mandate', async () => {
    const principal = await registry.somebody();
    const mandate = await registry.mandate(principal, label, { rights: ['claim'] });
    const { recording } = await registry.song(principal);
    const claim = await registry.claim(label, { work: recording, role: 'label', mandate });
    expect(claim).toMatchObject({ level: 0, method: 'mandate', mandate });
    await registry.prove(label.party, 4);
    expect((await registry.get(`/v1/claims/${claim['id']}`))['level']).toBe(0);
    await registry.prove(principal.party, 2);
    expect((await registry.get(`/v1/claims/${claim['id']}`))['level']).toBe(2);
    await registry.post(`/v1/mandates/${mandate}/revoke`, principal.token);
    expect(await registry.get(`/v1/claims/${claim['id']}`)).toMatchObject({ state: 'withdrawn' });
  });

  it.each([
    ['of somebody else', 'stranger', {}],
    ['that does not let claim', 'label', { rights: ['register'] }],
    ['for another territory', 'label', { territory: { include: ['FR'] } }],
  ])('is refused with one %s', async (_, who, body) => {
    const principal = await registry.somebody();
    const by = who === 'label' ? label : artist;
    const mandate = await registry.mandate(principal, label, { rights: ['claim'], ...body });
    const { id: work } = await registry.work(principal);
    const refused = await make(by, { work, mandate, territory: { include: ['DE'] } });
    expect(refused.json()).toMatchObject({
      status: 422,
      type: '/problems/claims/mandate-missing',
    });
  });

  it('in the principal’s name stays within the mandate’s territory', async () => {
    const principal = await registry.somebody();
    const territory = { include: ['EU'] };
    await registry.mandate(principal, label, { rights: ['claim', 'register'], territory });
    const { id: work } = await registry.work(principal);
    const forPrincipal = (body: object) =>
      make({ token: label.token, party: principal.party }, { work, ...body });
    expect((await forPrincipal({})).json().type).toBe('/problems/claims/beyond-mandate');
    expect((await forPrincipal({ territory: { include: ['DE', 'US'] } })).statusCode).toBe(403);
    const made = await forPrincipal({ territory: { include: ['DE'] } });
    expect(made.statusCode).toBe(201);
    const { claims } = await registry.song(principal);
    expect((await withdraw(claims[0], label.token)).statusCode).toBe(403);
    expect((await withdraw(made.json().id, label.token)).statusCode).toBe(200);
    const song = { party: principal.party, title: 'In the whole world' };
    const refused = await registry.refused('POST', '/v1/songs', { as: label.token, body: song });
    expect(refused.code).toBe('claims/beyond-mandate');
  });
});

describe('POST /v1/songs', () => {
  it('makes recording, composition, their link and both claims, or nothing', async () => {
    const body = {
      party: artist.party,
      title: 'Harbour Lights',
      identifiers: [{ scheme: 'isrc', value: registry.isrc() }],
      compositionIdentifiers: [{ scheme: 'iswc', value: 'T-034.524.680-1' }],
      contributors: [{ name: 'Marla Glen', role: 'performer' }],
    };
    const song = await registry.post('/v1/songs', artist.token, body);
    const { recording, composition, claims } = song;
    expect(recording).toMatchObject({
      kind: 'recording',
      links: [{ kind: 'embodies', work: composition.id, verified: true }],
    });
    expect(composition).toMatchObject({ kind: 'composition', identifiers: [{ scheme: 'iswc' }] });
    expect(claims).toMatchObject([
      { work: recording.id, layer: 'recording', sharePpm: 1_000_000 },
      { work: composition.id, layer: 'composition', sharePpm: 1_000_000 },
    ]);
    const counts = () =>
      registry.sql(`SELECT count(*) FROM works UNION ALL SELECT size FROM log_head`);
    const before = await counts();
    const wrong = [{ scheme: 'iswc', value: 'T-034.524.680-2' }];
    const refused = await registry.refused('POST', '/v1/songs', {
      as: artist.token,
      body: { ...body, compositionIdentifiers: wrong },
    });
    expect(refused.pointers).toEqual(['/compositionIdentifiers/0/value']);
    expect(await counts()).toEqual(before);
  });
});
