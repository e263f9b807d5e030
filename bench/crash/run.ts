import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { newId } from '#kernel';
import { migrate } from '#platform';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres';
import { type Found, judge } from './judge.js';

/**
 * `npm run crash [-- --crashes 1000 --seed N]`: kills the registry and its PostgreSQL again and again
 * while it writes, and then checks from outside what is left. Prints the figures and fails unless
 * nothing acknowledged is lost, no index has a gap, and no two roots were signed for one size.
 */
const WAYS = ['kill -9', 'postgres', 'both', 'disk'] as const;
type Way = (typeof WAYS)[number];
const SHARE: Record<Way, number> = { 'kill -9': 0.5, postgres: 0.15, both: 0.1, disk: 0.25 };

const { values } = parseArgs({
  options: {
    crashes: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
  },
});
const crashes = Number(values.crashes);
const seed = Number(values.seed) >>> 0;
if (!Number.isSafeInteger(crashes) || crashes < 1) {
  process.stderr.write('--crashes takes a whole number from 1\n');
  process.exit(2);
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'fermata-crash-'));
const logFolder = join(root, 'log');
const random = randomFrom(seed);

const acknowledged = new Map<number, string>();
const seen = new Map<string, string>();
const counts: Record<Way | 'faults', number> = {
  'kill -9': 0,
  postgres: 0,
  both: 0,
  disk: 0,
  faults: 0,
};
const stops: string[] = [];

let postgres = await startPostgres();
await migrate(postgres.url);
const world = await makeWorld(postgres.url);
const watching = setInterval(() => watchCheckpoint(), 10);

process.stderr.write(`crash: seed ${seed}, ${crashes} crashes\n`);
const began = performance.now();
for (let crash = 0; crash < crashes && stops.length === 0; crash += 1) {
  await crashOnce(drawWay());
  if (crash % 25 === 24) report(crash + 1);
}
// The last process is left in peace until everything that was written is signed.
const last = startWriter(null);
await last.ready;
await sleep(1_000);
await last.end('SIGTERM');
clearInterval(watching);
watchCheckpoint();

const found = await judge({ url: postgres.url, logFolder, acknowledged, seen });
await postgres.stop();
rmSync(root, { recursive: true, force: true });
print(found);
process.exit(stops.length === 0 && found.faults.length === 0 ? 0 : 1);

async function crashOnce(way: Way): Promise<void> {
  const before = acknowledged.size;
  const writer = startWriter(way === 'disk' ? Math.floor(random() * 2 ** 32) : null);
  await writer.ready;
  // Some die before they have signed anything, most in the middle of it.
  await sleep(random() * 450);
  for (let left = 40; acknowledged.size === before && left > 0 && random() < 0.9; left -= 1) {
    await sleep(50);
  }
  counts[way] += 1;
  if (way === 'postgres' || way === 'both') {
    stopAtOnce();
    if (way === 'both') await writer.end('SIGKILL');
    postgres = await startPostgres();
    // The registry has to get over it by itself.
    await sleep(random() * 500);
  }
  await writer.end('SIGKILL');
}

interface Writer {
  readonly ready: Promise<void>;
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

function startWriter(faultSeed: number | null): Writer {
  const faulty = faultSeed === null ? [] : ['--import', here('./faults.js')];
  const child = spawn(process.execPath, [...faulty, here('./writer.js')], {
    env: {
      ...process.env,
      DATABASE_URL: postgres.url,
      LOG_DIR: logFolder,
      LOG_LEVEL: 'silent',
      CRASH_WORLD: world,
      FAULT_SEED: String(faultSeed ?? 0),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    ready: Promise.race([read(child), ended]),
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

/** Takes in what a writer prints; returns once it is ready. A line that was cut counts for nothing. */
function read(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    let rest = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        const [word, index, declaration] = line.split(' ');
        if (word === 'ready') resolve();
        else if (word === 'ack') acknowledged.set(Number(index), declaration!);
        else if (word === 'fault') counts.faults += 1;
        else if (word === 'stopped') stops.push(line);
      }
    });
  });
}

/** What anybody who looks at the public checkpoint sees, by size. */
function watchCheckpoint(): void {
  try {
    const note = readFileSync(join(logFolder, 'public/checkpoint'), 'utf8');
    seen.set(note.split('\n', 3).join(' '), note);
  } catch {
    // There is none yet.
  }
}

/** The immediate shutdown of PostgreSQL: nothing is flushed, the next start recovers from the WAL. */
function stopAtOnce(): void {
  const [pid] = readFileSync(join(root, 'pg18/postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(pid), 'SIGQUIT');
}

function startPostgres(): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataFolder: join(root, 'pg18'), databaseName: 'fermata' });
}

/** An account with parties of its own; as `account,party,party,…`. */
async function makeWorld(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const account = newId('account');
  await client.query(
    `INSERT INTO accounts (account_id, email, email_key, password_hash, display_name, roles, created_at)
     VALUES ($1, $1, $1, 'none', 'Crash', '{artist}', now())`,
    [account],
  );
  const parties = Array.from({ length: 32 }, () => newId('party'));
  for (const party of parties) {
    await client.query(
      `INSERT INTO parties (party_id, kind, display_name, created_by, created_at)
       VALUES ($1, 'person', 'Crash', $2, now())`,
      [party, account],
    );
    await client.query(`INSERT INTO party_members VALUES ($1, $2, now())`, [party, account]);
  }
  await client.end();
  return [account, ...parties].join(',');
}

function drawWay(): Way {
  let left = random();
  for (const way of WAYS) if ((left -= SHARE[way]) < 0) return way;
  return 'kill -9';
}

function report(done: number): void {
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  process.stderr.write(`  ${done} crashes, ${acknowledged.size} acknowledged, ${minutes} min\n`);
}

function print({ faults, leaves, checkpoints }: Found): void {
  const { faults: injected, ...ways } = counts;
  const lines = [
    `seed ${seed}`,
    `crashes ${Object.values(ways).reduce((a, b) => a + b)} (${Object.entries(ways)
      .map(([way, count]) => `${way} ${count}`)
      .join(', ')}), ${injected} writes failed`,
    `acknowledged ${acknowledged.size}, leaves ${leaves}, checkpoints seen ${checkpoints}`,
    `${faults.filter(({ kind }) => kind === 'lost').length} acknowledged lost`,
    `${faults.filter(({ kind }) => kind === 'gap').length} gaps`,
    `${faults.filter(({ kind }) => kind === 'fork').length} forks`,
    ...faults.slice(0, 10).map(({ kind, what }) => `${kind}: ${what}`),
    ...stops,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}
