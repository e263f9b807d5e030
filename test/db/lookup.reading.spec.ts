import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Term } from '#consent/domain';
import type { Layer, Purpose } from '#vocabulary';
import type { Ask } from '../../src/lookup/domain/ask.js';
import type { LookupService } from '../../src/lookup/lookup.service.js';
import {
  ASK,
  createLookupHouse,
  type Json,
  type LookupHouse,
} from '../support/factories/lookup.js';

const ALLOW: Term[] = [{ purpose: 'ai', decision: 'allow' }];
const DENY: Term[] = [{ purpose: 'ai', decision: 'deny' }];
const TRAIN = 'ai.train.generative';

let house: LookupHouse;
/** Statements that lookups sent, in order. */
let sent: string[] = [];
/** What a statement of a lookup waits for before it is sent. */
let heldBack: (statement: string) => Promise<void> | undefined = () => undefined;

beforeAll(async () => {
  house = await createLookupHouse();
  house.pool.on('connect', (client) => {
    const query = client.query.bind(client);
    Object.assign(client, {
      query: (statement: string | { text: string }, ...rest: unknown[]) => {
        const text = typeof statement === 'string' ? statement : statement.text;
        sent.push(text);
        const send = () => (query as (...all: unknown[]) => unknown)(statement, ...rest);
        const held = heldBack(text);
        return held ? held.then(send) : send();
      },
    });
  });
});
afterAll(() => house.close());
beforeEach(() => {
  sent = [];
  heldBack = () => undefined;
});

const outcome = (answer: Json): string => answer['purposes'][TRAIN].outcome;
const sql = (text: string, parameters: unknown[] = []) =>
  house.database.dataSource.query(text, parameters);

/** Works of every sort: shared and own standings, samples, releases, catalogues, own statements. */
async function makeMix(count: number, licensee?: string): Promise<string[]> {
  const { world } = house;
  const ids: string[] = [];
  const schemes = ['isrc', 'apple', 'deezer', 'tidal', 'discogs'];
  let before: string | null = null;
  for (let at = 0; at < count; at += 1) {
    const scheme = schemes[at % schemes.length]!;
    const id = scheme === 'isrc' ? `isrc:${world.isrc()}` : `${scheme}:${900_000 + ids.length}`;
    const { party, recording } = await world.makeSong({ identifiers: [id] });
    ids.push(id);
    const terms: Term[] = [
      ...ALLOW,
      { purpose: `access.stream`, decision: at % 2 ? 'allow' : 'deny' },
    ];
    if (at % 3 === 0) await world.declareDefault(party, terms);
    if (at % 4 === 0) {
      const subject = { kind: 'work', id: recording } as const;
      await world.makeDeclaration({
        party,
        subject,
        terms: [{ purpose: 'ai.input', decision: 'allow' }],
      });
    }
    if (at % 5 === 0) await world.makeCatalogue(party, [recording]);
    if (at % 6 === 0 && before) await world.addLink(recording, 'samples', before);
    if (licensee && at % 2 === 0) {
      await world.makeLicence({
        grantor: party,
        grantee: licensee,
        works: [recording],
        purposes: ['ai'],
      });
    }
    before = recording;
  }
  return ids;
}

describe('the number of statements', () => {
  let ids: string[];
  let inquirer: string;
  beforeAll(async () => {
    inquirer = await house.world.makeParty();
    ids = await makeMix(30, inquirer);
  });

  const purposes: Purpose[] = [TRAIN, 'ai.input', 'access.stream', 'preservation.ingest'];
  const asking: [string, () => Partial<Ask>][] = [
    ['now', () => ({ purposes })],
    ['as of the past', () => ({ purposes, asOf: house.clock.now() - 1_000 })],
    ['with licences', () => ({ purposes, inquiry: { ...ASK.inquiry, inquirer } })],
    [
      'with licences as of the past',
      () => ({ purposes, asOf: house.clock.now() - 1_000, inquiry: { ...ASK.inquiry, inquirer } }),
    ],
  ];
  it.each(asking)('stays at most 12 for a batch %s, whatever it holds', async (_, ask) => {
    // One more makes the answer about the past certain for all the calls that follow.
    house.clock.advance(60_000);
    await house.many(ids, { ...ask(), asOf: house.clock.now() - 1 });
    const fill = Array.from({ length: 9_000 }, (__, at) => `apple:${5_000_000 + at}`);
    const few = [ids[0]!];
    const many = [...ids, ...fill, ...ids.map((id) => id.toLowerCase())];
    const counts: number[] = [];
    for (const list of [few, many]) {
      sent = [];
      const answer = await house.many(list, ask(), house.freshService());
      expect(answer['items']).toHaveLength(list.length);
      counts.push(sent.length);
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(12);
    expect(sent.filter((text) => text.includes('REPEATABLE READ READ ONLY'))).toHaveLength(1);
    expect(sent.at(-1)).toBe('COMMIT');
  });

  it('is one for a single lookup once things are remembered', async () => {
    for (const id of ids) await house.one(id);
    sent = [];
    for (const id of ids) await house.one(id);
    expect(sent).toHaveLength(ids.length);
  });

  it('is one or two for lookups that arrive together, each answered for itself', async () => {
    for (const id of ids) await house.one(id);
    sent = [];
    const answers = await Promise.all(ids.map((id) => house.one(id)));
    expect(sent.length).toBeLessThanOrEqual(2);
    expect(answers.map((answer) => `${answer['scheme']}:${answer['value']}`)).toEqual(ids);
  });

  it('is one more, whatever the number of lookups, after something was declared', async () => {
    const { party } = await house.world.makeSong();
    for (const id of ids) await house.one(id);
    await house.world.declareDefault(party, ALLOW);
    sent = [];
    await Promise.all(ids.map((id) => house.one(id)));
    expect(sent.filter((text) => !text.includes('lookup_entries e'))).toHaveLength(1);
  });

  it('finds entries in the primary key alone, without a look at the table', async () => {
    await sql(
      `INSERT INTO lookup_entries (scheme, value, work_id, standing_id, confidence_ppm)
       SELECT 'tidal', 'x' || n, 'wrk_' || n, 0, 1000000 FROM generate_series(1, 100000) n`,
    );
    await sql(`VACUUM ANALYZE lookup_entries`);
    const client = await house.pool.connect();
    const columns = 'e.work_id, e.standing_id, e.confidence_ppm, e.released_on';
    try {
      for (const text of [
        `EXPLAIN SELECT h.size, ${columns} FROM log_head h
         LEFT JOIN lookup_entries e ON e.scheme = 'isrc' AND e.value = 'USUG11904206'`,
        `EXPLAIN SELECT e.scheme, e.value, ${columns} FROM lookup_entries e
         WHERE e.scheme = ANY(ARRAY['isrc', 'tidal']) AND e.value = ANY(ARRAY['a', 'b', 'c'])`,
      ]) {
        const plan = (await client.query<Json>(text)).rows
          .map((row) => row['QUERY PLAN'])
          .join('\n');
        expect(plan).toContain('Index Only Scan using lookup_entries_pkey');
      }
    } finally {
      client.release();
      await sql(`DELETE FROM lookup_entries WHERE standing_id = 0`);
    }
  });
});

describe('what a process remembers', () => {
  it('is never older than the log that an answer names, also in a second process', async () => {
    const { world } = house;
    const id = `isrc:${world.isrc()}`;
    const { party } = await world.makeSong({ identifiers: [id] });
    const services = [house.service, house.freshService(), house.freshService()];
    for (const terms of [ALLOW, DENY, ALLOW, [], DENY]) {
      await world.declareDefault(party, terms);
      const [{ size }] = await sql(`SELECT size::int FROM log_head`);
      const wanted = terms === ALLOW ? 'permitted' : terms === DENY ? 'denied' : 'unknown';
      for (const service of services) {
        const answer = await house.one(id, {}, service);
        expect(answer['log'].size).toBe(size);
        expect(outcome(answer)).toBe(wanted);
      }
    }
  });

  it('answers at the log size that it names while others declare', async () => {
    const { world } = house;
    const id = `isrc:${world.isrc()}`;
    const { party } = await world.makeSong({ identifiers: [id] });
    // At every size the recording's last word is known: odd declarations allow, even ones deny.
    const wordAt = new Map<number, string>();
    const layers: Layer[] = ['recording', 'composition'];
    await world.makeDeclaration({ party, layer: 'composition', terms: ALLOW });
    let writing = true;
    const write = async () => {
      for (let at = 0; at < 60; at += 1) {
        await world.makeDeclaration({ party, layer: layers[0], terms: at % 2 ? ALLOW : DENY });
        const [{ size }] = await sql(`SELECT size::int FROM log_head`);
        wordAt.set(size, at % 2 ? 'permitted' : 'denied');
      }
      writing = false;
    };
    const seen: { size: number; outcome: string }[] = [];
    const read = async (service = house.service) => {
      while (writing) {
        const answer = await house.one(id, {}, service);
        seen.push({ size: answer['log'].size, outcome: outcome(answer) });
        const batch = await house.many([id, id], {}, service);
        for (const item of batch['items']) {
          seen.push({ size: batch['log'].size, outcome: outcome(item) });
        }
      }
    };
    await Promise.all([write(), read(), read(), read(house.freshService())]);
    const known = seen.filter(({ size }) => wordAt.has(size));
    expect(new Set(known.map(({ size }) => size)).size).toBeGreaterThan(10);
    for (const one of known) expect(one.outcome).toBe(wordAt.get(one.size));
  });

  it('is forgotten when the log went back or has another history', async () => {
    const { world } = house;
    const id = `isrc:${world.isrc()}`;
    const { party } = await world.makeSong({ identifiers: [id] });
    await world.declareDefault(party, ALLOW);
    const [backup] = await sql(`SELECT * FROM log_head`);
    const restore = async (change: string) => {
      // As after restoring a backup: triggers stand aside, the last declarations never were.
      await sql(`ALTER TABLE declarations DISABLE TRIGGER USER`);
      await sql(`ALTER TABLE log_leaves DISABLE TRIGGER USER`);
      await sql(`DELETE FROM declarations WHERE leaf_index >= $1`, [backup.size]);
      await sql(`DELETE FROM log_leaves WHERE leaf_index >= $1`, [backup.size]);
      await sql(`UPDATE log_head SET size = $1, root = $2, frontier = $3, recorded_at = $4`, [
        backup.size,
        backup.root,
        backup.frontier,
        backup.recorded_at,
      ]);
      if (change) await world.declareDefault(party, change === 'deny' ? DENY : []);
    };
    expect(outcome(await house.one(id))).toBe('permitted');
    await world.declareDefault(party, DENY);
    expect(outcome(await house.one(id))).toBe('denied');
    await restore('');
    expect(outcome(await house.one(id))).toBe('permitted');
    await world.declareDefault(party, DENY);
    expect(outcome(await house.one(id))).toBe('denied');
    house.clock.advance(5_000);
    // The same size again, but with other leaves.
    await restore('nothing');
    expect(outcome(await house.one(id))).toBe('unknown');
    await world.declareDefault(party, ALLOW);
    await world.declareDefault(party, ALLOW);
    expect(outcome(await house.one(id))).toBe('permitted');
  });
});

describe('a batch that was overtaken while it was reading', () => {
  /** Begins a batch, and goes on with it when `meanwhile` is done: its snapshot is of before. */
  async function overtake(id: string, service: LookupService, meanwhile: () => Promise<unknown>) {
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const isHeld = new Promise<void>((resolve) => {
      heldBack = (text) => {
        if (!text.includes('e.value = ANY($2)')) return undefined;
        heldBack = () => undefined;
        resolve();
        return held;
      };
    });
    const batch = house.many([id], {}, service);
    await isHeld;
    await meanwhile();
    goOn();
    return (await batch)['items'][0] as Json;
  }

  async function makeOwn(terms: Term[]) {
    const id = `isrc:${house.world.isrc()}`;
    const { party } = await house.world.makeSong({ identifiers: [id] });
    await house.world.declareDefault(party, terms);
    return { id, party };
  }

  it.each([true, false])(
    'answers what held then, and others what holds (known: %s)',
    async (known) => {
      const { id, party } = await makeOwn(ALLOW);
      const service = house.freshService();
      if (known) expect(outcome(await house.one(id, {}, service))).toBe('permitted');
      const overtaken = await overtake(id, service, async () => {
        await house.world.declareDefault(party, DENY);
        expect(outcome(await house.one(id, {}, service))).toBe('denied');
      });
      expect(outcome(overtaken)).toBe('permitted');
      expect(outcome(await house.one(id, {}, service))).toBe('denied');
      expect(outcome((await house.many([id], {}, service))['items'][0])).toBe('denied');
    },
  );

  it('brings back no words that were erased meanwhile', async () => {
    const { world } = house;
    const { id, party } = await makeOwn([
      { purpose: 'ai', decision: 'allow', duties: [{ kind: 'attribute', text: 'Somebody' }] },
    ]);
    const service = house.freshService();
    const other = `isrc:${world.isrc()}`;
    await world.makeSong({ identifiers: [other] });
    await overtake(id, service, async () => {
      await world.eraseWords(party);
      // Somebody else's lookup sees the erasure.
      await house.one(other, {}, service);
    });
    for (const answer of [
      await house.one(id, {}, service),
      (await house.many([id], {}, service))['items'][0],
    ]) {
      expect(outcome(answer)).toBe('denied');
      expect(JSON.stringify(answer)).not.toContain('Somebody');
    }
  });
});

describe('what answers come to, asked again after every change', () => {
  const purposes: Purpose[] = [TRAIN, 'ai.input', 'access.stream', 'preservation.ingest'];
  const BEGIN = Date.parse('2027-01-01T00:00:00Z');
  const HOUR = 3_600_000;
  const DAY = 24 * HOUR;
  /** Asked by whoever it may be, and by somebody who is granted licences. */
  let asks: Partial<Ask>[];
  /** The song that things happen to, one beside it in the same standing, and what never changes. */
  let ids: string[];
  let [artist, rival, refuser, inquirer, recording, refused] = ['', '', '', '', '', ''];
  let [catalogue, spoken, rivalClaim, song] = ['', '', '', ''];

  beforeAll(async () => {
    const { world, clock } = house;
    clock.set(BEGIN - DAY);
    [artist, rival, refuser] = [
      await world.makeParty(),
      await world.makeParty(),
      await world.makeParty(),
    ];
    inquirer = await world.makeParty();
    song = `isrc:${world.isrc()}`;
    const beside = `isrc:${world.isrc()}`;
    const refusedId = `isrc:${world.isrc()}`;
    const inferred = 'apple:77000001';
    ({ recording } = await world.makeSong({ party: artist, identifiers: [song] }));
    await world.addIdentifier(recording, `sha256:${'a'.repeat(64)}`);
    const likely = { id: inferred, confidencePpm: 800_000 };
    await world.makeSong({ party: artist, identifiers: [beside, likely] });
    ({ recording: refused } = await world.makeSong({ party: refuser, identifiers: [refusedId] }));
    await world.declareDefault(refuser, DENY);
    ids = [song, beside, refusedId, inferred, `sha256:${'a'.repeat(64)}`, `isrc:${world.isrc()}`];
    const stated = { ...ASK.inquiry, inquirer };
    asks = [{ purposes }, { purposes, inquiry: stated }];
    clock.set(BEGIN);
  });

  const askAll = async (service = house.service): Promise<Json[]> => {
    const answers: Json[] = [];
    for (const ask of asks) {
      for (const id of ids) answers.push(await house.one(id, ask, service));
      answers.push(await house.many(ids, ask, service));
    }
    return answers;
  };

  const works = (id: string) => ({ kind: 'work', id }) as const;
  const say =
    (terms: Term[], more: object = {}) =>
    async () => {
      const subject = works(recording);
      spoken = await house.world.makeDeclaration({ party: artist, subject, terms, ...more });
    };
  const steps: [string, () => Promise<unknown>, string][] = [
    ['nothing', () => Promise.resolve(), 'unknown'],
    ['a default of the artist', () => house.world.declareDefault(artist, ALLOW), 'permitted'],
    [
      'a catalogue',
      async () => (catalogue = await house.world.makeCatalogue(artist, [recording])),
      'permitted',
    ],
    [
      'a default of the catalogue',
      () => {
        const subject = { kind: 'catalogue', id: catalogue } as const;
        return house.world.makeDeclaration({ party: artist, subject, terms: DENY });
      },
      'denied',
    ],
    ['a declaration about the work', () => say(ALLOW)(), 'permitted'],
    ['its withdrawal', () => say([], { withdraws: spoken })(), 'unknown'],
    ['another declaration about the work', () => say(ALLOW)(), 'permitted'],
    [
      'a claim of somebody who says nothing',
      async () =>
        (rivalClaim = await house.world.makeClaim({
          work: recording,
          party: rival,
          exclusive: true,
        })),
      'unknown',
    ],
    ['a default of that party', () => house.world.declareDefault(rival, ALLOW), 'permitted'],
    ['a dispute', () => house.world.reviseClaim(rivalClaim, { state: 'disputed' }), 'disputed'],
    [
      'the end of it',
      () => house.world.reviseClaim(rivalClaim, { state: 'withdrawn' }),
      'permitted',
    ],
    ['a sample', () => house.world.addLink(recording, 'samples', refused), 'denied'],
    [
      'a consent of whom it was taken from',
      () => house.world.declareDefault(refuser, ALLOW),
      'permitted',
    ],
    ['that one taken back', () => house.world.declareDefault(refuser, DENY), 'denied'],
    [
      'the sample removed',
      () => house.world.removeLink(recording, 'samples', refused),
      'permitted',
    ],
    [
      'a second work under the identifier',
      () => house.world.addIdentifier(refused, song),
      'denied',
    ],
    ['one work again', () => house.world.removeIdentifier(refused, song), 'permitted'],
    ['a refusal to come', () => say(DENY, { effectiveFrom: BEGIN + 3 * DAY })(), 'permitted'],
    ['an hour', async () => house.clock.set(BEGIN + HOUR), 'permitted'],
    ['time up to that', async () => house.clock.set(BEGIN + 3 * DAY - 1), 'permitted'],
    ['the refusal', async () => house.clock.set(BEGIN + 3 * DAY), 'denied'],
    ['a month', async () => house.clock.set(BEGIN + 33 * DAY), 'denied'],
  ];
  it.each(steps)('is after %s what a new process says', async (_, change, wanted) => {
    await change();
    const [{ size }] = await sql(`SELECT size::int FROM log_head`);
    const first = await askAll();
    const fresh = await askAll(house.freshService());
    expect(first).toEqual(fresh);
    expect(await askAll()).toEqual(fresh);
    for (const answer of first) expect(answer['log'].size).toBe(size);
    expect(outcome(first[0]!)).toBe(wanted);
    expect(outcome(first[ids.length]!['items'][0])).toBe(wanted);
  });

  it('is, with a licence, another one for the inquirer alone, though no leaf says so', async () => {
    const until = house.clock.now() + HOUR;
    const ofInquirer = ids.length + 1;
    const outcomes = async () => {
      const answers = await askAll();
      expect(answers).toEqual(await askAll(house.freshService()));
      const asked = [answers[0]!, answers[ofInquirer]!, answers.at(-1)!['items'][0]];
      return asked.map(outcome);
    };
    const { composition } = await house.world.makeSong();
    const [{ to_work_id: own }] = await sql(
      `SELECT to_work_id FROM work_links WHERE from_work_id = $1 AND kind = 'embodies'`,
      [recording],
    );
    const grant = { grantor: artist, grantee: inquirer, until };
    await house.world.makeLicence({ ...grant, works: [composition], purposes: ['ai'] });
    expect(await outcomes()).toEqual(['denied', 'denied', 'denied']);
    await house.world.makeLicence({ ...grant, works: [recording, own], purposes: ['ai'] });
    expect(await outcomes()).toEqual(['denied', 'permitted', 'permitted']);
    house.clock.set(until);
    expect(await outcomes()).toEqual(['denied', 'denied', 'denied']);
  });

  it('is another one for works that were released on other days, where that counts', async () => {
    const { world, clock } = house;
    const holder = await world.makeParty();
    const dated = ['apple:88000001', 'apple:88000002'];
    const days = ['2017-01-01', '2017-06-01'];
    for (const [at, id] of dated.entries()) {
      const work = await world.makeWork({ kind: 'text', releasedOn: days[at], identifiers: [id] });
      await world.makeClaim({ work, party: holder, layer: 'text' });
    }
    const conditions = [{ kind: 'trigger', trigger: 'release_anniversary', years: 10 }] as const;
    const tenYears: Term[] = [{ purpose: 'ai', decision: 'conditional', conditions }];
    const outcomes = async (service = house.service) => {
      const single = [
        await house.one(dated[0]!, {}, service),
        await house.one(dated[1]!, {}, service),
      ];
      const batch: Json = await house.many(dated, {}, service);
      expect(batch['items'].map(outcome)).toEqual(single.map(outcome));
      return single.map(outcome);
    };
    for (const terms of [tenYears, ALLOW, tenYears]) {
      await world.makeDeclaration({ party: holder, layer: 'text', terms });
      const wanted = terms === ALLOW ? ['permitted', 'permitted'] : ['permitted', 'denied'];
      expect(await outcomes()).toEqual(wanted);
      expect(await outcomes()).toEqual(wanted);
      expect(await outcomes(house.freshService())).toEqual(wanted);
    }
    clock.set('2027-06-01T00:00:00Z');
    expect(await outcomes()).toEqual(['permitted', 'permitted']);
  });

  it('stands for as long as one that is worked out then', async () => {
    const { clock } = house;
    const ends = async (): Promise<string[]> => {
      const single = await house.one(song);
      const batch = await house.many([song]);
      return [single, batch['items'][0]].map((one) => one['purposes'][TRAIN].validUntil);
    };
    for (const hours of [0, 1, 2, 30]) {
      clock.advance(hours * HOUR);
      const end = new Date(clock.now() + DAY).toISOString();
      expect(await ends()).toEqual([end, end]);
    }
  });
});

describe('an answer as of a moment just past', () => {
  it('waits for a declaration that was recorded by then and is about to be committed', async () => {
    const { world, clock } = house;
    const id = `isrc:${world.isrc()}`;
    const { party } = await world.makeSong({ identifiers: [id] });
    await world.declareDefault(party, ALLOW);
    clock.advance(60_000);
    let commit: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    let appended: () => void = () => undefined;
    const isAppended = new Promise<void>((resolve) => (appended = resolve));
    const writing = house.database.transaction(async (tx) => {
      // What an append does first: take the head's lock, then the time.
      await tx.manager.query(`SELECT FROM log_head FOR UPDATE`);
      appended();
      await held;
    });
    await isAppended;
    clock.advance(1_000);
    let isAnswered = false;
    const asking = house
      .one(id, { asOf: clock.now() - 500 })
      .then((answer) => ((isAnswered = true), answer));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(isAnswered).toBe(false);
    commit();
    await writing;
    expect(outcome(await asking)).toBe('permitted');
  });

  it('does not wait where a leaf was recorded since', async () => {
    const { world, clock } = house;
    const id = `isrc:${world.isrc()}`;
    await world.makeSong({ identifiers: [id] });
    clock.advance(60_000);
    const asOf = clock.now() - 30_000;
    await world.makeSong();
    await house.database.transaction(async (tx) => {
      await tx.manager.query(`SELECT FROM log_head FOR UPDATE`);
      expect((await house.one(id, { asOf }))['result']).toBe('found');
    });
  });
});
