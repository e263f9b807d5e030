import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { LOOKUP_ENTITIES } from '#lookup';
import { createDataSource } from '#platform';
import { recordingsOf } from './fill-registry.js';
import { withRegistry } from './filled-registry.js';
import {
  bareBatch,
  bareList,
  BATCH,
  loadSingle,
  lookupBatch,
  median,
  ormEach,
  QUERY,
  randomBatch,
} from './measure.js';
import { benchCheck } from './check.js';
import { benchLog } from './log.js';
import { benchReceipts } from './receipts.js';
import { benchReplay } from './replay.js';
import { benchSnapshot } from './snapshot.js';
import { cpuSecondsOfFamily, parentOf, type ServerProcess, startServer } from './server-process.js';

const USAGE = `npm run bench [-- --works 10000,1000000]   lookups beside the barest thing that could answer them
  --identifiers 100000000              so many ISRCs at the last of the sizes
npm run bench -- --receipts            what a receipt adds to a lookup
npm run bench -- --log                 how fast declarations and leaves are taken in and signed
npm run bench -- --snapshot            what a snapshot of all answers costs (--works, --identifiers)
npm run bench -- --check               "fermata check" beside raw DuckDB
  --registered 1000000 --rows 10000000 --rounds 2 --folder F
npm run bench -- --replay              how fast a log is replayed, and what its state weighs (--works)
Each is one run on one machine, its sides in turn, and ends in a table in Markdown.
`;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const ROUNDS = 5;
const SECONDS = 5;
const BATCH_ROUNDS = 5;
/** Batches of one kind that follow each other: whoever has a long list sends one after the other. */
const IN_A_ROW = 12;
const ORM_ITEMS = 2_000;

interface Figures {
  works: number;
  identifiers: number;
  bareSingle: number;
  single: number;
  singleRatio: number;
  bareP99: number;
  p99: number;
  bareBatch: number;
  batch: number;
  batchRatio: number;
  /** With a receipt each; the ratio to the bare SQL. */
  signed: number;
  signedRatio: number;
  /**
   * Identifiers a second, receipts and all, where two cores do nothing else: out of the processor time of
   * the server and of PostgreSQL. Whoever asks has a machine of their own.
   */
  signedOnTwoCores: number;
  bareList: number;
  orm: number;
  p99At80: number;
  bareP99At80: number;
  memoryMb: number;
}

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n\n${USAGE}`);
  process.exit(2);
}

function readOptions() {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      options: {
        ...{ check: flag, log: flag, snapshot: flag, receipts: flag, replay: flag, help: flag },
        ...{
          works: text,
          identifiers: text,
          registered: text,
          rows: text,
          rounds: text,
          folder: text,
        },
      },
    }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function sizesOf(list: string): number[] {
  const works = list.split(',').map(Number);
  if (works.some((n) => !Number.isSafeInteger(n) || n < 1_000 || n % 100 !== 0)) {
    refuse('--works takes numbers from 1000, divisible by 100: 10000,1000000');
  }
  return works;
}

function countOf(name: 'identifiers' | 'registered' | 'rows' | 'rounds', otherwise: number) {
  const count = Number(options[name] ?? otherwise);
  if (Number.isSafeInteger(count) && count >= (name === 'rounds' ? 1 : 1_000)) return count;
  return refuse(`--${name} takes a number from ${name === 'rounds' ? 1 : 1_000}`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Seconds of processor time that PostgreSQL has taken, also for connections that are closed by now. */
async function databaseCpuSeconds(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>(`SELECT pg_backend_pid() AS pid`);
  return cpuSecondsOfFamily(parentOf(rows[0]!.pid));
}

/** The mean of the seconds that batches take which follow each other; making them is not counted. */
async function inARow(
  take: (isrcs: string[]) => Promise<number>,
  recordings: number,
): Promise<number> {
  let seconds = 0;
  for (let at = 0; at < IN_A_ROW; at += 1) seconds += await take(randomBatch(recordings));
  return seconds / IN_A_ROW;
}

/** Takes the steps one after the other, A B A B …, so that a machine that drifts hurts both alike. */
async function measure(
  works: number,
  recordings: number,
  server: ServerProcess,
  bare: ServerProcess,
  client: pg.Client,
  databaseUrl: string,
) {
  const orm = await createDataSource(databaseUrl, { entities: LOOKUP_ENTITIES }).initialize();
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
  const bareRate = 0.8 * median(rounds.map(({ a }) => a.perSecond));
  const rate = 0.8 * median(rounds.map(({ b }) => b.perSecond));
  const bareAt80 = await loadSingle(bare.url, plain, recordings, SECONDS, bareRate);
  const at80 = await loadSingle(server.url, own, recordings, SECONDS, rate);
  const batches = [];
  let signedCpu = 0;
  for (let round = 0; round < BATCH_ROUNDS; round++) {
    const a = await inARow((isrcs) => bareBatch(client, isrcs), recordings);
    const b = await inARow((isrcs) => lookupBatch(server.url, isrcs), recordings);
    const before = server.cpuSeconds() + (await databaseCpuSeconds(client));
    const sign = (isrcs: string[]) => lookupBatch(server.url, isrcs, { receipt: true });
    const signed = await inARow(sign, recordings);
    signedCpu += server.cpuSeconds() + (await databaseCpuSeconds(client)) - before;
    const list = await inARow((isrcs) => bareList(bare.url, isrcs), recordings);
    batches.push({ a, b, signed, list });
  }
  const each = randomBatch(recordings).slice(0, ORM_ITEMS);
  await ormEach(orm, each);
  const ormSeconds = await ormEach(orm, each);
  await orm.destroy();
  return {
    works,
    identifiers: recordings,
    bareSingle: median(rounds.map(({ a }) => a.perSecond)),
    single: median(rounds.map(({ b }) => b.perSecond)),
    singleRatio: median(rounds.map(({ a, b }) => b.perSecond / a.perSecond)),
    bareP99: median(rounds.map(({ a }) => a.p99Ms)),
    p99: median(rounds.map(({ b }) => b.p99Ms)),
    bareP99At80: bareAt80.p99Ms,
    p99At80: at80.p99Ms,
    bareBatch: median(batches.map(({ a }) => BATCH / a)),
    batch: median(batches.map(({ b }) => BATCH / b)),
    batchRatio: median(batches.map(({ a, b }) => a / b)),
    signed: median(batches.map(({ signed }) => BATCH / signed)),
    signedRatio: median(batches.map(({ a, signed }) => a / signed)),
    signedOnTwoCores: (2 * BATCH_ROUNDS * IN_A_ROW * BATCH) / signedCpu,
    bareList: median(batches.map(({ list }) => BATCH / list)),
    orm: ORM_ITEMS / ormSeconds,
    memoryMb: server.peakMemoryMb(),
  } satisfies Figures;
}

function benchSize(works: number, identifiers: number): Promise<Figures> {
  const use = async (env: Record<string, string>) => {
    const client = new pg.Client({ connectionString: env['DATABASE_URL'] });
    await client.connect();
    const server = await startServer(here('./receipts-server.js'), env);
    const bare = await startServer(here('./bare-server.js'), env);
    const figures = await measure(works, identifiers, server, bare, client, env['DATABASE_URL']!);
    await client.end();
    await server.stop();
    await bare.stop();
    return figures;
  };
  return withRegistry(works, say, use, identifiers);
}

function print(all: readonly Figures[]): void {
  const round = (n: number): string => Math.round(n).toLocaleString('en');
  const lines = all.map((f) =>
    [
      round(f.works),
      round(f.identifiers),
      `${round(f.single)} / ${round(f.bareSingle)}`,
      f.singleRatio.toFixed(2),
      `${f.p99.toFixed(1)} / ${f.bareP99.toFixed(1)}`,
      `${round(f.batch)} / ${round(f.bareBatch)}`,
      f.batchRatio.toFixed(2),
      `${f.p99At80.toFixed(1)} / ${f.bareP99At80.toFixed(1)}`,
      round(f.memoryMb),
    ].join(' | '),
  );
  const many = all.map((f) =>
    [
      round(f.identifiers),
      round(f.signed),
      f.signedRatio.toFixed(2),
      round(f.signedOnTwoCores),
      round(f.bareBatch),
      round(f.bareList),
      round(f.orm),
    ].join(' | '),
  );
  const first = all[0]!;
  const last = all.at(-1)!;
  process.stdout.write(
    [
      `${cpus().length} cores of ${cpus()[0]?.model ?? 'unknown'}, ${round(totalmem() / 1e9)} GB, Node ${process.version}`,
      '',
      '| works | ISRCs | single lookups/s, ours / bare | ratio | p99 ms, ours / bare | batch identifiers/s, ours / bare | ratio | p99 ms at 80 % load | peak MB |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      ...lines.map((line) => `| ${line} |`),
      '',
      '| ISRCs | signed batches, identifiers/s | to bare SQL | on two cores of server and PostgreSQL | bare SQL | a list of 10,000 keys over HTTP | an ORM query each |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...many.map((line) => `| ${line} |`),
      '',
      `From ${round(first.identifiers)} to ${round(last.identifiers)} ISRCs: single ${(first.single / last.single).toFixed(2)} times slower, batch ${(first.batch / last.batch).toFixed(2)} times slower.`,
      '',
    ].join('\n'),
  );
}

const options = readOptions();
const sizes = sizesOf(options.works ?? '10000,100000');
if (options.help) {
  process.stdout.write(USAGE);
} else if (options.check) {
  await benchCheck({
    registered: countOf('registered', 1_000_000),
    rows: countOf('rows', 10_000_000),
    rounds: countOf('rounds', 2),
    folder: options.folder,
  });
} else if (options.log) {
  await benchLog(say);
} else if (options.snapshot) {
  await benchSnapshot(sizes, countOf('identifiers', 10_000_000), say);
} else if (options.receipts) {
  await benchReceipts(sizes, say);
} else if (options.replay) {
  for (const works of sizes) benchReplay(works);
} else {
  const all: Figures[] = [];
  for (const works of sizes) {
    const own = recordingsOf(works);
    const isLast = works === sizes.at(-1);
    all.push(await benchSize(works, isLast ? countOf('identifiers', own) : own));
  }
  print(all);
}
process.exit(0);
