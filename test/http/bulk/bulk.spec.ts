import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { JobWorker, OpenStreams } from '#platform';
import { cutReceipts, parseAnswer, parseJwks, verifyReceipt } from '#verify';
import { ResultFile } from '../../../src/bulk/job-files.service.js';
import { LookupJobWorker } from '../../../src/bulk/lookup-job-worker.service.js';
import type { Json } from '../../support/factories/lookup.js';
import { Registry, type Song, type Somebody } from '../../support/factories/registry.js';

let registry: Registry;
let dataDir: string;
let artist: Somebody;
let song: Song;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fermata-data-'));
  const config = { LOG_SIGNER: true, DATA_DIR: dataDir, LOOKUP_JOBS_MAX: 3, LOOKUP_JOB_MIB_MAX: 2 };
  registry = await Registry.open(undefined, config);
  artist = await registry.somebody();
  song = await registry.song(artist);
  await registry.declare(artist, { terms: [{ purpose: 'ai', decision: 'deny' }] });
});
afterAll(async () => {
  await registry.close();
  await rm(dataDir, { recursive: true, force: true });
});

const NDJSON = { 'content-type': 'application/x-ndjson' };
const CSV = { 'content-type': 'text/csv' };
const QUERY = '?purposes=ai.train&territory=DE';
const stream = (body: unknown, headers: Record<string, string> = NDJSON, query = QUERY) =>
  registry.call('POST', `/v1/lookups/stream${query}`, { body, headers });
const lineOf = (value: string, ref: number) => JSON.stringify({ ref, scheme: 'isrc', value });
const linesOf = (text: string): Json[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Json);
const numbered = (count: number): string =>
  Array.from({ length: count }, (_, at) => {
    const value = at % 2 === 0 ? song.isrc : `GBAYE06${String(at % 100_000).padStart(5, '0')}`;
    return `${lineOf(value, at)}\n`;
  }).join('');

describe('a streamed lookup', () => {
  it('answers lines by lines, in their order, bad ones in their place, in chunks of 10,000', async () => {
    const lines = numbered(10_200).split('\n');
    lines[3] = '{"scheme":';
    lines[10_100] = JSON.stringify({ scheme: 'isrc', value: 'x'.repeat(70_000) });
    const answer = await stream(lines.join('\n'));
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      200,
      'application/x-ndjson',
    ]);
    const got = linesOf(answer.body);
    const rows = got.filter((line) => 'result' in line);
    expect(rows).toHaveLength(10_200);
    expect(rows.every((row, at) => (row['ref'] ?? row['index']) === at)).toBe(true);
    expect([rows[0]!['result'], rows[3]!['result'], rows[10_100]!['result']]).toEqual([
      ...['found', 'invalid_item', 'invalid_item'],
    ]);
    expect(rows[0]!['purposes']['ai.train'].outcome).toBe('denied');
    expect(got.flatMap((line) => line['chunk'] ?? [])).toEqual([
      { first: 0, last: 9_999 },
      { first: 10_000, last: 10_199 },
    ]);
    expect(got.filter((line) => 'summary' in line)).toHaveLength(2);
    expect(got.at(-1)).toEqual({ end: { rows: 10_200, chunks: 2 } });
  });

  it('signs each chunk, so that its lines and summary are an answer with a receipt', async () => {
    const answer = await stream(numbered(3), NDJSON, `${QUERY}&receipt=true`);
    const lines = answer.body.split('\n');
    const saved = must(parseAnswer(lines.slice(1, 5).join('\n')));
    const keys = must(parseJwks((await registry.call('GET', '/.well-known/jwks.json')).body));
    const cut = must(cutReceipts(saved));
    const verified = [0, 1, 2].map((at) => verifyReceipt(cut(at)!, keys).ok);
    expect(verified).toEqual([true, true, true]);
  });

  it('answers a table by a table, without formulas, and signs it too', async () => {
    const table = [
      '\ufefftitle,ISRC,fermata_result',
      `=cmd(),${song.isrc},found`,
      '"two\r\nlines",GBAYE0600001,',
      'short',
      ',,',
      '',
    ].join('\r\n');
    const answer = await stream(table, CSV, `${QUERY}&receipt=true`);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const { parse } = await import('csv-parse/sync');
    const rows: Json[] = parse(answer.body, { columns: true });
    expect(rows.map((row) => row['fermata_result'])).toEqual([
      ...['found', 'not_found', 'invalid_item', 'invalid_item', 'summary', 'end'],
    ]);
    expect(rows[0]).toMatchObject({
      ...{ title: `'=cmd()`, ISRC: song.isrc, 'fermata_ai.train': 'denied' },
      ...{ fermata_works: song.recording, fermata_reasons: expect.stringContaining('ai.train: ') },
    });
    expect(rows[1]).toMatchObject({ title: 'two\r\nlines', 'fermata_ai.train': 'unknown' });
    const items = rows.slice(0, 5).map((row) => row['fermata_item']);
    must(cutReceipts(must(parseAnswer(items.join('\n')))))(0);
    expect(rows.at(-1)!['fermata_detail']).toBe('rows=4');
  });

  it.each([
    ['a table without identifiers', 'title\nx', CSV, 400, 'bulk/unreadable'],
    ['JSON', '{}', { 'content-type': 'application/json' }, 415, 'request/unsupported-media-type'],
    ['a purpose that is none', '', NDJSON, 400, 'request/invalid'],
  ])('refuses %s before its first byte', async (what, body, headers, status, code) => {
    const query = what.includes('purpose') ? '?purposes=theft' : QUERY;
    expect(
      await registry.refused('POST', `/v1/lookups/stream${query}`, { body, headers }),
    ).toMatchObject({ status, code });
  });

  it('that breaks later says so in its last line, and has no end', async () => {
    const table = async function* () {
      yield Buffer.from(`isrc\n${song.isrc}\n${song.isrc}\n`);
      await sleep(700);
      yield Buffer.from('"never closed');
    };
    const { body } = await stream(Readable.from(table()), CSV);
    const last = body.trimEnd().split('\n').at(-1)!;
    expect([last.includes('error'), last.includes('bulk/unreadable'), /,end,/.test(body)]).toEqual([
      ...[true, true, false],
    ]);
    const open = registry.app.app.get(OpenStreams, { strict: false });
    await until(() => open.count === 0);
  });

  it('reads no further than its answer is read, and goes on once it is', async () => {
    const port = await listen();
    const rows = Buffer.from(numbered(5_000));
    const piece = Buffer.concat([
      Buffer.from(`${rows.length.toString(16)}\r\n`),
      rows,
      Buffer.from('\r\n'),
    ]);
    const socket = connect(port, '127.0.0.1');
    socket.pause();
    socket.on('error', () => undefined);
    socket.write(
      `POST /v1/lookups/stream${QUERY} HTTP/1.1\r\nHost: localhost\r\n` +
        `Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    let sent = 0;
    const send = () => {
      while (sent < 400) {
        sent += 1;
        if (!socket.write(piece)) return;
      }
    };
    socket.on('drain', send);
    send();
    const stalled = await settled(() => socket.bytesWritten - socket.writableLength);
    expect(stalled).toBeLessThan(60 * piece.length);
    socket.resume();
    await until(() => socket.bytesWritten - socket.writableLength > stalled + 2 * piece.length);
    socket.destroy();
    const open = registry.app.app.get(OpenStreams, { strict: false });
    await until(() => open.count === 0);
  });

  it('may take longer to arrive than any other request, as long as it goes on', async () => {
    const server = registry.app.app.getHttpServer();
    const port = await listen();
    Object.assign(server, { headersTimeout: 500, requestTimeout: 1_000 });
    const drip = async function* () {
      for (let left = 6; left > 0; left -= 1) {
        yield Buffer.from(`${lineOf(song.isrc, left)}\n`);
        await sleep(500);
      }
    };
    const answer = await fetch(`http://127.0.0.1:${port}/v1/lookups/stream${QUERY}`, {
      ...{ method: 'POST', headers: NDJSON, body: Readable.from(drip()) as never },
      ...{ duplex: 'half' },
    } as RequestInit);
    const got = linesOf(await answer.text());
    Object.assign(server, { headersTimeout: 10_000, requestTimeout: 30_000 });
    expect(got.at(-1)).toMatchObject({ end: { rows: 6 } });
  });
});

describe('a lookup job', () => {
  const jobs = '/v1/lookup-jobs';
  let builder: string;
  let worker: JobWorker;
  beforeAll(async () => {
    builder = await registry.app.signUp('dataset_builder');
    worker = registry.app.app.get(JobWorker, { strict: false });
    registry.app.app.get(LookupJobWorker, { strict: false }).chunkRows = 100;
  });
  const upload = (body: string, headers: Record<string, string> = {}, query = QUERY) =>
    registry.call('POST', `${jobs}${query}`, {
      ...{ body, as: builder, headers: { ...NDJSON, ...headers } },
    });

  it('is taken in, answered by itself and downloaded in parts, by its account alone', async () => {
    const accepted = await upload(numbered(150), { 'idempotency-key': 'one' });
    const { id, state } = accepted.json<Json>();
    const url = `${jobs}/${id}`;
    expect([accepted.statusCode, accepted.headers['location'], state]).toEqual([
      ...[202, url, 'queued'],
    ]);
    expect((await registry.call('GET', url, { as: builder })).statusCode).toBe(202);
    const early = await registry.refused('GET', `${url}/result`, { as: builder });
    expect(early.code).toBe('bulk/job-not-finished');
    for (const path of [url, `${url}/result`]) {
      expect(await registry.refused('GET', path, { as: artist.token })).toMatchObject({
        code: 'bulk/job-not-found',
      });
    }

    await worker.runPending();
    const job = await registry.get(url, builder);
    expect(job).toMatchObject({ state: 'finished', rows: 150, chunks: 2, problem: null });
    const whole = await registry.call('GET', job['result'], { as: builder });
    const lines = linesOf(whole.body);
    const refs = lines.flatMap((line) => line['ref'] ?? []);
    expect(refs).toEqual(Array.from({ length: 150 }, (_, at) => at));
    expect(lines.at(-1)).toEqual({ end: { rows: 150, chunks: 2 } });
    const etag = String(whole.headers['etag']);
    const part = await registry.call('GET', job['result'], {
      ...{
        as: builder,
        headers: { range: `bytes=${whole.rawPayload.length - 9}-`, 'if-range': etag },
      },
    });
    expect([part.statusCode, part.rawPayload]).toEqual([206, whole.rawPayload.subarray(-9)]);
    const changed = await registry.call('GET', job['result'], {
      ...{ as: builder, headers: { range: 'bytes=5-', 'if-range': '"other"' } },
    });
    expect([changed.statusCode, changed.rawPayload.length]).toEqual([200, whole.rawPayload.length]);

    const again = await upload(numbered(150), { 'idempotency-key': 'one' });
    expect([again.json<Json>()['id'], again.headers['idempotency-replayed']]).toEqual([id, 'true']);
    expect((await upload(numbered(2), { 'idempotency-key': 'one' })).statusCode).toBe(422);
    const gone = await registry.call('DELETE', url, { as: builder });
    expect(gone.statusCode).toBe(204);
    expect(await readdir(join(dataDir, 'lookup-jobs'))).toEqual([]);
  });

  it('leaves nothing where its file is too large or its client goes away, and fails where it is no table', async () => {
    expect((await upload('x'.repeat(3 * 1024 * 1024))).statusCode).toBe(413);
    const socket = connect(await listen(), '127.0.0.1');
    socket.write(
      `POST ${jobs}${QUERY} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${builder}\r\n` +
        `Content-Type: text/csv\r\nContent-Length: 1000\r\n\r\nisrc\n`,
    );
    await until(async () => (await registry.get(jobs, builder))['jobs'].length === 1);
    socket.destroy();
    await until(async () => (await registry.get(jobs, builder))['jobs'].length === 0);
    await until(async () => (await readdir(join(dataDir, 'lookup-jobs'))).length === 0);
    const { id } = (await upload('title\nx\n', CSV)).json<Json>();
    await worker.runPending();
    const job = await registry.get(`${jobs}/${id}`, builder);
    expect(job).toMatchObject({ state: 'failed', problem: { type: '/problems/bulk/unreadable' } });
    await upload(numbered(1));
    await upload(numbered(1));
    expect((await upload(numbered(1))).json<Json>()['type']).toBe('/problems/bulk/too-many-jobs');
    for (const one of (await registry.get(jobs, builder))['jobs']) {
      await registry.call('DELETE', `${jobs}/${one.id}`, { as: builder });
    }
  });

  it.each(['ndjson', 'csv'])(
    'of %s goes on where its process was killed: no row twice, none lost',
    async (format) => {
      const rows = 250;
      const table = Array.from({ length: rows }, (_, at) => `"row\n${at}",${song.isrc}\n`).join('');
      const [body, headers] =
        format === 'csv' ? [`n,isrc\n${table}`, CSV] : [numbered(rows), NDJSON];
      const { id } = (await upload(body, headers)).json<Json>();
      // Dies when the second chunk is half on the disk.
      let dead: () => void = () => undefined;
      const died = new Promise<void>((resolve) => (dead = resolve));
      let wake: () => void = () => undefined;
      const append = ResultFile.prototype.append;
      const flush = jest.spyOn(ResultFile.prototype, 'flush');
      jest.spyOn(ResultFile.prototype, 'append').mockImplementation(async function (
        this: ResultFile,
        piece,
      ) {
        await append.call(this, piece);
        if (flush.mock.calls.length === 0) return;
        jest.restoreAllMocks();
        dead();
        await new Promise<void>((resolve) => (wake = resolve));
      });
      const zombie = worker.runPending();
      await died;
      expect((await registry.get(`${jobs}/${id}`, builder))['rows']).toBe(100);

      await registry.sql(`UPDATE lookup_jobs SET leased_until = now() WHERE job_id = $1`, [id]);
      await registry.sql(
        `SELECT graphile_worker.add_job('lookup-job', json_build_object('job', $1::text))`,
        [id],
      );
      await worker.runPending();
      const job = await registry.get(`${jobs}/${id}`, builder);
      expect(job).toMatchObject({ state: 'finished', rows, chunks: 3 });
      const whole = (await registry.call('GET', job['result'], { as: builder })).body;
      // Whoever was only thought dead writes on, and it does not matter.
      wake();
      await zombie;
      expect((await registry.call('GET', job['result'], { as: builder })).body).toBe(whole);
      const seen =
        format === 'csv'
          ? [...whole.matchAll(/"row\n(\d+)"/g)].map((match) => Number(match[1]))
          : linesOf(whole).flatMap((line) => line['ref'] ?? []);
      expect(seen).toEqual(Array.from({ length: rows }, (_, at) => at));
      await registry.call('DELETE', `${jobs}/${id}`, { as: builder });
    },
  );

  it('is deleted when its time is over', async () => {
    const { id } = (await upload(numbered(1))).json<Json>();
    await worker.runPending();
    registry.clock.advance(8 * 86_400_000);
    await registry.sql(`SELECT graphile_worker.add_job('lookup-jobs-sweep')`);
    await worker.runPending();
    expect(await registry.refused('GET', `${jobs}/${id}`, { as: builder })).toMatchObject({
      // The session, too, is over.
      status: 401,
    });
    expect(await registry.sql('SELECT FROM lookup_jobs')).toEqual([]);
    expect(await readdir(join(dataDir, 'lookup-jobs'))).toEqual([]);
  });
});

/** The port that the registry listens on, from the first call on. */
async function listen(): Promise<number> {
  const server = registry.app.app.getHttpServer();
  if (!server.listening) await registry.app.app.listen(0, '127.0.0.1');
  return (server.address() as { port: number }).port;
}

function must<T>(checked: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!checked.ok) throw new Error(checked.reason);
  return checked.value;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = 400; !(await holds()); left -= 1) {
    if (left === 0) throw new Error('it never came');
    await sleep(25);
  }
}

/** The value once it has not changed for half a second. */
async function settled(read: () => number): Promise<number> {
  for (let [last, since] = [read(), performance.now()]; ;) {
    await sleep(50);
    const now = read();
    if (now !== last) [last, since] = [now, performance.now()];
    else if (performance.now() - since > 500) return now;
  }
}
