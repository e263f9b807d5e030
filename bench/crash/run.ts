import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Crashes } from './crashes.js';
import { type Found, judge } from './judge.js';
import { planCrashes, type Way, WAYS } from './plan.js';
import { FallingPostgres } from './postgres.js';
import { PostgresFaults } from './postgres-faults.js';
import { SmallDisk } from './small-disk.js';
import { makeCrashWorld } from './world.js';

/**
 * `npm run crash [-- --crashes 1000 --seed N]`: kills the registry and its PostgreSQL again and again
 * while it writes, lets their disk fail and be full, and then checks from outside what is left. Prints
 * the figures and fails unless nothing acknowledged is lost, no index has a gap, and no two roots were
 * signed for one size. What can't be tried on this machine it says, and goes without.
 */
const { values } = parseArgs({
  options: {
    crashes: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
  },
});
const count = Number(values.crashes);
const seed = Number(values.seed) >>> 0;
if (!Number.isSafeInteger(count) || count < 1) {
  process.stderr.write('--crashes takes a whole number from 1\n');
  process.exit(2);
}

const root = mkdtempSync(join(tmpdir(), 'fermata-crash-'));
const tools = mkdtempSync(join(tmpdir(), 'fermata-crash-'));
for (const folder of [root, tools]) chmodSync(folder, 0o711);
const logFolder = join(root, 'log');
const disk = SmallDisk.mount(root);
const postgresFaults = PostgresFaults.build(tools);
const untried = missing();
const ways = WAYS.filter((way) => !untried.has(way));

const postgres = await FallingPostgres.create(
  join(root, 'pg18'),
  join(tools, 'postgres.log'),
  postgresFaults?.environment ?? {},
);
await postgres.settle();
const world = await makeCrashWorld(postgres.url);
const crashes = new Crashes({ postgres, disk, postgresFaults, logFolder, world });
// Whoever has seen enough gets the verdict on what was until then; whoever insists, nothing.
let isEnough = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isEnough) void clear().then(() => process.exit(1));
    isEnough = true;
  });
}

process.stderr.write(`crash: seed ${seed}, ${count} crashes\n`);
const began = performance.now();
let done = 0;
let found: Found | null = null;
try {
  for (const planned of planCrashes(seed, count, ways)) {
    await crashes.befall(planned);
    if (crashes.stops.length > 0 || isEnough) break;
    if (++done % 25 === 0) report();
  }
  await crashes.finish();
  const { acknowledged, seen } = crashes;
  found = await judge({ url: postgres.url, logFolder, acknowledged, seen });
  print(found);
} finally {
  await clear();
}
process.exit(crashes.stops.length === 0 && found.faults.length === 0 ? 0 : 1);

/** The ways that this machine does not allow, said loudly. */
function missing(): Set<Way> {
  const out = new Set<Way>();
  const say = (what: string, why: string) =>
    process.stderr.write(`!!! NOT TRIED: ${what}: ${why}\n`);
  if (!disk) {
    for (const way of ['disk full', 'disk full and kill -9'] as const) out.add(way);
    say('a disk that is full', 'a tmpfs may not be mounted here (root may, on Linux)');
  }
  if (!postgresFaults) {
    out.add('postgres EIO');
    say('EIO in PostgreSQL', 'there is no C compiler here (cc, on Linux)');
  }
  return out;
}

async function clear(): Promise<void> {
  await crashes.stop();
  postgres.stopAtOnce();
  await postgres.ended();
  disk?.unmount();
  for (const folder of [root, tools]) rmSync(folder, { recursive: true, force: true });
}

function minutes(): string {
  return ((performance.now() - began) / 60_000).toFixed(1);
}

function report(): void {
  process.stderr.write(
    `  ${done} crashes, ${crashes.acknowledged.size} acknowledged, ${minutes()} min\n`,
  );
}

function print({ faults, leaves, checkpoints }: Found): void {
  const { counts, acknowledged, failedWrites, endedAlone, stops } = crashes;
  const each = ways.map((way) => `${way} ${counts[way]}`).join(', ');
  const kills = ways.filter((way) => way.includes('kill')).reduce((n, way) => n + counts[way], 0);
  const lines = [
    `seed ${seed}, ${minutes()} minutes`,
    `crashes ${ways.reduce((sum, way) => sum + counts[way], 0)} (${each})`,
    `kill -9 in ${kills}, ${endedAlone} processes ended by themselves, ${failedWrites} writes of files failed`,
    `PostgreSQL: started ${postgres.starts} times, hung ${postgres.hung} times, ${postgres.count(/PANIC: /g)} panics, ${postgres.count(/No space left/g)} times no space, ${postgres.count(/Input\/output error/g)} times EIO`,
    ...[...untried].map((way) => `NOT TRIED: ${way}`),
    `acknowledged ${acknowledged.size}, leaves ${leaves}, checkpoints seen ${checkpoints}`,
    `${faults.filter(({ kind }) => kind === 'lost').length} acknowledged lost`,
    `${faults.filter(({ kind }) => kind === 'gap').length} gaps`,
    `${faults.filter(({ kind }) => kind === 'fork').length} forks`,
    ...faults.slice(0, 10).map(({ kind, what }) => `${kind}: ${what}`),
    ...stops,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
