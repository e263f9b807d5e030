import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClaimsService, ownClaim } from '#claims';
import { newId } from '#kernel';
import { Database } from '#platform';
import { WorkRegistrar } from '#works';
import { Registry, type Somebody } from '../support/factories/registry.js';

const TRAIN = 'ai.train.generative';
const WORKS = 2_000;

let registry: Registry;
let small: Somebody & { isrcs: string[] };
let large: Somebody & { isrcs: string[] };

/** A proven artist with so many recordings, each with its claim and an ISRC. */
async function artistWith(count: number): Promise<typeof large> {
  const artist = await registry.somebody();
  await registry.prove(artist.party);
  const { id: madeBy } = await registry.get('/v1/account', artist.token);
  const app = registry.app.app;
  const drafts = Array.from({ length: count }, () => {
    const value = registry.isrc();
    return {
      workId: newId('work'),
      kind: 'recording' as const,
      title: 'One of many',
      registrantPartyId: artist.party,
      contributors: [],
      identifiers: [{ ok: true, scheme: 'isrc', value, typed: value, repaired: false } as const],
      links: [],
      catalogues: [],
    };
  });
  await app.get(Database).transaction(async (tx) => {
    const claims = app.get(ClaimsService, { strict: false });
    await claims.holdHolders(tx, [artist.party]);
    await app.get(WorkRegistrar, { strict: false }).register(tx, drafts);
    await claims.recordNew(
      tx,
      drafts.map(({ workId }) => ownClaim(workId, 'recording', { party: artist.party, madeBy })),
    );
  });
  return { ...artist, isrcs: drafts.map(({ identifiers: [{ value }] }) => value) };
}

/** Rows of every table there is; how many checkpoints cover them is up to the signer. */
async function countRows(): Promise<Record<string, number>> {
  const tables = await registry.sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
       AND table_name <> 'log_checkpoints'`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await registry.sql<{ n: number }>(`SELECT count(*)::int AS n FROM "${name}"`);
    counts[name] = row!.n;
  }
  return counts;
}

async function rowsAddedBy(change: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await countRows();
  await change();
  const after = await countRows();
  const added = Object.entries(after).map(([name, n]) => [name, n - before[name]!] as const);
  return Object.fromEntries(added.filter(([, n]) => n !== 0));
}

beforeAll(async () => {
  registry = await Registry.open();
  small = await artistWith(1);
  large = await artistWith(WORKS);
}, 60_000);
afterAll(() => registry?.close());

describe('a party default', () => {
  it('adds as many rows for 2,000 works as for one, and not one about a work', async () => {
    const say = (by: Somebody, purpose: string) =>
      registry.declare(by, { terms: [{ purpose, decision: 'deny' }] });
    const few = await rowsAddedBy(() => say(small, 'access'));
    const many = await rowsAddedBy(() => say(large, 'dataset.redistribute'));
    expect(many).toEqual({
      declarations: 7,
      log_concerns: 7,
      log_leaves: 7,
      term_sets: 1,
    });
    expect(many).toEqual(few);
  });

  it('is in force for the very next lookup of any of them, and again when it changes', async () => {
    const body = {
      items: large.isrcs.map((value) => ({ scheme: 'isrc', value })),
      purposes: [TRAIN],
      inquiry: { territory: 'DE', actorClass: 'commercial', lawfulSource: true },
    };
    for (const [decision, outcome] of [
      ['deny', 'denied'],
      ['allow', 'unknown'],
      ['deny', 'denied'],
    ]) {
      await registry.declare(large, { terms: [{ purpose: 'ai', decision }] });
      expect(await registry.outcome(large.isrcs[WORKS - 1]!, TRAIN)).toBe(outcome);
      const { items } = await registry.done('POST', '/v1/lookups', { body });
      const outcomes = items.map(
        (item: Record<string, never>) => item['purposes'][TRAIN]['outcome'],
      );
      expect(new Set(outcomes)).toEqual(new Set([outcome]));
      expect(outcomes).toHaveLength(WORKS);
    }
    expect(await registry.outcome(small.isrcs[0]!, TRAIN)).toBe('unknown');
  });
});
