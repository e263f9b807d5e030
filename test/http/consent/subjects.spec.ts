import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';

const NEVER = [{ purpose: 'ai', decision: 'deny' }];
const TRAIN = 'ai.train.generative';

let registry: Registry;
let artist: Somebody;

beforeAll(async () => {
  registry = await Registry.open();
  artist = await registry.somebody();
  await registry.prove(artist.party);
});
afterAll(() => registry?.close());

const refuse = (body: object) =>
  registry.refused('POST', '/v1/declarations', {
    as: artist.token,
    body: { party: artist.party, subject: { kind: 'party' }, terms: NEVER, ...body },
  });
const placesOf = (declarations: Json[]) =>
  declarations.map(({ layer, subject }) => `${layer} ${subject.kind} ${subject.id}`);

describe('a template', () => {
  it('is declared as it is previewed, each of them', async () => {
    const { templates } = await registry.get('/v1/templates');
    expect(templates.length).toBeGreaterThanOrEqual(4);
    for (const { id, terms, preservationTerms, afterWithdrawal, parameters } of templates) {
      const preview = await registry.done('POST', '/v1/declarations/preview', {
        body: { template: id },
      });
      expect(preview).toMatchObject({ terms, preservationTerms, afterWithdrawal });
      expect(preview['answers'].length).toBeGreaterThan(5);
      const [declaration] = await registry.declare(artist, { template: id });
      expect(declaration).toMatchObject({
        template: id,
        terms,
        preservationTerms,
        afterWithdrawal,
      });
      const examples = parameters.map(({ name, example }: Json) => [name, example]);
      await registry.declare(artist, { template: id, parameters: Object.fromEntries(examples) });
    }
  });

  it('concludes in plain words for each asker, whatever the registry holds', async () => {
    const ask = async (body: object) =>
      (await registry.done('POST', '/v1/declarations/preview', { body }))['answers'] as Json[];
    const [first] = await ask({ template: 'preserve_never_train' });
    expect(first).toMatchObject({
      purpose: TRAIN,
      outcome: 'denied',
      sentences: expect.arrayContaining([expect.stringContaining('refuses')]),
    });
    const paid = await ask({
      template: 'train_only_with_licence',
      parameters: { price: { amount: '10.00', currency: 'EUR' } },
    });
    expect(paid[0]!['outcome']).toBe('licence_required');
  });

  it.each([
    ['an unknown one', { template: 'never' }, '/template'],
    [
      'a parameter that it has not',
      { template: 'no_ai_at_all', parameters: { a: 1 } },
      '/parameters/a',
    ],
    [
      'a price without a currency',
      { template: 'train_only_with_licence', parameters: { price: { amount: '1' } } },
      '/terms/1/duties/0/currency',
    ],
  ])('is refused for %s', async (_, wish, pointer) => {
    const body = { ...wish, terms: undefined };
    expect((await refuse(body)).pointers).toContain(pointer);
    const preview = await registry.refused('POST', '/v1/declarations/preview', { body: wish });
    expect(preview.pointers).toContain(pointer);
  });
});

describe('terms', () => {
  it.each([
    ['an unknown purpose', [{ purpose: 'ai.trian', decision: 'deny' }], '/terms/0/purpose'],
    ['a purpose named twice', [...NEVER, ...NEVER], '/terms/1/purpose'],
    ['a condition of nothing', [{ purpose: 'ai', decision: 'conditional' }], '/terms/0'],
    [
      'a place that is none',
      [
        ...NEVER,
        {
          purpose: 'access',
          decision: 'conditional',
          conditions: [{ kind: 'territory', include: ['ZZ'] }],
        },
      ],
      '/terms/1/conditions/0/include/0',
    ],
    ['nothing at all', [], '/terms'],
    ['no list', 'deny', '/terms'],
  ])('are refused for %s, by name of the place', async (_, terms, pointer) => {
    expect((await refuse({ terms })).pointers).toContain(pointer);
  });
});

describe('the subject of a declaration', () => {
  it('is everything that the party holds, in each layer or in those named', async () => {
    const all = await registry.declare(artist, { terms: NEVER });
    expect(all.map(({ layer }) => layer)).toHaveLength(7);
    const two = await registry.declare(artist, {
      terms: NEVER,
      layers: ['recording', 'text', 'text'],
    });
    expect(placesOf(two)).toEqual([
      `recording party ${artist.party}`,
      `text party ${artist.party}`,
    ]);
    expect((await refuse({ subject: { kind: 'party', id: 'pty_other' } })).pointers).toEqual([
      '/subject/id',
    ]);
  });

  it('takes a recording’s compositions along, those that the party claims', async () => {
    const { recording, composition } = await registry.song(artist);
    const { id: foreign } = await registry.work(artist, { kind: 'composition' });
    await registry.post(`/v1/works/${recording}/links`, artist.token, {
      kind: 'embodies',
      work: foreign,
    });
    const subject = { kind: 'work', id: recording };
    const held = await registry.declare(artist, { subject, terms: NEVER });
    expect(placesOf(held)).toEqual([
      `recording work ${recording}`,
      `composition work ${composition}`,
    ]);
    const layers = ['composition', 'composition'];
    const named = await registry.declare(artist, { subject, terms: NEVER, layers });
    expect(placesOf(named).sort()).toEqual(
      [`composition work ${composition}`, `composition work ${foreign}`].sort(),
    );
  });

  it('must be one that words on it can protect', async () => {
    const { id: lonely } = await registry.work(artist);
    const { id: release } = await registry.work(artist, { kind: 'release' });
    const { id: artwork } = await registry.work(artist, { kind: 'artwork' });
    const work = (id: string) => ({ subject: { kind: 'work', id } });
    expect((await refuse(work(lonely))).details[0]).toContain('claims no layer');
    expect((await refuse({ ...work(lonely), layers: ['composition'] })).pointers).toEqual([
      '/layers',
    ]);
    expect((await refuse({ ...work(lonely), layers: ['recording', 'text'] })).pointers).toEqual([
      '/layers/1',
    ]);
    expect((await refuse({ ...work(artwork), layers: ['image'] })).pointers).toEqual(['/layers/0']);
    expect((await refuse({ ...work(release), layers: ['recording'] })).pointers).toEqual([
      '/layers/0',
    ]);
    for (const kind of ['work', 'release', 'catalogue']) {
      expect((await refuse({ subject: { kind, id: 'nothing' } })).pointers).toEqual([
        '/subject/id',
      ]);
      expect((await refuse({ subject: { kind } })).pointers).toEqual(['/subject/id']);
    }
    expect((await refuse({ subject: { kind: 'release', id: lonely } })).pointers).toEqual([
      '/subject/id',
    ]);
  });

  it('is never a catalogue of somebody else', async () => {
    const other = await registry.somebody();
    const { id } = await registry.post('/v1/catalogues', other.token, {
      party: other.party,
      name: 'Theirs',
    });
    const absent = await refuse({ subject: { kind: 'catalogue', id: 'cat_none' } });
    const foreign = await refuse({ subject: { kind: 'catalogue', id } });
    expect(foreign).toMatchObject({ status: 400, pointers: ['/subject/id'] });
    expect(foreign.details).toEqual(absent.details);
  });

  it('speaks before a broader one: work, release, catalogue, party', async () => {
    const { isrc, recording, composition } = await registry.song(artist);
    const { id: catalogue } = await registry.post('/v1/catalogues', artist.token, {
      party: artist.party,
      name: 'Early recordings',
    });
    await registry.post(`/v1/catalogues/${catalogue}/works`, artist.token, {
      works: [recording, composition],
    });
    const { id: release } = await registry.work(artist, {
      kind: 'release',
      links: [{ kind: 'contains', work: recording }],
    });
    const say = (subject: object, decision: string) =>
      registry.declare(artist, { subject, terms: [{ purpose: TRAIN, decision }] });
    const outcomes: string[] = [];
    for (const [subject, decision] of [
      [{ kind: 'party' }, 'allow'],
      [{ kind: 'catalogue', id: catalogue }, 'deny'],
      [{ kind: 'release', id: release }, 'allow'],
      [{ kind: 'work', id: recording }, 'deny'],
      [{ kind: 'party' }, 'allow'],
    ] as const) {
      await say(subject, decision);
      outcomes.push(await registry.outcome(isrc, TRAIN));
    }
    expect(outcomes).toEqual(['permitted', 'denied', 'permitted', 'denied', 'denied']);
  });
});

describe('the time of a declaration', () => {
  it('begins when it says, and never before it was recorded', async () => {
    const by = await registry.somebody();
    await registry.prove(by.party);
    const { isrc } = await registry.song(by);
    const from = new Date(registry.clock.now() + 600_000).toISOString();
    const past = registry.tick();
    registry.tick();
    await registry.declare(by, { terms: NEVER, effectiveFrom: from });
    expect(await registry.outcome(isrc, TRAIN)).toBe('unknown');
    registry.clock.advance(600_000);
    expect(await registry.outcome(isrc, TRAIN)).toBe('denied');
    const early = await registry.declare(by, {
      terms: NEVER,
      effectiveFrom: '2020-01-01T00:00:00Z',
    });
    expect(early[0]).toMatchObject({ effectiveFrom: '2020-01-01T00:00:00.000Z' });
    expect(await registry.outcome(isrc, TRAIN, `&asOf=${past}`)).toBe('unknown');
  });

  it('ends when it says; then it is silent', async () => {
    const by = await registry.somebody();
    const { isrc } = await registry.song(by);
    const effectiveUntil = new Date(registry.clock.now() + 600_000).toISOString();
    await registry.declare(by, { terms: NEVER, effectiveUntil, effectiveFrom: null });
    expect(await registry.outcome(isrc, TRAIN)).toBe('denied');
    registry.clock.advance(600_001);
    expect(await registry.outcome(isrc, TRAIN)).toBe('unknown');
  });

  it.each([
    ['an end in the past', { effectiveUntil: '2020-01-01T00:00:00Z' }, '/effectiveUntil'],
    [
      'an end before its beginning',
      { effectiveFrom: '2030-01-02T00:00:00Z', effectiveUntil: '2030-01-01T00:00:00Z' },
      '/effectiveUntil',
    ],
    ['a day that is none', { effectiveFrom: '2027-02-30T00:00:00Z' }, '/effectiveFrom'],
  ])('is refused with %s', async (_, body, pointer) => {
    expect((await refuse(body)).pointers).toContain(pointer);
  });
});
