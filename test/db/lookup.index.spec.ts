import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Term } from '#consent/domain';
import { createLookupHouse, type Json, type LookupHouse } from '../support/factories/lookup.js';

const ALLOW: Term[] = [{ purpose: 'ai', decision: 'allow' }];

let house: LookupHouse;
let held: ReturnType<LookupHouse['withIndex']>;
/** Statements that lookups sent, in order. */
let sent: string[] = [];

beforeAll(async () => {
  house = await createLookupHouse();
  house.pool.on('connect', (client) => {
    const query = client.query.bind(client);
    Object.assign(client, {
      query: (statement: string | { text: string }, ...rest: unknown[]) => {
        sent.push(typeof statement === 'string' ? statement : statement.text);
        return (query as (...all: unknown[]) => unknown)(statement, ...rest);
      },
    });
  });
  held = house.withIndex(64);
});
afterAll(async () => {
  await held.index.onApplicationShutdown();
  await house.close();
});
beforeEach(() => follow());

const sql = (text: string, parameters: unknown[] = []): Promise<Json[]> =>
  house.database.dataSource.query(text, parameters);

/** Lets the index come up to date. */
async function follow(): Promise<void> {
  held.index.follow();
  await held.index.settled();
}

const readsEntries = () => sent.some((text) => text.includes('lookup_entries e'));

/** The items of a batch without the refs that tell them apart. */
const itemsOf = (batch: Json): Json[] =>
  (batch['items'] as Json[]).map((item) =>
    Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'ref')),
  );

/** Answers of the process that holds entries, alone and in a batch, are those of one that does not. */
async function expectAlike(ids: string[]): Promise<Json[]> {
  const plain = await house.many(ids);
  const items = itemsOf(plain);
  const batch = await house.many(ids, {}, held.service);
  expect(itemsOf(batch)).toEqual(items);
  expect(batch['log']).toEqual(plain['log']);
  for (const [at, id] of ids.entries()) {
    const { asOf, log, ...one } = await house.one(id, {}, held.service);
    expect(one).toMatchObject(items[at]!);
    expect(asOf <= plain['asOf']).toBe(true);
    expect(log).toEqual(plain['log']);
  }
  return items;
}

describe('entries that are held in memory', () => {
  it('answer as the database does, without being read', async () => {
    const { world } = house;
    const ids = [`isrc:${world.isrc()}`, `apple:880001`, `isrc:${world.isrc()}`];
    await world.makeSong({ identifiers: [ids[0]!] });
    const { party } = await world.makeSong({ identifiers: [ids[1]!] });
    await world.declareDefault(party, ALLOW);
    await follow();
    const items = await expectAlike(ids);
    expect(items.map(({ result }) => result)).toEqual(['found', 'found', 'not_found']);
    sent = [];
    await house.one(ids[0]!, {}, held.service);
    await house.many(ids, {}, held.service);
    expect(sent).toHaveLength(2);
    expect(readsEntries()).toBe(false);
  });

  it('never hide a change, before the index has followed nor after', async () => {
    const { world } = house;
    const ids = [`isrc:${world.isrc()}`, 'apple:880002'];
    const { recording, party } = await world.makeSong({ identifiers: [ids[0]!] });
    await follow();
    await expectAlike(ids);
    const changes: (() => Promise<unknown>)[] = [
      () => world.addIdentifier(recording, ids[1]!),
      () => world.makeSong({ identifiers: [ids[1]!] }),
      () => world.declareDefault(party, ALLOW),
      () => world.removeIdentifier(recording, ids[0]!),
    ];
    for (const change of changes) {
      await change();
      await expectAlike(ids);
      await follow();
      await expectAlike(ids);
      sent = [];
      await house.many(ids, {}, held.service);
      expect(readsEntries()).toBe(false);
    }
    expect((await house.many(ids, {}, held.service))['items']).toMatchObject([
      { result: 'not_found' },
      { works: [{}, {}] },
    ]);
  });

  it('are read anew where too much changed, and after notes that were dropped', async () => {
    const { world } = house;
    const id = `isrc:${world.isrc()}`;
    await world.makeSong({ identifiers: [id] });
    await follow();
    await sql(
      `INSERT INTO lookup_entries (scheme, value, work_id, standing_id, confidence_ppm)
       SELECT 'tidal', '77' || n, work_id, standing_id, 1000000
       FROM generate_series(1, 1500) n, lookup_entries WHERE scheme = 'isrc' AND value = $1`,
      [id.slice(5)],
    );
    const [newest] = await sql('SELECT scheme FROM lookup_changes ORDER BY change DESC LIMIT 1');
    expect(newest).toEqual({ scheme: null });
    await follow();
    await expectAlike([id, 'tidal:7712']);
    await sql(`DELETE FROM lookup_entries WHERE scheme = 'tidal' AND value LIKE '77%'`);
    await sql(`DELETE FROM lookup_changes WHERE change < (SELECT max(change) FROM lookup_changes)`);
    expect(await expectAlike([id, 'tidal:7712'])).toMatchObject([{}, { result: 'not_found' }]);
    await follow();
    sent = [];
    expect(await expectAlike(['tidal:7712'])).toMatchObject([{ result: 'not_found' }]);
  });

  it('are not held where they do not fit', async () => {
    const { index, service } = house.withIndex(0);
    const id = `isrc:${house.world.isrc()}`;
    await house.world.makeSong({ identifiers: [id] });
    sent = [];
    await house.one(id, {}, service);
    expect(readsEntries()).toBe(true);
    await index.onApplicationShutdown();
  });

  it('name no identifier of an erased work in the notes', async () => {
    const { world, builder, database } = house;
    const id = `isrc:${world.isrc()}`;
    const { recording } = await world.makeSong({ identifiers: [id] });
    const noted = () => sql(`SELECT FROM lookup_changes WHERE value = $1`, [id.slice(5)]);
    expect(await noted()).not.toEqual([]);
    await database.transaction((tx) => builder.drop(tx, [recording]));
    expect(await noted()).toEqual([]);
    expect(await expectAlike([id])).toMatchObject([{ result: 'not_found' }]);
  });
});
