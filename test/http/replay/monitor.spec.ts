import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '#kernel';
import { Monitor, readSeen, type Seen, writeSeen } from '#replay';
import { parsePolicy } from '#verify';
import { BusyWorld, randomFrom } from '../../support/factories/busy-world.js';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Somebody } from '../../support/factories/registry.js';
import { LogFiles } from '../../support/log-files.js';
import { leavesOf, logOf } from '../../support/replay-world.js';

let registry: Registry;
let by: Somebody;
let leaves: Buffer[];
let log: LogFiles;

/** More than there are identifiers: every one of them is asked about. */
const EVERYTHING = 1_000;

type Ask = (path: string) => Promise<string>;
const askLive: Ask = async (path) => (await registry.call('GET', path)).body;

/** A monitor of whatever log is published at the moment. */
function monitorOf(published: () => LogFiles, seen: Seen | null = null, ask: Ask | null = askLive) {
  const policy = parsePolicy(published().policy);
  if (!policy.ok) throw new Error(policy.reason);
  const ports = {
    fetch: (path: string) => published().fetch(path),
    ask,
    now: () => registry.clock.now(),
    random: randomFrom(1),
    pause: () => Promise.resolve(),
  };
  return new Monitor(ports, policy.value, EVERYTHING, seen);
}

/** The kinds of what one round finds, after a round in which all was well. */
async function foundAfter(second: () => LogFiles | Promise<LogFiles>): Promise<string[]> {
  let published = log;
  const monitor = monitorOf(() => published, null, null);
  expect(await monitor.round()).toEqual([]);
  published = await second();
  return kindsOf(await monitor.round());
}

const kindsOf = (alerts: readonly { kind: string }[]) => [
  ...new Set(alerts.map((one) => one.kind)),
];

const edited = (entry: Buffer, change: object): Buffer =>
  Buffer.from(canonicalJson({ ...(JSON.parse(String(entry)) as object), ...change }));

const leafOf = (entry: Buffer): Json => JSON.parse(String(entry)) as Json;

/** The leaves as a registry without conscience would have them. */
const withLeaf = (at: number, change: object) =>
  leaves.map((entry, index) => (index === at ? edited(entry, change) : entry));

/** Openings come with it, or nothing could be sampled. */
const withOpenings = (entries: readonly Buffer[]) => logOf(registry, entries);

const next = (change: object = {}): Buffer => {
  const t = registry.clock.now() + 1_000;
  const content = { kind: 'text', identifiers: [], links: [], catalogues: [] };
  const place = { v: 1, type: 'work', stream: 'wrk_0123456789abcdefghjkmnpqrs', n: 1, prev: null };
  return Buffer.from(
    canonicalJson({ ...content, ...place, t, auth: { m: 'registry' }, ...change }),
  );
};

beforeAll(async () => {
  registry = await Registry.open(undefined, { LOG_SIGNER: true });
  await new BusyWorld(registry, 3).live(20);
  by = await registry.somebody();
  await registry.song(by);
  await registry.declare(by, { template: 'no_ai_at_all' });
  leaves = await leavesOf(registry);
  log = await withOpenings(leaves);
}, 60_000);
afterAll(() => registry?.close());

describe('a monitor', () => {
  it('raises nothing while a healthy registry grows', async () => {
    let published = log;
    const monitor = monitorOf(() => published);
    expect(await monitor.round()).toEqual([]);
    expect(monitor.lastSeen).toMatchObject({ size: leaves.length, origin: 'registry.example/log' });
    registry.tick();
    await registry.song(by);
    published = log = await withOpenings((leaves = await leavesOf(registry)));
    expect(await monitor.round()).toEqual([]);
    expect(monitor.size).toBe(leaves.length);
  });

  it('finds a lookup that says something else than the log', async () => {
    const lying: Ask = async (path) =>
      (await askLive(path)).replaceAll('"outcome":"denied"', '"outcome":"permitted"');
    const alerts = await monitorOf(() => log, null, lying).round();
    expect(kindsOf(alerts)).toEqual(['answer']);
    expect(alerts[0]!.detail).toMatch(
      /^isrc:QZFER\d+ at log size \d+: \/purposes\/.+ is "permitted", and the log gives "denied"$/,
    );
  });

  it('finds a lookup that is answered from an old state', async () => {
    const old = new Map<string, string>();
    const remembering: Ask = async (path) => {
      old.set(path, await askLive(path));
      return old.get(path)!;
    };
    const seed = monitorOf(() => log, null, remembering);
    expect(await seed.round()).toEqual([]);
    await registry.declare(by, { template: 'preserve_never_train' });
    const grown = await withOpenings(await leavesOf(registry));
    const stale: Ask = async (path) => old.get(path) ?? askLive(path);
    const alerts = await monitorOf(() => grown, null, stale).round();
    expect(kindsOf(alerts)).toEqual(['stale']);
    // The same answers under the present log are no better.
    const { log: head, asOf } = JSON.parse(await askLive([...old.keys()][0]!)) as Json;
    const dressed: Ask = async (path) => {
      const text = old.get(path) ?? (await askLive(path));
      return text
        .replace(/"log":\{[^}]*\}/, `"log":${JSON.stringify(head)}`)
        .replace(/"asOf":"[^"]*"/, `"asOf":"${asOf}"`);
    };
    expect(kindsOf(await monitorOf(() => grown, null, dressed).round())).toEqual(['answer']);
    log = grown;
    leaves = await leavesOf(registry);
  });

  it('finds answers from leaves that are not published', async () => {
    const published = log;
    await registry.declare(by, { template: 'no_ai_at_all' });
    expect(kindsOf(await monitorOf(() => published).round())).toEqual(['unpublished']);
    log = await withOpenings((leaves = await leavesOf(registry)));
  });

  it('finds a leaf that was rewritten after it was seen', async () => {
    const at = leaves.findIndex((entry) => leafOf(entry)['type'] === 'claim');
    const rewritten = () => withOpenings([...withLeaf(at, { level: 4 }), next()]);
    expect(await foundAfter(rewritten)).toEqual(['fork']);
  });

  it('finds a leaf that was rewritten in its bundle alone', async () => {
    const bent = new LogFiles(leaves);
    const other = new LogFiles(withLeaf(0, { kind: 'text' }));
    for (const [path, file] of other.files) {
      if (path.startsWith('tile/entries/000')) bent.files.set(path, file);
    }
    expect(kindsOf(await monitorOf(() => bent).round())).toEqual(['tree']);
  });

  it('finds a second history of the same size, and one that lost its end', async () => {
    const last = leaves.length - 1;
    expect(await foundAfter(() => withOpenings(withLeaf(last, { t: 1 })))).toEqual(['fork']);
    expect(await foundAfter(() => withOpenings(leaves.slice(0, -1)))).toEqual(['fork']);
  });

  it('knows a fork from what an earlier run has seen', async () => {
    const monitor = monitorOf(() => log, null, null);
    await monitor.round();
    const seen = readSeen(writeSeen(monitor.lastSeen!));
    expect(seen).toEqual(monitor.lastSeen);
    const forked = await withOpenings([...withLeaf(0, { kind: 'image' }), next()]);
    expect(kindsOf(await monitorOf(() => forked, seen, null).round())).toEqual(['fork']);
    expect(await monitorOf(() => log, seen, null).round()).toEqual([]);
  });

  it('finds a leaf that is older than when it was recorded', async () => {
    registry.clock.advance(600_000);
    const late = () => {
      const { t } = leafOf(leaves.at(-1)!) as { t: number };
      return withOpenings([...leaves, next({ t: t + 1 })]);
    };
    expect(await foundAfter(late)).toEqual(['backdated']);
    const future = () => withOpenings([...leaves, next({ t: registry.clock.now() + 61_000 })]);
    expect(await foundAfter(future)).toEqual(['future']);
  });

  it.each([
    ['a leaf that is missing', 'stream', () => leaves.filter((entry) => leafOf(entry)['n'] !== 2)],
    ['a time that goes back', 'order', () => [...leaves, next({ t: 5 })]],
    ['a type that nobody knows', 'form', () => [...leaves, next({ type: 'rumour' })]],
    ['a name in a leaf', 'form', () => [...leaves, next({ title: 'Marmalade Sky' })]],
    [
      'another spelling of a leaf',
      'form',
      () => [...leaves, Buffer.concat([next(), Buffer.from(' ')])],
    ],
    ['a work of no kind', 'content', () => [...leaves, next({ kind: 'rumour' })]],
    [
      'other lists than ours',
      'vocabulary',
      () => {
        const { v, n, prev, t, auth } = leafOf(next());
        const content = { version: '1', digest: 'ab'.repeat(32) };
        const leaf = { v, n, prev, t, auth, ...content, type: 'vocabulary', stream: 'lists' };
        return [...leaves, Buffer.from(canonicalJson(leaf))];
      },
    ],
  ])('finds %s', async (_, kind, entries) => {
    const published = new LogFiles(entries());
    expect(kindsOf(await monitorOf(() => published, null, null).round())).toEqual([kind]);
  });

  it('finds openings that open nothing, or something else', async () => {
    const path = [...log.files.keys()].find((one) => one.startsWith('openings/'))!;
    const lines = Buffer.from(log.files.get(path)!).toString('utf8').trim().split('\n');
    const opening = lines.find((line) => line.includes('"isrc"'))!;
    const kinds = async (line: string) => {
      const bent = new LogFiles(leaves);
      bent.files.set(path, Buffer.from(`${line}\n`));
      return kindsOf(await monitorOf(() => bent, null, null).round());
    };
    expect(await kinds(opening)).toEqual([]);
    expect(await kinds(opening.replace('QZFER', 'QZFEX'))).toEqual(['opening']);
    expect(await kinds(opening.replace(/"index":\d+/, '"index":0'))).toEqual(['opening']);
  });

  it('says so when nobody answers', async () => {
    const away: Ask = () => Promise.reject(new Error('connect ECONNREFUSED'));
    expect(kindsOf(await monitorOf(() => log, null, away).round())).toEqual(['unreachable']);
    const gone = { ...log, policy: log.policy, fetch: () => Promise.reject(new Error('away')) };
    expect(kindsOf(await monitorOf(() => gone as never).round())).toEqual(['unreachable']);
  });
});
