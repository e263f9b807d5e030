import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Term } from '#consent/domain';
import { createLookupHouse, type Json, type LookupHouse } from '../support/factories/lookup.js';

const ALLOW: Term[] = [{ purpose: 'ai', decision: 'allow' }];
const DENY: Term[] = [{ purpose: 'ai', decision: 'deny' }];
const TRAIN = 'ai.train.generative';
const DAY = 86_400_000;

let house: LookupHouse;
beforeAll(async () => {
  house = await createLookupHouse();
});
afterAll(() => house.close());

const outcome = (answer: Json) => answer['purposes'][TRAIN].outcome;
const rows = (sql: string, parameters: unknown[] = []): Promise<Json[]> =>
  house.database.dataSource.query(sql, parameters);
const entries = () =>
  rows(`SELECT scheme, value, work_id, confidence_ppm, released_on::text, shape, refs
    FROM lookup_entries JOIN lookup_standings USING (standing_id) ORDER BY 1, 2, 3`);

describe('the projection', () => {
  it('gives works of one holder one standing, and changes no row when its default changes', async () => {
    const { world } = house;
    const party = await world.makeParty();
    const ids = Array.from({ length: 20 }, () => `isrc:${world.isrc()}`);
    for (const id of ids) await world.makeSong({ party, identifiers: [id] });
    const standings = await rows(
      `SELECT count(DISTINCT standing_id)::int AS count FROM lookup_entries
       WHERE value = ANY($1)`,
      [ids.map((id) => id.slice(5))],
    );
    expect(standings).toEqual([{ count: 1 }]);
    const stamp = () => rows(`SELECT xmin, ctid, * FROM lookup_entries ORDER BY work_id`);
    const before = await stamp();
    expect(outcome(await house.one(ids[0]!))).toBe('unknown');
    const [{ declarations }] = (await rows(
      `SELECT count(*)::int AS declarations FROM declarations`,
    )) as [Json];
    await world.declareDefault(party, ALLOW);
    expect(await stamp()).toEqual(before);
    expect(
      await rows(`SELECT count(*)::int - $1 AS added FROM declarations`, [declarations]),
    ).toEqual([{ added: 2 }]);
    for (const id of ids) expect(outcome(await house.one(id))).toBe('permitted');
  });

  it('drops an identifier that was removed and takes in one that was added', async () => {
    const { world } = house;
    const [old, fresh] = [`isrc:${world.isrc()}`, `isrc:${world.isrc()}`];
    const { recording } = await world.makeSong({ identifiers: [old] });
    await world.addIdentifier(recording, fresh);
    await world.removeIdentifier(recording, old);
    expect((await house.one(old))['result']).toBe('not_found');
    expect((await house.one(fresh))['works'][0].workId).toBe(recording);
    await world.addIdentifier(recording, old);
    expect((await house.one(old))['result']).toBe('found');
  });

  it('names all works that one identifier leads to and answers by the strictest', async () => {
    const { world } = house;
    const id = `isrc:${world.isrc()}`;
    const songs = [
      await world.makeSong({ identifiers: [id] }),
      await world.makeSong({ identifiers: [id] }),
    ];
    await world.declareDefault(songs[0]!.party, ALLOW);
    await world.declareDefault(songs[1]!.party, DENY);
    const answer = await house.one(id);
    expect(answer['works'].map((work: Json) => work['workId']).sort()).toEqual(
      songs.map((song) => song.recording).sort(),
    );
    expect(outcome(answer)).toBe('denied');
    expect(answer['purposes'][TRAIN].works).toHaveLength(2);
  });

  it('answers an inferred identifier of middling confidence as ambiguous and never permits it', async () => {
    const { world } = house;
    const value = world.isrc();
    const party = await world.makeParty();
    const composition = await world.makeWork({ kind: 'composition', registrant: party });
    const recording = await world.makeWork({
      registrant: party,
      embodies: [composition],
      identifiers: [{ id: `isrc:${value}`, confidencePpm: 800_000 }],
    });
    await world.makeClaim({ work: recording, party });
    await world.makeClaim({ work: composition, party, layer: 'composition' });
    await world.declareDefault(party, ALLOW);
    const answer = await house.one(`isrc:${value}`);
    expect(answer).toMatchObject({ result: 'ambiguous_match', works: [{ confidence: 0.8 }] });
    expect(outcome(answer)).toBe('denied');
  });

  it('follows a verified sample, names it, and lets go of it when the link ends', async () => {
    const { world } = house;
    const sampled = await world.makeSong();
    await world.declareDefault(sampled.party, DENY);
    const id = `isrc:${world.isrc()}`;
    const { party, recording } = await world.makeSong({ identifiers: [id] });
    await world.declareDefault(party, ALLOW);
    await world.addLink(recording, 'samples', sampled.recording, false);
    expect(outcome(await house.one(id))).toBe('permitted');
    await world.removeLink(recording, 'samples', sampled.recording);
    await world.addLink(recording, 'samples', sampled.recording);
    const answer = await house.one(id);
    expect(outcome(answer)).toBe('denied');
    expect(
      answer['purposes'][TRAIN].layers.filter((l: Json) => l['outcome'] === 'denied'),
    ).toMatchObject([{ workId: sampled.recording }, { workId: sampled.recording }]);
    await world.removeLink(recording, 'samples', sampled.recording);
    expect(outcome(await house.one(id))).toBe('permitted');
  });

  it('rewrites whoever samples, embodies or contains a work whose claims change', async () => {
    const { world } = house;
    const inner = await world.makeSong();
    await world.declareDefault(inner.party, DENY);
    const middle = await world.makeSong();
    await world.declareDefault(middle.party, ALLOW);
    await world.addLink(middle.recording, 'samples', inner.recording);
    const gtin = 'gtin:00602445790128';
    await world.makeWork({ kind: 'release', contains: [middle.recording], identifiers: [gtin] });
    expect(outcome(await house.one(gtin))).toBe('denied');
    for (const { claim_id } of await rows(`SELECT claim_id FROM claims WHERE work_id = ANY($1)`, [
      [inner.recording, inner.composition],
    ])) {
      await world.reviseClaim(claim_id, { state: 'withdrawn' });
    }
    const answer = await house.one(gtin);
    expect(outcome(answer)).toBe('unknown');
    expect(answer['purposes'][TRAIN].contained).toEqual([
      { workId: middle.recording, kind: 'recording', outcome: 'unknown' },
    ]);
  });

  it('reaches by a release or a catalogue the recordings in it and the songs they embody', async () => {
    const { world } = house;
    const party = await world.makeParty();
    const ids = [`isrc:${world.isrc()}`, `isrc:${world.isrc()}`, `isrc:${world.isrc()}`];
    const [first, second] = [
      await world.makeSong({ party, identifiers: [ids[0]!] }),
      await world.makeSong({ party, identifiers: [ids[1]!] }),
      await world.makeSong({ party, identifiers: [ids[2]!] }),
    ];
    const release = await world.makeWork({
      kind: 'release',
      registrant: party,
      contains: [first.recording],
    });
    const catalogue = await world.makeCatalogue(party, [second.recording]);
    for (const layer of ['recording', 'composition'] as const) {
      await world.makeDeclaration({
        party,
        layer,
        subject: { kind: 'release', id: release },
        terms: ALLOW,
      });
      await world.makeDeclaration({
        party,
        layer,
        subject: { kind: 'catalogue', id: catalogue },
        terms: DENY,
      });
    }
    const outcomes = async () => (await house.many(ids))['items'].map(outcome);
    expect(await outcomes()).toEqual(['permitted', 'denied', 'unknown']);
    await world.removeFromCatalogue(catalogue, second.recording);
    await world.removeLink(release, 'contains', first.recording);
    expect(await outcomes()).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('lets nobody speak through a catalogue of their own that holds somebody else’s work', async () => {
    const { world } = house;
    const id = `isrc:${world.isrc()}`;
    const { party, recording } = await world.makeSong({ identifiers: [id] });
    await world.declareDefault(party, ALLOW);
    const stranger = await world.makeParty();
    const catalogue = await world.makeCatalogue(stranger, [recording]);
    await world.makeDeclaration({
      party: stranger,
      subject: { kind: 'catalogue', id: catalogue },
      terms: DENY,
    });
    expect(outcome(await house.one(id))).toBe('permitted');
  });

  it('lets an unverified claim lapse by itself, without any row changing', async () => {
    const { world, clock } = house;
    const id = `isrc:${world.isrc()}`;
    const { party } = await world.makeSong({ identifiers: [id], level: 1 });
    await world.declareDefault(party, DENY);
    expect(outcome(await house.one(id))).toBe('denied');
    clock.advance(91 * DAY);
    expect(outcome(await house.one(id))).toBe('unknown');
  });

  it('opens a work counted from its own release day, though works share a standing', async () => {
    const { world, clock } = house;
    const party = await world.makeParty();
    const today = new Date(clock.now());
    const yearsAgo = (years: number) => {
      const day = new Date(today);
      day.setUTCFullYear(day.getUTCFullYear() - years);
      return day.toISOString().slice(0, 10);
    };
    const ids = [`isbn:9780306406157`, `isbn:9781861972712`];
    for (const [at, id] of ids.entries()) {
      const work = await world.makeWork({
        kind: 'text',
        registrant: party,
        releasedOn: yearsAgo(at === 0 ? 10 : 3),
        identifiers: [id],
      });
      await world.makeClaim({ work, party, layer: 'text' });
    }
    const conditions = [{ kind: 'trigger', trigger: 'release_anniversary', years: 5 }] as const;
    const terms: Term[] = [{ purpose: 'ai', decision: 'conditional', conditions }];
    await world.makeDeclaration({ party, layer: 'text', terms });
    const answer = await house.many(ids);
    expect(answer['items'].map(outcome)).toEqual(['permitted', 'denied']);
    const standings = await rows(
      `SELECT DISTINCT standing_id FROM lookup_entries WHERE scheme = 'isbn'`,
    );
    expect(standings).toHaveLength(1);
  });

  it('is what a rebuild from zero makes of the same facts', async () => {
    const kept = await entries();
    expect(kept.length).toBeGreaterThan(20);
    await rows(`TRUNCATE lookup_entries, lookup_standings`);
    let told = 0;
    const works = await house.builder.rebuild((so) => (told = so));
    expect(told).toBe(works);
    expect(await entries()).toEqual(kept);
    expect(
      await rows(`SELECT FROM lookup_standings s
        WHERE NOT EXISTS (SELECT FROM lookup_entries e WHERE e.standing_id = s.standing_id)`),
    ).toEqual([]);
  });
});

/** One step of a generated story; numbers choose among the things that exist. */
type Step = { what: string; a: number; b: number; c: number };

async function tell(steps: readonly Step[]): Promise<string[]> {
  const { world, clock } = house;
  const parties = [await world.makeParty(), await world.makeParty(), await world.makeParty()];
  const catalogues = [
    await world.makeCatalogue(parties[0]!),
    await world.makeCatalogue(parties[1]!),
  ];
  const works: { id: string; kind: 'recording' | 'composition' | 'release' }[] = [];
  const ids: string[] = [];
  const claims: string[] = [];
  const declared: string[] = [];
  const add = async (kind: (typeof works)[number]['kind']) => {
    const value = `isrc:${world.isrc()}`;
    ids.push(value);
    works.push({
      id: await world.makeWork({ kind, registrant: parties[0], identifiers: [value] }),
      kind,
    });
  };
  for (const party of parties.slice(0, 2)) {
    ids.push(`isrc:${world.isrc()}`);
    const song = await world.makeSong({ party, identifiers: [ids.at(-1)!] });
    works.push(
      { id: song.recording, kind: 'recording' },
      { id: song.composition, kind: 'composition' },
    );
    if (steps.length % 3 > 0)
      await world.declareDefault(party, steps.length % 3 > 1 ? ALLOW : DENY);
  }
  await add('release');
  await world.addLink(works.at(-1)!.id, 'contains', works[0]!.id);
  const pick = <T>(list: readonly T[], at: number): T => list[at % list.length]!;
  const actions: Record<string, (step: Step) => Promise<unknown>> = {
    work: ({ a }) => add(pick(['recording', 'composition', 'release'] as const, a)),
    claim: async ({ a, b, c }) => {
      const work = pick(works, a);
      const layer = work.kind === 'composition' ? 'composition' : 'recording';
      const claim = { work: work.id, party: pick(parties, b), layer, level: c % 4 } as const;
      claims.push(
        await world.makeClaim({
          ...claim,
          sharePpm: pick([1_000_000, 500_000], c),
          exclusive: c % 7 === 0,
        }),
      );
    },
    revise: async ({ a, b }) => {
      if (claims.length === 0) return;
      const change = pick(
        [{ state: 'withdrawn' }, { level: 3 }, { level: 1 }, { state: 'disputed' }] as const,
        b,
      );
      await world.reviseClaim(pick(claims, a), change);
    },
    link: async ({ a, b, c }) => {
      const [from, to] = [pick(works, a), pick(works, b)];
      const kind =
        from.kind === 'release' ? 'contains' : to.kind === 'composition' ? 'embodies' : 'samples';
      if (from.id === to.id || from.kind === 'composition') return;
      await world.addLink(from.id, kind, to.id, c % 3 > 0);
    },
    unlink: async ({ a }) => {
      const links = await rows(
        `SELECT from_work_id, kind, to_work_id FROM work_links
         WHERE removed_at IS NULL AND from_work_id = ANY($1) ORDER BY recorded_at`,
        [works.map((work) => work.id)],
      );
      if (links.length === 0) return;
      const { from_work_id, kind, to_work_id } = pick(links, a);
      await world.removeLink(from_work_id, kind, to_work_id);
    },
    collect: ({ a, b }) => world.addToCatalogue(pick(catalogues, a), pick(works, b).id),
    declare: async ({ a, b, c }) => {
      const work = pick(works, b);
      const subject = pick(
        [
          undefined,
          { kind: 'work', id: work.id },
          { kind: 'catalogue', id: pick(catalogues, b) },
          { kind: 'release', id: works.find((one) => one.kind === 'release')!.id },
        ] as const,
        c,
      );
      const withdraws = declared.length > 0 && c % 11 === 0 ? pick(declared, a) : undefined;
      declared.push(
        await world.makeDeclaration({
          party: pick(parties, a),
          layer: pick(['recording', 'composition'] as const, a + b),
          subject,
          terms: withdraws
            ? []
            : pick([ALLOW, DENY, [{ purpose: TRAIN, decision: 'allow' }]] as Term[][], c + b),
          withdraws,
          effectiveFrom: c % 5 === 0 ? clock.now() + pick([-DAY, 3 * DAY], b) : undefined,
          effectiveUntil: c % 6 === 0 ? clock.now() + 5 * DAY : undefined,
        }),
      );
    },
    wait: async ({ a }) => clock.advance((a % 40) * DAY),
  };
  for (const step of steps) {
    await actions[step.what]!(step);
    clock.advance(1_000);
  }
  return ids;
}

const step = fc.record({
  what: fc.constantFrom(
    'work',
    'claim',
    'claim',
    'revise',
    'link',
    'link',
    'unlink',
    'collect',
    'declare',
    'declare',
    'declare',
    'wait',
  ),
  a: fc.nat(1_000),
  b: fc.nat(1_000),
  c: fc.nat(1_000),
});

describe('the present and the past', () => {
  it('give the same answer for the same moment, and it never changes', async () => {
    const asked: { ids: string[]; asOf: number; items: Json[] }[] = [];
    const outcomes = new Set<string>();
    const ask = { purposes: [TRAIN, 'preservation.ingest'] as never[] };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const half = Math.floor(steps.length / 2);
        for (const part of [steps.slice(0, half), steps.slice(half)]) {
          const ids = await tell(part);
          house.clock.advance(1_000);
          const now = await house.many(ids, ask);
          const asOf = Date.parse(now['asOf']);
          house.clock.advance(1_000);
          const past = await house.many(ids, { ...ask, asOf });
          expect(past['items']).toEqual(now['items']);
          const fresh = house.freshService();
          for (const [at, id] of ids.entries()) {
            const { ref: _, ...item } = now['items'][at] as Json;
            expect(await house.one(id, { ...ask, asOf })).toMatchObject(item);
            expect((await house.one(id, ask, fresh))['result']).toBe(item['result']);
          }
          for (const item of now['items'] as Json[]) outcomes.add(outcome(item));
          asked.push({ ids, asOf, items: now['items'] });
        }
      }),
      { numRuns: 20, endOnFailure: true },
    );
    // The stories are worth telling only if they end in more than one way.
    expect([...outcomes]).toEqual(expect.arrayContaining(['permitted', 'denied', 'unknown']));
    for (const { ids, asOf, items } of asked) {
      expect((await house.many(ids, { ...ask, asOf }))['items']).toEqual(items);
    }
  }, 120_000);

  it('leave a projection that a rebuild does not change', async () => {
    const kept = await entries();
    await house.builder.rebuild();
    expect(await entries()).toEqual(kept);
  });
});
