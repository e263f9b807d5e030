import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { appendLeaves, EMPTY_TREE, leafHash, rootOf } from '../../src/transparency/domain/index.js';
import {
  ask,
  eventually,
  newScratch,
  postgresIn,
  postmasterOf,
  removeAll,
  type ServerProcess,
  settleArtist,
  signal,
  startServer,
} from './server-process.js';

jest.setTimeout(120_000);

const TRAIN = 'ai.train.generative';
const WRITERS = 4;
const KILLS = ['node', 'postgres', 'both', 'a connection'] as const;

const seed = Number(process.env['FERMATA_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
const random = mulberry32(seed);

/** One request under one key, and the first answer that was acknowledged, if any was. */
interface Attempt {
  path: string;
  key: string;
  body: unknown;
  answer?: Record<string, unknown>;
}

interface Song {
  isrc: string;
  register: Attempt;
  declare?: Attempt;
}

let settings: Record<string, string>;
let dataFolder: string;
let server: ServerProcess;
let artist: { token: string; party: string };
const songs: Song[] = [];
const faults: unknown[] = [];

beforeAll(async () => {
  const DATA_DIR = join(newScratch(), 'data');
  dataFolder = join(DATA_DIR, 'pg18');
  settings = { DATA_DIR, REQUESTS_PER_MINUTE: '1000000', LOG_LEVEL: 'error' };
  process.stdout.write(`durability: FERMATA_SEED=${seed}\n`);
  server = await startServer(settings);
  artist = await settleArtist(server.url);
});
afterAll(removeAll);

describe('kill -9', () => {
  it.each(shuffle(KILLS))(
    'loses nothing that was acknowledged, when it hits %s',
    async (victim) => {
      const until = { stopped: false };
      const before = acknowledged().length;
      const writers = Array.from({ length: WRITERS }, () => write(until));
      await eventually(() => acknowledged().length >= before + 5);
      await sleep(random() * 700);
      await strike(victim);
      await sleep(100);
      until.stopped = true;
      await Promise.all(writers);
      if (victim === 'a connection') {
        // PostgreSQL ends all its connections and repairs itself; the server gets over it alone.
        const ready = async () => (await ask(`${server.url}/health/ready`)).status === 200;
        expect(await eventually(ready)).toBe(true);
      } else {
        await server.kill();
        server = await startServer(settings);
      }
      expect(faults.splice(0)).toEqual([]);
      expect(acknowledged().length).toBeGreaterThanOrEqual(before + 5);
      await expectAllThere();
    },
  );

  it('lets each unanswered request be sent again under its key, and does it once', async () => {
    const open = songs.flatMap(attemptsOf).filter((attempt) => !attempt.answer);
    expect(open).not.toEqual([]);
    for (const attempt of open) expect(await send(attempt)).toBe(true);
    for (const attempt of open) {
      const again = await post(attempt);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(again.body).toEqual(attempt.answer);
    }
    await expectAllThere();
    const counts = await query(
      `SELECT (SELECT count(*) FROM works WHERE kind = 'recording')::int AS recordings,
              (SELECT count(*) FROM declarations WHERE subject_kind = 'work')::int AS wishes`,
    );
    const declared = songs.filter(({ declare }) => declare).length;
    expect(counts).toEqual([{ recordings: songs.length, wishes: declared * 2 }]);
  });

  it('leaves a log without gaps whose root is that of its leaves', async () => {
    const leaves = await query<{ index: string; hash: Buffer; entry: Buffer }>(
      `SELECT leaf_index AS index, leaf_hash AS hash, entry FROM log_leaves ORDER BY leaf_index`,
    );
    expect(leaves.map(({ index }) => Number(index))).toEqual([...leaves.keys()]);
    for (const { hash, entry } of leaves) expect(leafHash(entry).equals(hash)).toBe(true);
    const tree = appendLeaves(
      EMPTY_TREE,
      leaves.map(({ hash }) => hash),
    );
    const head = await query(`SELECT size::int, encode(root, 'hex') AS root FROM log_head`);
    expect(head).toEqual([{ size: leaves.length, root: rootOf(tree).toString('hex') }]);
    const broken = await query(
      `SELECT stream_key FROM log_leaves GROUP BY stream_key
       HAVING max(stream_version) <> count(*) OR min(stream_version) <> 1`,
    );
    expect(broken).toEqual([]);
  });

  it('leaves a projection that equals one made anew', async () => {
    const entries = () =>
      query(
        `SELECT scheme, value, work_id, confidence_ppm, released_on::text, shape, refs
         FROM lookup_entries JOIN lookup_standings USING (standing_id) ORDER BY 1, 2, 3`,
      );
    const kept = await entries();
    expect(kept).toHaveLength(songs.length);
    const rebuilt = spawnSync(process.execPath, ['bin/fermata.mjs', 'rebuild-lookup'], {
      env: { PATH: process.env['PATH'], ...settings },
      encoding: 'utf8',
    });
    expect(rebuilt).toMatchObject({ status: 0, stdout: expect.stringMatching(/hold \d+ works/) });
    expect(await entries()).toEqual(kept);
  });
});

/** Registers songs and says a wish about each, until it is told to stop or its server is gone. */
async function write(until: { stopped: boolean }): Promise<void> {
  while (!until.stopped) {
    const isrc = `ZZFMT26${String(songs.length).padStart(5, '0')}`;
    const { party } = artist;
    const register = attempt('/v1/songs', {
      ...{ party, title: `Song ${isrc}` },
      identifiers: [{ scheme: 'isrc', value: isrc }],
    });
    const song: Song = { isrc, register };
    songs.push(song);
    if (!(await send(register))) {
      await sleep(20);
      continue;
    }
    const recording = register.answer!['recording'] as { id: string };
    song.declare = attempt('/v1/declarations', {
      ...{ party, subject: { kind: 'work', id: recording.id } },
      terms: [{ purpose: 'ai', decision: 'deny' }],
    });
    await send(song.declare);
  }
}

let keys = 0;
function attempt(path: string, body: unknown): Attempt {
  return { path, body, key: `write-${seed}-${++keys}` };
}

function post({ path, body, key }: Attempt) {
  const headers = { 'idempotency-key': key };
  return ask<Record<string, unknown>>(`${server.url}${path}`, { body, headers, as: artist.token });
}

/**
 * Whether it was acknowledged. No answer, or one that says "later" (202 among them), is no
 * acknowledgement; any other refusal of a good request is a fault.
 */
async function send(one: Attempt): Promise<boolean> {
  const answer = await post(one).catch(() => null);
  if (answer?.status === 201) one.answer = answer.body;
  else if (answer && ![202, 409, 503].includes(answer.status)) {
    const id = answer.headers.get('x-request-id')!;
    const logged = server.err.split('\n').find((line) => line.includes(id));
    faults.push({ path: one.path, answer: answer.body, logged });
  }
  return one.answer !== undefined;
}

async function strike(victim: (typeof KILLS)[number]): Promise<void> {
  if (victim === 'node' || victim === 'both') signal(server.pid, 'SIGKILL');
  if (victim === 'postgres' || victim === 'both') signal(postmasterOf(dataFolder), 'SIGKILL');
  if (victim === 'a connection') {
    const [row] = await query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE application_name = 'fermata'
       ORDER BY state = 'active' DESC LIMIT 1`,
    );
    expect(postgresIn(dataFolder)).toContain(row!.pid);
    signal(row!.pid, 'SIGKILL');
  }
}

/** Every acknowledged work and wish is stored, and the lookup answers by it. */
async function expectAllThere(): Promise<void> {
  const there = songs.filter(({ register }) => register.answer);
  type Item = { ref: string; works: { workId: string }[]; purposes: Purposes };
  type Purposes = Record<string, { outcome: string }>;
  const { body } = await ask<{ items: Item[] }>(`${server.url}/v1/lookups`, {
    body: {
      items: there.map(({ isrc }) => ({ ref: isrc, scheme: 'isrc', value: isrc })),
      purposes: [TRAIN],
      unknownPolicy: 'refer',
    },
  });
  expect(body.items).toHaveLength(there.length);
  for (const [index, { isrc, register, declare }] of there.entries()) {
    const { ref, works, purposes } = body.items[index]!;
    const recording = register.answer!['recording'] as { id: string };
    expect({ ref, works: works.map((work) => work.workId) }).toEqual({
      ref: isrc,
      works: [recording.id],
    });
    if (declare?.answer) expect(purposes[TRAIN]!.outcome).toBe('denied');
  }
  const acknowledgedIds = songs.flatMap(({ declare }) =>
    ((declare?.answer?.['declarations'] ?? []) as { id: string }[]).map(({ id }) => id),
  );
  const stored = await query<{ found: number }>(
    `SELECT count(*)::int AS found FROM declarations WHERE declaration_id = ANY($1)`,
    [acknowledgedIds],
  );
  expect(stored).toEqual([{ found: acknowledgedIds.length }]);
}

const attemptsOf = ({ register, declare }: Song) => (declare ? [register, declare] : [register]);
const acknowledged = () => songs.flatMap(attemptsOf).filter(({ answer }) => answer);

async function query<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]> {
  const client = new pg.Client({ host: join(dataFolder, 's'), port: 5432, user: 'fermata' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

function shuffle<T>(all: readonly T[]): T[] {
  return all
    .map((one) => [random(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}

/** Numbers from 0 to 1 that a seed repeats. */
function mulberry32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
