import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LogAppender } from '#transparency';
import {
  appendLeaves,
  contentFault,
  EMPTY_TREE,
  leafHash,
  rootOf,
  type LeafDraft,
} from '#transparency/domain';
import { Database } from '#platform';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';

/** Words that stand nowhere but in what people told the registry about themselves and their works. */
const PERSONAL = [
  'Zephyrine Quill',
  'Quillwork',
  'Marmalade Sky',
  'A wish of Zephyrine',
  'GBAYE06',
];

/** What the log itself says in every leaf. */
const FRAME = new Set(['stream', 'n', 'prev', 't', 'auth']);

interface Leaf {
  leaf_index: string;
  leaf_hash: Buffer;
  entry: Buffer;
  leaf_type: string;
  stream_key: string;
  stream_version: number;
  recorded_at: Date;
}

let registry: Registry;
let people: Somebody[];
let leaves: Leaf[];
let statuses: number[];

const head = async () => (await registry.sql(`SELECT size, root, recorded_at FROM log_head`))[0]!;

/** Each does a bit of everything, all of them at the same time. */
async function liveBusily(by: Somebody, other: Somebody, nth: number): Promise<number[]> {
  const made: number[] = [];
  const call = async (method: string, url: string, body?: object): Promise<Json> => {
    const answer = await registry.call(method, url, { as: by.token, body });
    made.push(answer.statusCode);
    return answer.json<Json>();
  };
  const isrc = (n: number) => ({ scheme: 'isrc', value: `GBAYE06${nth}00${n}${n}` });
  const { party } = by;
  const contributors = [{ name: 'Zephyrine Quill', role: 'performer', party }];
  const title = 'Marmalade Sky';
  const catalogue = await call('POST', '/v1/catalogues', { party, name: 'A wish of Zephyrine' });
  const song = await call('POST', '/v1/songs', {
    party,
    title,
    contributors,
    identifiers: [isrc(1)],
  });
  const { recording, composition } = song as { recording: Json; composition: Json };
  const sampled = await call('POST', '/v1/works', { party, kind: 'recording', title });
  await Promise.all([
    call('POST', `/v1/works/${recording['id']}/identifiers`, isrc(2)),
    call('POST', `/v1/works/${recording['id']}/links`, { kind: 'samples', work: sampled['id'] }),
    call('POST', `/v1/catalogues/${catalogue['id']}/works`, {
      works: [recording['id'], composition['id'], sampled['id']],
    }),
    call('POST', '/v1/declarations', {
      party,
      subject: { kind: 'party' },
      template: 'no_ai_at_all',
    }),
    call('POST', '/v1/declarations', {
      party,
      subject: { kind: 'work', id: recording['id'] },
      template: 'open_with_attribution',
      parameters: { attribution: 'Zephyrine Quill' },
    }),
    call('POST', '/v1/claims', { party, work: sampled['id'], layer: 'recording', role: 'owner' }),
    registry.prove(party, 2),
    registry.mandate(by, other, { rights: ['claim'] }),
  ]);
  await call('DELETE', `/v1/works/${recording['id']}/identifiers/isrc/${isrc(2).value}`);
  await call('POST', `/v1/claims/${(song['claims'] as Json[])[0]!['id']}/withdraw`);
  return made;
}

beforeAll(async () => {
  registry = await Registry.open(undefined, { LOG_SIGNER: true });
  people = [];
  for (let nth = 0; nth < 4; nth += 1) {
    people.push(await registry.somebody('artist', 'person', `Quillwork ${nth}`));
  }
  await registry.operator();
  statuses = (
    await Promise.all(
      people.map((by, nth) => liveBusily(by, people[(nth + 1) % people.length]!, nth)),
    )
  ).flat();
  leaves = await registry.sql<Leaf>(`SELECT * FROM log_leaves ORDER BY leaf_index`);
}, 60_000);
afterAll(() => registry?.close());

describe('the log after a busy time', () => {
  it('has lost nothing: every writer got what it asked for', () => {
    expect(statuses.filter((status) => status >= 300)).toEqual([]);
    expect(new Set(leaves.map((leaf) => leaf.leaf_type))).toEqual(
      new Set(['vocabulary', 'key', 'work', 'claim', 'declaration', 'mandate']),
    );
  });

  it('counts its leaves from 0 without a gap', () => {
    expect(leaves.map((leaf) => Number(leaf.leaf_index))).toEqual(leaves.map((_, at) => at));
  });

  it('has one time for each append, later than all before', async () => {
    const times = leaves.map((leaf) => leaf.recorded_at.getTime());
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    // Works that were registered together are one act of one party; nobody else shares its time.
    const acts = await registry.sql(
      `SELECT recorded_at FROM works GROUP BY 1 HAVING count(DISTINCT registrant_party_id) > 1`,
    );
    expect(acts).toEqual([]);
  });

  it('has streams of versions 1, 2, 3 …, each of which names the leaf before', () => {
    const last = new Map<string, Leaf>();
    for (const leaf of leaves) {
      const entry = JSON.parse(leaf.entry.toString('utf8')) as Json;
      const before = last.get(leaf.stream_key);
      expect(entry).toMatchObject({
        v: 1,
        type: leaf.leaf_type,
        stream: leaf.stream_key,
        n: (before?.stream_version ?? 0) + 1,
        prev: before ? Number(before.leaf_index) : null,
        t: leaf.recorded_at.getTime(),
      });
      expect(leaf.stream_version).toBe(entry['n']);
      last.set(leaf.stream_key, leaf);
    }
    expect([...last.values()].some((leaf) => leaf.stream_version > 3)).toBe(true);
  });

  it('has the hash of each entry for its leaf and the root of all of them for its head', async () => {
    const hashes = leaves.map((leaf) => leafHash(leaf.entry));
    expect(leaves.map((leaf) => leaf.leaf_hash.equals(hashes[Number(leaf.leaf_index)]!))).toEqual(
      leaves.map(() => true),
    );
    const tree = appendLeaves(EMPTY_TREE, hashes);
    const { size, root } = await head();
    expect(size).toBe(String(leaves.length));
    expect(root.toString('hex')).toBe(rootOf(tree).toString('hex'));
  });

  it('names nobody: no name, title, address or identifier stands in any entry', async () => {
    const text = leaves.map((leaf) => leaf.entry.toString('utf8')).join('\n');
    const emails = await registry.sql<{ email: string }>(`SELECT email FROM accounts`);
    expect(emails.length).toBeGreaterThan(3);
    const told = [...PERSONAL, ...emails.map(({ email }) => email), 'example.org', 'passport'];
    expect(told.filter((word) => text.includes(word))).toEqual([]);
    const [work] = await registry.sql(
      `SELECT title, value FROM works JOIN work_identifiers USING (work_id)`,
    );
    expect(work).toEqual({ title: 'Marmalade Sky', value: expect.stringContaining('GBAYE06') });
  });

  it('holds nothing that has no line in the data map', () => {
    const faults = leaves.flatMap((leaf) => {
      const { v: _, type, ...rest } = JSON.parse(String(leaf.entry)) as Record<string, unknown>;
      const content = Object.fromEntries(Object.entries(rest).filter(([name]) => !FRAME.has(name)));
      return contentFault(type as LeafDraft['type'], content) ?? [];
    });
    expect(faults).toEqual([]);
  });

  it('is pinned by every answer', async () => {
    const { size, root } = await head();
    const { log } = await registry.answer('GBAYE0600011', 'ai');
    expect(log).toEqual({ size: Number(size), root: root.toString('base64') });
  });
});

describe('an append', () => {
  it('leaves nothing behind when its transaction fails', async () => {
    const before = await head();
    const database = registry.app.app.get(Database);
    const log = registry.app.app.get(LogAppender, { strict: false });
    const draft = { type: 'work', stream: 'wrk_never', content: { kind: 'text' } } as const;
    await expect(
      database.transaction(async (tx) => {
        expect((await log.append(tx, [draft, draft])).streamVersions).toEqual([1, 2]);
        throw new Error('something else went wrong');
      }),
    ).rejects.toThrow('something else');
    expect(await head()).toEqual(before);
    const isrc = { scheme: 'isrc', value: 'GBAYE0600011' };
    const [{ work_id }] = (await registry.sql(
      `SELECT work_id FROM work_identifiers WHERE value = $1`,
      [isrc.value],
    )) as [Json];
    const url = `/v1/works/${work_id}/identifiers`;
    await registry.refused('POST', url, { as: people[0]!.token, body: isrc });
    expect(await head()).toEqual(before);
  });

  it('is later than the one before, even when the clock goes back a little', async () => {
    const { recorded_at: before } = await head();
    registry.clock.advance(-4_000);
    const { recordedAt } = await registry.work(people[0]!);
    registry.clock.advance(4_000);
    expect(Date.parse(recordedAt)).toBe(before.getTime() + 1);
  });

  it('is refused while the clock stands more than five seconds behind', async () => {
    const before = await head();
    registry.clock.advance(-6_000);
    const body = { party: people[0]!.party, kind: 'text', title: 'Too early' };
    const refused = await registry.refused('POST', '/v1/works', { as: people[0]!.token, body });
    registry.clock.advance(6_000);
    expect(refused).toMatchObject({ status: 503, code: 'transparency/clock-behind' });
    expect(await head()).toEqual(before);
  });
});
