import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { recordingsOf } from './fill-registry.js';
import { withRegistry } from './filled-registry.js';
import {
  bareBatch,
  BATCH,
  loadSingle,
  lookupBatch,
  median,
  QUERY,
  randomBatch,
} from './measure.js';
import { benchCheck } from './check.js';
import { benchLog } from './log.js';
import { benchReceipts } from './receipts.js';
import { benchReplay } from './replay.js';
import { type ServerProcess, startServer } from './server-process.js';

/**
 * `npm run bench [-- --works 10000,1000000,10000000]`: lookups beside the barest thing that could
 * answer them, in one run on one machine, at each size. Prints a Markdown table of ratios.
 * `npm run bench -- --receipts`: what a receipt adds to a lookup.
 * `npm run bench -- --log`: how fast declarations and leaves are taken in and signed.
 * `npm run bench -- --check --registered 1000000 --rows 10000000`: `fermata check` beside raw DuckDB.
 * `npm run bench -- --replay --works 1000000`: how fast a log is replayed, and what its state weighs.
 */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const ROUNDS = 5;
const SECONDS = 5;
const BATCH_ROUNDS = 15;

interface Figures {
  works: number;
  bareSingle: number;
  single: number;
  singleRatio: number;
  bareP99: number;
  p99: number;
  bareBatch: number;
  batch: number;
  batchRatio: number;
  memoryMb: number;
}

function sizes(): number[] {
  const at = process.argv.indexOf('--works');
  const list = at < 0 ? '10000,100000' : (process.argv[at + 1] ?? '');
  const works = list.split(',').map(Number);
  if (works.some((n) => !Number.isSafeInteger(n) || n < 1_000 || n % 100 !== 0)) {
    process.stderr.write('--works takes numbers from 1000, divisible by 100: 10000,1000000\n');
    process.exit(2);
  }
  return works;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Takes the steps one after the other, A B A B …, so that a machine that drifts hurts both alike. */
async function measure(
  works: number,
  server: ServerProcess,
  bare: ServerProcess,
  client: pg.Client,
) {
  const recordings = recordingsOf(works);
  const own = (isrc: string): string => `/v1/lookup/isrc/${isrc}?${QUERY}`;
  const plain = (isrc: string): string => `/v1/lookup/isrc/${isrc}`;
  // A server that has run for a while: every party has been asked about three times.
  for (let draws = 0; draws < (3 * works) / 100; draws += BATCH) {
    await lookupBatch(server.url, randomBatch(recordings));
  }
  await loadSingle(bare.url, plain, recordings, 2);
  await loadSingle(server.url, own, recordings, 4);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const a = await loadSingle(bare.url, plain, recordings, SECONDS);
    const b = await loadSingle(server.url, own, recordings, SECONDS);
    rounds.push({ a, b });
  }
  for (let warm = 0; warm < 10; warm++) {
    const isrcs = randomBatch(recordings);
    await bareBatch(client, isrcs);
    await lookupBatch(server.url, isrcs);
  }
  const batches = [];
  for (let round = 0; round < BATCH_ROUNDS; round++) {
    const isrcs = randomBatch(recordings);
    batches.push({ a: await bareBatch(client, isrcs), b: await lookupBatch(server.url, isrcs) });
  }
  return {
    works,
    bareSingle: median(rounds.map(({ a }) => a.perSecond)),
    single: median(rounds.map(({ b }) => b.perSecond)),
    singleRatio: median(rounds.map(({ a, b }) => b.perSecond / a.perSecond)),
    bareP99: median(rounds.map(({ a }) => a.p99Ms)),
    p99: median(rounds.map(({ b }) => b.p99Ms)),
    bareBatch: median(batches.map(({ a }) => BATCH / a)),
    batch: median(batches.map(({ b }) => BATCH / b)),
    batchRatio: median(batches.map(({ a, b }) => a / b)),
    memoryMb: server.peakMemoryMb(),
  } satisfies Figures;
}

function benchSize(works: number): Promise<Figures> {
  return withRegistry(works, say, async (env) => {
    const client = new pg.Client({ connectionString: env['DATABASE_URL'] });
    await client.connect();
    const server = await startServer(here('../src/main.js'), env);
    const bare = await startServer(here('./bare-server.js'), env);
    const figures = await measure(works, server, bare, client);
    await client.end();
    await server.stop();
    await bare.stop();
    return figures;
  });
}

function print(all: readonly Figures[]): void {
  const round = (n: number): string => Math.round(n).toLocaleString('en');
  const lines = all.map((f) =>
    [
      round(f.works),
      `${round(f.single)} / ${round(f.bareSingle)}`,
      f.singleRatio.toFixed(2),
      `${f.p99.toFixed(1)} / ${f.bareP99.toFixed(1)}`,
      `${round(f.batch)} / ${round(f.bareBatch)}`,
      f.batchRatio.toFixed(2),
      round(f.memoryMb),
    ].join(' | '),
  );
  const first = all[0]!;
  const last = all.at(-1)!;
  process.stdout.write(
    [
      `${cpus().length} cores of ${cpus()[0]?.model ?? 'unknown'}, ${round(totalmem() / 1e9)} GB, Node ${process.version}`,
      '',
      '| works | single lookups/s, ours / bare | ratio | p99 ms, ours / bare | batch identifiers/s, ours / bare | ratio | peak MB |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...lines.map((line) => `| ${line} |`),
      '',
      `From ${round(first.works)} to ${round(last.works)} works: single ${(first.single / last.single).toFixed(2)} times slower, batch ${(first.batch / last.batch).toFixed(2)} times slower.`,
      '',
    ].join('\n'),
  );
}

if (process.argv.includes('--check')) {
  await benchCheck();
} else if (process.argv.includes('--log')) {
  await benchLog(say);
} else if (process.argv.includes('--receipts')) {
  await benchReceipts(sizes(), say);
} else if (process.argv.includes('--replay')) {
  for (const works of sizes()) benchReplay(works);
} else {
  const all: Figures[] = [];
  for (const works of sizes()) all.push(await benchSize(works));
  print(all.sort((a, b) => a.works - b.works));
}
process.exit(0);
