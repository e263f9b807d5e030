import { createHash } from 'node:crypto';
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { run } from '#cli';
import { evaluate, type Inquiry, type Match } from '#consent/domain';
import { SnapshotPublisher } from '#publishing';
import { checkFolder, type FetchPath, pullSnapshot, withDuckDb } from '#snapshots';
import { SigningStatus } from '#transparency';
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
import { checkInProcess } from '../../cli/check-in-process.js';
import { BusyWorld } from '../../support/factories/busy-world.js';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Song, type Somebody } from '../../support/factories/registry.js';
import { policyOf } from '../../support/replay-world.js';

const INQUIRIES: Omit<Inquiry, 'asOf' | 'unknownPolicy'>[] = [
  {},
  { territory: 'DE', actorClass: 'commercial', lawfulSource: true },
  { territory: 'US', actorClass: 'heritage_institution', accepts: ['volumeCap'] },
];

const PROVEN_WISHES = [
  {
    terms: [
      { purpose: 'ai', decision: 'allow', duties: [{ kind: 'attribute', text: 'Zephyrine' }] },
    ],
  },
  {
    template: 'train_only_with_licence',
    parameters: { price: { amount: '2.50', currency: 'EUR' } },
  },
];

let registry: Registry;
let world: BusyWorld;
let publisher: SnapshotPublisher;
let keys: ReceiptKeys;
let scratch: string;
let mara: Somebody;
let song: Song;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'fermata-snapshot-'));
  // Commands go by the clock on the wall.
  const quick = await Registry.open(new Date().toISOString());
  world = await new BusyWorld(quick, 11).live(24);
  await addRareSituations(quick);
  await world.erase();
  // Signing costs four times a write: it begins when the world is there.
  registry = await quick.restarted({ LOG_SIGNER: true, SNAPSHOT_KEEP: 2 });
  publisher = registry.app.app.get(SnapshotPublisher, { strict: false });
  await registry.app.app.get(SigningStatus, { strict: false }).decided;
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
async function addRareSituations(registry: Registry): Promise<void> {
  mara = await registry.somebody();
  const other = await registry.somebody();
  const proven = await registry.somebody();
  await registry.prove(proven.party);
  for (const wish of PROVEN_WISHES) {
    const { isrc, recording, composition } = await registry.song(proven);
    for (const id of [recording, composition]) {
      await registry.declare(proven, { ...wish, subject: { kind: 'work', id } });
    }
    world.identifiers.push({ scheme: 'isrc', value: isrc });
  }
  await registry.prove(mara.party);
  song = await registry.song(mara);
  const soon = new Date(registry.clock.now() + 3_600_000).toISOString();
  await registry.declare(mara, {
    terms: [
      {
        purpose: 'ai',
        decision: 'conditional',
        conditions: [{ kind: 'embargoUntil', date: soon }],
      },
      { purpose: 'access', decision: 'allow' },
    ],
    territory: { include: ['DE'] },
  });
  // One identifier, two works, and a claim that nobody has verified.
  const theirs = await registry.work(other, {
    identifiers: [{ scheme: 'isrc', value: song.isrc }],
  });
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
    const rows = async (sql: string) =>
      (await connection.runAndReadAll(sql)).getRowsJson() as string[][];
    const facts = new Map<number, Match[]>();
    for (const [id, text] of await rows(`FROM '${folder}/standings.parquet'`)) {
      facts.set(Number(id), JSON.parse(text!) as Match[]);
    }
    const answers = new Map<string, { outcome: string; reasons: string[] }>();
    for (const [id, purpose, outcome, reasons] of await rows(`FROM '${folder}/answers.parquet'`)) {
      const why = reasons!.split(',').filter(Boolean);
      answers.set(`${id} ${purpose}`, { outcome: outcome!, reasons: why });
    }
    const identifiers = new Map<string, Match[]>();
    const standingOf = new Map<string, number>();
    const files = `FROM read_parquet('${folder}/identifiers/*/*.parquet', hive_partitioning = true)`;
    for (const [scheme, value, id] of await rows(`SELECT scheme, identifier, standing ${files}`)) {
      identifiers.set(`${scheme}:${value}`, facts.get(Number(id))!);
      standingOf.set(`${scheme}:${value}`, Number(id));
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
          expect([id, purpose, ours.outcome, ours.reasons]).toEqual([
            id,
            purpose,
            outcome,
            reasons,
          ]);
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
    const { extra, index } = must(parseProofFile(body));
    const { policy } = await policyOf(registry);
    must(checkProofFile(body, leafHash(extra!), policy));
    const { rawPayload } = await registry.call('GET', '/snapshots/latest/manifest.json');
    expect(JSON.parse(extra!.toString())).toMatchObject({
      ...{ type: 'snapshot', stream: 'snapshot', size, snapshot: opened.manifest.snapshot },
      count: opened.manifest.identifiers,
      digest: createHash('sha256').update(rawPayload).digest('hex'),
    });
    expect(Number(index)).toBeGreaterThanOrEqual(size);
  });

  it('is described for catalogues as it is', async () => {
    const { size, files } = opened.manifest;
    const json = await registry.get(`/snapshots/${size}/croissant.json`);
    const told = (json['distribution'] as Json[]).map((one) => [one['@id'], one['sha256']]);
    expect(told).toEqual(files.map(({ path, sha256 }) => [path, sha256]));
    const folder = join(registry.app.logFolder, 'snapshots', String(size));
    await withDuckDb({ spillFolder: join(scratch, 'spill') }, async (connection) => {
      for (const { '@id': id, field } of json['recordSet'] as Json[]) {
        const sql = `DESCRIBE FROM read_parquet('${folder}/${id}.parquet', hive_partitioning = false)`;
        const columns = (await connection.runAndReadAll(sql)).getRowObjectsJson();
        const named = (field as Json[]).map(({ name }) => String(name));
        expect(columns.map((column) => column['column_name'])).toEqual(named);
      }
    });
  });

  it('is served in parts to whoever asks for parts, and nothing beside it is', async () => {
    const { size, files } = opened.manifest;
    const url = `/snapshots/${size}/standings.parquet`;
    const whole = await registry.call('GET', url);
    expect(whole.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'application/vnd.apache.parquet',
    });
    expect(createHash('sha256').update(whole.rawPayload).digest('hex')).toBe(
      files.find((file) => file.role === 'standings')!.sha256,
    );
    const headers = { range: 'bytes=4-9', 'if-range': String(whole.headers['etag']) };
    const part = await registry.call('GET', url, { headers });
    expect(part.statusCode).toBe(206);
    expect(part.rawPayload).toEqual(whole.rawPayload.subarray(4, 10));
    const latest = await registry.call('GET', '/snapshots/latest/manifest.json');
    const known = { 'if-none-match': String(latest.headers['etag']) };
    const again = await registry.call('GET', '/snapshots/latest/manifest.json', { headers: known });
    expect(again.statusCode).toBe(304);
    for (const path of [
      ...[
        `${size}/../../keys`,
        `${size}/..%2f..%2fanchor`,
        `${size}/%2e%2e/%2e%2e/anchor`,
        `${size}/`,
      ],
      ...[`${size}/staging/staging.duckdb`, `0${size}/manifest.json`, `..%2f${size}/manifest.json`],
      ...[
        '1/manifest.json',
        'latest/standings.parquet',
        `${size}/identifiers`,
        `${size}//manifest.json`,
      ],
    ]) {
      const { statusCode, body } = await registry.call('GET', `/snapshots/${path}`);
      expect([path, statusCode, body.includes('PRIVATE')]).toEqual([path, 404, false]);
    }
  });
});

describe('a snapshot that was pulled', () => {
  let asked: string[] = [];
  /** As over a network that may break off: after `cut` bytes, once. */
  let cut = Infinity;
  const fetchPath: FetchPath = async (path, headers) => {
    asked.push(`${path.replace(/^\/snapshots\/\d+\//, '')} ${headers['range'] ?? ''}`.trim());
    const { statusCode, rawPayload, headers: got } = await registry.call('GET', path, { headers });
    const body = rawPayload.subarray(0, path.endsWith('.parquet') ? cut : Infinity);
    if (body.length < rawPayload.length) cut = Infinity;
    const range = got['content-range'];
    return new Response(new Uint8Array(body), {
      status: statusCode,
      headers: range === undefined ? {} : { 'content-range': String(range) },
    });
  };
  const pull = (into: string) => {
    asked = [];
    const now = registry.clock.now();
    return pullSnapshot({
      fetch: fetchPath,
      into: join(scratch, into),
      keys,
      now,
      tell: () => undefined,
    });
  };

  it('is the published one, and goes on where it broke off', async () => {
    cut = 100;
    const { folder, manifest, isNew } = await pull('held');
    expect(isNew).toBe(true);
    expect(asked.some((one) => one.endsWith('bytes=100-'))).toBe(true);
    expect(must(await checkFolder(folder, keys, registry.clock.now())).manifest).toEqual(manifest);
    expect(await pull('held')).toMatchObject({ isNew: false, fetched: 0 });
    expect(asked).toEqual(['/snapshots/latest/manifest.json', 'manifest.jws']);
  });

  it('can be shown and verified by command, with its place in the log', async () => {
    const { folder } = await pull('held');
    const [keysFile, policyFile] = ['keys.json', 'policy'].map((name) => join(scratch, name));
    await writeFile(keysFile!, (await registry.call('GET', '/.well-known/jwks.json')).body);
    await writeFile(policyFile!, (await policyOf(registry)).text);
    const said: string[] = [];
    const write = (text: unknown): boolean => said.push(String(text)) > 0;
    const spies = [process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation(write),
    );
    // The registry's clock was set ahead; the command goes by the clock on the wall.
    const wall = jest.spyOn(Date, 'now').mockReturnValue(registry.clock.now());
    const fermata = (...argv: string[]) =>
      run(['snapshot', ...argv], () => Promise.reject(new Error('asked for the registry')));
    const proven = ['verify', folder, '--keys', keysFile!, '--policy', policyFile!];
    expect([await fermata(...proven), said.join('')]).toEqual([
      0,
      expect.stringMatching(/^Verifies: .*\nIts manifest is in the log\.\n/),
    ]);
    expect(await fermata('show', folder)).toBe(0);
    expect(await fermata('show', scratch)).toBe(3);
    expect(await fermata('verify', scratch, '--keys', keysFile!)).toBe(1);
    expect(await fermata('verify', folder)).toBe(2);
    expect(await fermata('pull', 'ftp://example.org', '--keys', keysFile!)).toBe(2);
    for (const spy of [...spies, wall]) spy.mockRestore();
  });

  it('is what a check goes by, with its place in the log', async () => {
    const { folder } = await pull('held');
    const [keysFile, policyFile] = ['keys.json', 'policy'].map((name) => join(scratch, name));
    await writeFile(keysFile!, (await registry.call('GET', '/.well-known/jwks.json')).body);
    await writeFile(policyFile!, (await policyOf(registry)).text);
    const list = join(scratch, 'logged.csv');
    await writeFile(list, `isrc\n${song.isrc}\n`);
    const wall = jest.spyOn(Date, 'now').mockReturnValue(registry.clock.now());
    const check = (into: string) =>
      checkInProcess([list], {
        ...{ snapshot: into, keys: keysFile, policy: policyFile },
        ...{ purpose: ['ai.train.generative'], json: 'yes' },
      });
    const ran = await check(join(scratch, 'held'));
    const { leaf } = (JSON.parse(ran.out) as Json)['snapshot'] as Json;
    const told = await registry.get(`/v1/log/leaves/${leaf}`);
    expect(told['entry']).toMatchObject({ type: 'snapshot', size: expect.any(Number) });
    const copy = join(scratch, 'other-proof');
    await cp(folder, copy, { recursive: true });
    const other = await registry.call('GET', `/v1/log/leaves/${leaf - 1}/proof`);
    await writeFile(join(copy, 'manifest.tlog-proof'), other.body);
    const refused = await check(copy);
    expect([refused.code, refused.out]).toEqual([3, '']);
    wall.mockRestore();
  });

  it('is joined with a list by the query of the guide', async () => {
    const { folder } = await pull('held');
    const guide = await readFile('docs/guides/snapshot.md', 'utf8');
    const query = /^## DuckDB\n+```sql\n([^`]+)```/m.exec(guide)![1]!;
    const list = join(scratch, 'tracks.csv');
    const spelt = `${song.isrc.slice(0, 2)}-${song.isrc.slice(2).toLowerCase()}`;
    await writeFile(list, `title,isrc\nA song,${spelt}\nNo song,ZZ-FMT-99-99999\n`);
    const sql = query.replace('tracks.csv', list).replaceAll('snapshot/', `${folder}/`);
    const rows = await withDuckDb({ spillFolder: join(scratch, 'spill') }, async (connection) =>
      (await connection.runAndReadAll(sql)).getRowsJson(),
    );
    const { outcome, reasons } = (
      await registry.get(`/v1/lookup/isrc/${song.isrc}?purposes=ai.train.generative`)
    )['purposes']['ai.train.generative'] as Json;
    expect(rows).toEqual([
      ['A song', spelt, outcome, reasons.join()],
      ['No song', 'ZZ-FMT-99-99999', 'unknown', 'not_found'],
    ]);
  });

  it('is brought up to date by what changed, and is the same as if it was fetched whole', async () => {
    registry.tick();
    await registry.declare(mara, {
      subject: { kind: 'work', id: song.recording },
      template: 'no_ai_at_all',
    });
    const fresh = await registry.song(mara);
    const gone = world.identifiers[0]!;
    await registry.sql(`DELETE FROM lookup_entries WHERE scheme = $1 AND value = $2`, [
      gone.scheme,
      gone.value,
    ]);
    // Enough of them that a file of changes is the smaller one.
    await fillIsrcs(3_000);
    await publisher.publish();
    const before = await open();
    await pull('held');
    registry.tick();
    const last = await registry.song(mara);
    await publisher.publish();
    const { folder, manifest } = await pull('held');
    expect(asked).toContain(`changes/from=${before.manifest.size}/scheme=isrc/part-0.parquet`);
    expect(asked.filter((one) => one.startsWith('identifiers/'))).toEqual([]);
    must(await checkFolder(folder, keys, registry.clock.now()));
    const whole = await pull('whole');
    expect(whole.manifest).toEqual(manifest);
    const path = 'identifiers/scheme=isrc/part-0.parquet';
    expect(await readFile(join(folder, path))).toEqual(await readFile(join(whole.folder, path)));
    const now = await open();
    expect(now.identifiers.has(`isrc:${last.isrc}`)).toBe(true);
    expect(before.identifiers.has(`isrc:${last.isrc}`)).toBe(false);
    expect(before.identifiers.has(`isrc:${fresh.isrc}`)).toBe(true);
    expect(before.identifiers.has(`${gone.scheme}:${gone.value}`)).toBe(false);
    // What did not change keeps its number; two are kept, for whoever holds the one before.
    expect(now.standingOf.get(`isrc:${fresh.isrc}`)).toBe(
      before.standingOf.get(`isrc:${fresh.isrc}`),
    );
    const shelf = await readdir(join(registry.app.logFolder, 'snapshots'));
    expect(shelf.sort()).toEqual([before.manifest.size, now.manifest.size].map(String).sort());
  });

  it('is refused where it is damaged, not signed, or older than what is here', async () => {
    const { folder, manifest } = await pull('whole');
    const now = registry.clock.now();
    const damaged = async (damage: (copy: string) => Promise<unknown>) => {
      const copy = join(scratch, 'copy');
      await rm(copy, { recursive: true, force: true });
      await cp(folder, copy, { recursive: true });
      await damage(copy);
      const checked = await checkFolder(copy, keys, now);
      return checked.ok ? 'accepted' : checked.reason;
    };
    expect(await damaged(async () => undefined)).toBe('accepted');
    expect(await damaged((copy) => truncate(join(copy, 'answers.parquet'), 50))).toMatch(/cut off/);
    expect(await damaged((copy) => appendFile(join(copy, 'standings.parquet'), 'x'))).toMatch(
      /another/,
    );
    expect(await damaged((copy) => rm(join(copy, 'standings.parquet')))).toMatch(/missing/);
    expect(await damaged((copy) => rm(join(copy, 'manifest.jws')))).toMatch(/no manifest/);
    expect(await damaged((copy) => appendFile(join(copy, 'manifest.json'), '\n'))).toMatch(
      /signature/,
    );
    const expired = await checkFolder(folder, keys, manifest.expires);
    expect(expired).toMatchObject({ ok: false, reason: expect.stringMatching(/expired/) });
    const newer = join(scratch, 'whole', String(manifest.size + 1));
    await mkdir(newer);
    const text = (await readFile(join(folder, 'manifest.json'), 'utf8')) //
      .replace(`"size":${manifest.size}`, `"size":${manifest.size + 1}`);
    await writeFile(join(newer, 'manifest.json'), text);
    await expect(pull('whole')).rejects.toThrow(/here already/);
  });
});

describe('what is published', () => {
  it('stays where the next can’t be made, until it expires', async () => {
    const { manifest } = await open();
    const root = join(registry.app.logFolder, 'snapshots');
    await mkdir(join(root, '.unfinished-crashed'));
    await registry.sql(`UPDATE log_head SET root = sha256('another log')`);
    publisher.patienceMs = 200;
    await expect(publisher.publish()).rejects.toMatchObject({ code: 'publishing/log-not-signed' });
    expect((await readdir(root)).filter((name) => name.startsWith('.'))).toEqual([]);
    const signing = registry.app.app.get(SigningStatus, { strict: false });
    signing.set('stopped', 'a test stopped it');
    await expect(publisher.publish()).rejects.toMatchObject({
      code: 'transparency/signing-stopped',
    });
    expect((await open()).manifest.size).toBe(manifest.size);
    registry.clock.set(manifest.expires);
    for (const path of ['latest/manifest.json', `${manifest.size}/manifest.json`]) {
      expect((await registry.call('GET', `/snapshots/${path}`)).statusCode).toBe(404);
    }
  });
});

/** Entries as many works would have; what they say is what the song says. */
async function fillIsrcs(count: number): Promise<void> {
  await registry.sql(
    `INSERT INTO lookup_entries (scheme, value, work_id, standing_id, confidence_ppm, released_on)
     SELECT 'isrc', 'ZZFILL' || lpad((n * 7919 % 1000000)::text, 6, '0'), work_id, standing_id,
       confidence_ppm, released_on
     FROM lookup_entries e, generate_series(1, $2::int) n
     WHERE e.scheme = 'isrc' AND e.work_id = $1`,
    [song.recording, count],
  );
}
