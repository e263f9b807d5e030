import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evaluate, type Inquiry, type Match } from '#consent/domain';
import { SnapshotPublisher } from '#publishing';
import { withDuckDb } from '#snapshots';
import { PURPOSES } from '#vocabulary';
import {
  checkProofFile,
  leafHash,
  parseJwks,
  parseProofFile,
  type ReceiptKeys,
  type SnapshotManifest,
  verifySnapshotManifest,
} from '#verify';
import { BusyWorld } from '../../support/factories/busy-world.js';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Song, type Somebody } from '../../support/factories/registry.js';
import { policyOf } from '../../support/replay-world.js';

const INQUIRIES: Omit<Inquiry, 'asOf' | 'unknownPolicy'>[] = [
  {},
  { territory: 'DE', actorClass: 'commercial', lawfulSource: true },
  { territory: 'US', actorClass: 'heritage_institution', accepts: ['volumeCap'] },
];

let registry: Registry;
let world: BusyWorld;
let publisher: SnapshotPublisher;
let keys: ReceiptKeys;
let scratch: string;
let mara: Somebody;
let song: Song;

beforeAll(async () => {
  registry = await Registry.open(undefined, { LOG_SIGNER: true, SNAPSHOT_KEEP: 2 });
  publisher = registry.app.app.get(SnapshotPublisher, { strict: false });
  scratch = await mkdtemp(join(tmpdir(), 'fermata-snapshot-'));
  await expect(publisher.publish()).rejects.toMatchObject({ code: 'publishing/nothing-registered' });
  world = await new BusyWorld(registry, 11).live(40);
  await addRareSituations();
  await world.erase();
  const { body } = await registry.call('GET', '/.well-known/jwks.json');
  keys = must(parseJwks(body));
}, 60_000);
afterAll(async () => {
  await registry?.close();
  await rm(scratch, { recursive: true, force: true });
});

function must<T>(checked: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!checked.ok) throw new Error(checked.reason);
  return checked.value;
}

/** What a busy world does not have for certain. */
async function addRareSituations(): Promise<void> {
  mara = await registry.somebody();
  const other = await registry.somebody();
  await registry.prove(mara.party);
  song = await registry.song(mara);
  const soon = new Date(registry.clock.now() + 3_600_000).toISOString();
  await registry.declare(mara, {
    terms: [
      { purpose: 'ai', decision: 'conditional', conditions: [{ kind: 'embargoUntil', date: soon }] },
      { purpose: 'access', decision: 'allow' },
    ],
    territory: { include: ['DE'] },
  });
  // One identifier, two works, and a claim that nobody has verified.
  const theirs = await registry.work(other, { identifiers: [{ scheme: 'isrc', value: song.isrc }] });
  await registry.claim(other, { work: theirs['id'] });
  await registry.declare(other, { template: 'no_ai_at_all' });
  world.identifiers.push({ scheme: 'isrc', value: song.isrc });
}

interface Opened {
  readonly manifest: SnapshotManifest;
  readonly identifiers: Map<string, Match[]>;
  readonly answers: Map<string, { outcome: string; reasons: string[] }>;
  readonly standingOf: Map<string, number>;
}

/** Reads a published snapshot as a stranger does: what is signed, then the files. */
async function open(): Promise<Opened> {
  const { rawPayload: bytes } = await registry.call('GET', '/snapshots/latest/manifest.json');
  const { size } = JSON.parse(bytes.toString()) as { size: number };
  const { body: jws } = await registry.call('GET', `/snapshots/${size}/manifest.jws`);
  const manifest = must(verifySnapshotManifest(bytes, jws, keys, registry.clock.now()));
  const folder = join(registry.app.logFolder, 'snapshots', String(size));
  return withDuckDb({ spillFolder: join(scratch, 'spill') }, async (connection) => {
    const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
    const facts = new Map<number, Match[]>();
    for (const [id, text] of await rows(`FROM '${folder}/standings.parquet'`)) {
      facts.set(Number(id), JSON.parse(String(text)) as Match[]);
    }
    const answers = new Map<string, { outcome: string; reasons: string[] }>();
    for (const [id, purpose, outcome, reasons] of await rows(`FROM '${folder}/answers.parquet'`)) {
      const why = String(reasons).split(',').filter(Boolean);
      answers.set(`${String(id)} ${String(purpose)}`, { outcome: String(outcome), reasons: why });
    }
    const identifiers = new Map<string, Match[]>();
    const standingOf = new Map<string, number>();
    const files = `FROM read_parquet('${folder}/identifiers/*/*.parquet', hive_partitioning = true)`;
    for (const [scheme, value, id] of await rows(`SELECT scheme, identifier, standing ${files}`)) {
      identifiers.set(`${String(scheme)}:${String(value)}`, facts.get(Number(id))!);
      standingOf.set(`${String(scheme)}:${String(value)}`, Number(id));
    }
    return { manifest, identifiers, answers, standingOf };
  });
}

/** What lookups say now, about everything that the snapshot should hold. */
async function live(inquiry: object): Promise<Json[]> {
  const rows = await registry.sql<{ scheme: string; value: string }>(
    `SELECT DISTINCT scheme, value FROM work_identifiers ORDER BY scheme, value`,
  );
  const body = { items: rows, purposes: PURPOSES, inquiry, unknownPolicy: 'deny' };
  return (await registry.done('POST', '/v1/lookups', { body }))['items'];
}

describe('a snapshot', () => {
  let opened: Opened;
  beforeAll(async () => {
    await publisher.publish();
    opened = await open();
  });

  it('answers for every identifier what a lookup answers', async () => {
    const seen = new Set<string>();
    for (const inquiry of INQUIRIES) {
      for (const item of await live(inquiry)) {
        const id = `${item['scheme']}:${item['value']}`;
        const matches = opened.identifiers.get(id) ?? [];
        expect([id, matches.length > 0]).toEqual([id, item['result'] !== 'not_found']);
        const at = { ...inquiry, asOf: opened.manifest.asOf, unknownPolicy: 'deny' as const };
        for (const purpose of PURPOSES) {
          const { outcome, reasons = [] } = item['purposes'][purpose] as Json;
          seen.add(`${outcome} ${reasons.join()}`);
          const ours = evaluate(matches, at, purpose);
          expect([id, purpose, ours.outcome, ours.reasons]).toEqual([id, purpose, outcome, reasons]);
          if (Object.keys(inquiry).length > 0 || matches.length === 0) continue;
          const listed = opened.answers.get(`${opened.standingOf.get(id)} ${purpose}`);
          expect(listed).toEqual({ outcome, reasons });
        }
      }
    }
    const outcomes = new Set([...seen].map((one) => one.split(' ')[0]));
    expect([...outcomes].sort()).toEqual(
      ['denied', 'licence_required', 'permitted', 'permitted_with_duties', 'unknown'].sort(),
    );
    expect([...seen].some((one) => one.includes('embargoUntil'))).toBe(true);
    expect([...seen].some((one) => one.includes('unverified'))).toBe(true);
  });

  it('names nobody', async () => {
    const text = JSON.stringify([...opened.identifiers.values()]);
    expect(text).not.toMatch(/pty_|wrk_|dec_|Zephyrine|@/);
  });

  it('is a leaf of the log, with a proof beside it', async () => {
    const { size } = opened.manifest;
    const { body } = await registry.call('GET', `/snapshots/${size}/manifest.tlog-proof`);
    const proof = must(parseProofFile(body));
    const { policy } = await policyOf(registry);
    must(checkProofFile(proof, leafHash(proof.extra!), policy));
    const leaf = JSON.parse(proof.extra!.toString()) as Json;
    const { rawPayload } = await registry.call('GET', '/snapshots/latest/manifest.json');
    const { createHash } = await import('node:crypto');
    expect(leaf).toMatchObject({
      ...{ type: 'snapshot', stream: 'snapshot', size, snapshot: opened.manifest.snapshot },
      count: opened.manifest.identifiers,
      digest: createHash('sha256').update(rawPayload).digest('hex'),
    });
    expect(Number(proof.index)).toBeGreaterThanOrEqual(size);
  });
});
