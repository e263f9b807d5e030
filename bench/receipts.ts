import { fileURLToPath } from 'node:url';
import { recordingsOf } from './fill-registry.js';
import { withRegistry } from './filled-registry.js';
import {
  BATCH,
  type Load,
  loadSingle,
  lookupBatch,
  median,
  QUERY,
  randomBatch,
} from './measure.js';
import { type ServerProcess, startServer } from './server-process.js';

const SERVER = fileURLToPath(new URL('./receipts-server.js', import.meta.url));

const ROUNDS = 5;
const SECONDS = 4;
const BATCH_ROUNDS = 40;

interface Pair<T> {
  readonly without: T;
  readonly signed: T;
}

/** What receipts add, with and without in turn on the same server, at each size. */
export async function benchReceipts(
  sizes: readonly number[],
  say: (line: string) => void,
): Promise<void> {
  const lines: string[] = [];
  for (const works of sizes) {
    lines.push(
      await withRegistry(works, say, async (env) => {
        const server = await startServer(SERVER, env);
        const line = await measure(works, server);
        await server.stop();
        return line;
      }),
    );
  }
  process.stdout.write(
    [
      `| works | batch of ${BATCH.toLocaleString('en')} ms, plain / signed | a receipt adds | single lookups/s, plain / signed | p99 ms, plain / signed |`,
      '| --- | --- | --- | --- | --- |',
      ...lines,
      '',
    ].join('\n'),
  );
}

async function measure(works: number, server: ServerProcess): Promise<string> {
  const recordings = recordingsOf(works);
  // A server that has run for a while: every party has been asked about three times.
  for (let draws = 0; draws < Math.max((3 * works) / 100, 20 * BATCH); draws += BATCH) {
    await lookupBatch(server.url, randomBatch(recordings));
    await lookupBatch(server.url, randomBatch(recordings), { receipt: true });
  }
  const batches: Pair<number>[] = [];
  for (let round = 0; round < BATCH_ROUNDS; round += 1) {
    const isrcs = randomBatch(recordings);
    // Which of the two comes first alternates too: the second finds warmer caches.
    const take = (receipt: boolean) => lookupBatch(server.url, isrcs, { receipt });
    const isSignedFirst = round % 2 === 1;
    const first = await take(isSignedFirst);
    const second = await take(!isSignedFirst);
    batches.push(
      isSignedFirst ? { without: second, signed: first } : { without: first, signed: second },
    );
  }
  const path = (receipt: string) => (isrc: string) => `/v1/lookup/isrc/${isrc}?${QUERY}${receipt}`;
  const plain = (seconds: number) => loadSingle(server.url, path(''), recordings, seconds);
  const signed = (seconds: number) =>
    loadSingle(server.url, path('&receipt=true'), recordings, seconds);
  await plain(2);
  await signed(2);
  const singles: Pair<Load>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    singles.push({ without: await plain(SECONDS), signed: await signed(SECONDS) });
  }
  return row(works, batches, singles);
}

function row(works: number, batches: readonly Pair<number>[], singles: readonly Pair<Load>[]) {
  const round = (n: number): string => Math.round(n).toLocaleString('en');
  const ms = (of: (pair: Pair<number>) => number) => (1000 * median(batches.map(of))).toFixed(1);
  const one = (of: (pair: Pair<Load>) => number) => median(singles.map(of));
  const added = median(batches.map(({ without, signed }) => signed / without - 1));
  return `| ${[
    round(works),
    `${ms(({ without }) => without)} / ${ms(({ signed }) => signed)}`,
    `${(100 * added).toFixed(0)} %`,
    `${round(one(({ without }) => without.perSecond))} / ${round(one(({ signed }) => signed.perSecond))}`,
    `${one(({ without }) => without.p99Ms).toFixed(1)} / ${one(({ signed }) => signed.p99Ms).toFixed(1)}`,
  ].join(' | ')} |`;
}
