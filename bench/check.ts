import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Match, Term } from '#consent/domain';
import { literal, withDuckDb } from '#snapshots';
import { situation, writeSnapshotFolder } from './samples/snapshot-folder.js';

/**
 * `npm run bench -- --check`: `fermata check` beside raw DuckDB SQL that does the same join and writes
 * the same rows, each as a process of its own, in turn. Two rows of five are registered. The made files stay in the folder and are used again.
 */
interface Sizes {
  readonly registered: number;
  readonly rows: number;
  readonly folder: string;
}

interface Run {
  readonly seconds: number;
  readonly peakMb: number;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const TRAIN = 'ai.train.generative' as const;
/** The span of ISRCs, and a number that has no factor in common with it: no ISRC comes twice. */
const SPAN = 676n * 46_656n * 10_000_000n;
const STEP = 1_000_000_007n;

export async function benchCheck(
  options: Omit<Sizes, 'folder'> & { rounds: number; folder: string | undefined },
): Promise<void> {
  const { registered, rows, rounds } = options;
  const folder = options.folder ?? join(tmpdir(), `fermata-bench-check-${registered}-${rows}`);
  const sizes = { registered, rows, folder };
  await make(sizes);
  const runs: Record<'raw' | 'check', Run[]> = { raw: [], check: [] };
  for (let round = 0; round < rounds; round += 1) {
    runs.raw.push(await measure(runRaw(sizes)));
    runs.check.push(await measure(runCheck(sizes)));
    await compareOutputs(sizes);
  }
  const best = (all: readonly Run[]) => all.reduce((a, b) => (a.seconds <= b.seconds ? a : b));
  const raw = best(runs.raw);
  const check = best(runs.check);
  process.stdout.write(
    `| registered | rows | raw s / MB | check s / MB | ratio | rows/s |\n| --- | --- | --- | --- | --- | --- |\n` +
      `| ${registered} | ${rows} | ${raw.seconds.toFixed(1)} / ${raw.peakMb} | ${check.seconds.toFixed(1)} / ${check.peakMb} ` +
      `| ${(check.seconds / raw.seconds).toFixed(2)} | ${Math.round(rows / check.seconds)} |\n`,
  );
}

/** Two thousand situations: half of them allow, the others refuse or are silent. */
function situations(): Match[][] {
  return Array.from({ length: 2_000 }, (_, at) => {
    const terms: Term[] =
      at % 4 === 3
        ? []
        : at % 2 === 0
          ? [{ purpose: TRAIN, decision: 'allow' }]
          : [{ purpose: TRAIN, decision: 'deny' }];
    return situation(terms, { recordedAt: at });
  });
}

async function make({ registered, rows, folder }: Sizes): Promise<void> {
  const manifest = join(folder, 'manifest.parquet');
  if (existsSync(manifest)) return;
  process.stderr.write(`making ${registered} identifiers and ${rows} rows in ${folder} …\n`);
  mkdirSync(folder, { recursive: true });
  await withDuckDb({ spillFolder: join(folder, 'spill'), memoryMb: 8_000 }, async (connection) => {
    await writeSnapshotFolder(connection, join(folder, 'snapshot'), {
      asOf: Date.now() - 60_000,
      standings: situations(),
      identifiers: {
        isrc: `SELECT ${isrcSql('i')} AS identifier, (i % 2000)::INTEGER AS standing FROM range(${registered}) AS t (i)`,
      },
    });
    const spread = `((i * 7919) % ${Math.round(registered * 2.5)})`;
    await connection.run(
      `COPY (SELECT i AS track, ${isrcSql(spread)} AS isrc FROM range(${rows}) AS t (i))
         TO ${literal(manifest)} (FORMAT parquet)`,
    );
  });
}

/** The ISRC of a number. */
function isrcSql(number: string): string {
  const n = `(((${number}) * ${STEP}) % ${SPAN})`;
  const letter = (over: bigint) => `chr((65 + (${n} // ${over}) % 26)::INTEGER)`;
  const sign = (over: bigint) =>
    `substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', (1 + (${n} // ${over}) % 36)::INTEGER, 1)`;
  const digits = 10_000_000n;
  return [
    ...[letter(digits * 46_656n * 26n), letter(digits * 46_656n)],
    ...[sign(digits * 1_296n), sign(digits * 36n), sign(digits)],
    `lpad((${n} % ${digits})::VARCHAR, 7, '0')`,
  ].join(' || ');
}

function runRaw({ folder }: Sizes): ChildProcess {
  rmSync(join(folder, 'raw'), { recursive: true, force: true });
  return spawn(process.execPath, [here('./check-raw.js'), folder], { stdio: 'inherit' });
}

function runCheck({ folder }: Sizes): ChildProcess {
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  const held = ['--snapshot', join(folder, 'snapshot'), '--keys', join(folder, 'jwks.json')];
  const asked = ['--purpose', TRAIN, '--lawful-source', '--out', join(folder, 'out'), '--quiet'];
  return spawn(
    process.execPath,
    [here('../src/cli.js'), 'check', join(folder, 'manifest.parquet'), ...held, ...asked],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
}

/** How long a process took, and the most memory that it held. */
async function measure(child: ChildProcess): Promise<Run> {
  const began = performance.now();
  let peakKb = 0;
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    } catch {
      // It has ended, or this is no Linux.
    }
  }, 100);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearInterval(look);
  // The check tells that it found refused rows, which there are.
  if (code !== 0 && code !== 1) throw new Error(`A process ended with ${code}.`);
  return { seconds: (performance.now() - began) / 1_000, peakMb: Math.round(peakKb / 1_024) };
}

/** Both have written the same rows in the same order, or the figures mean nothing. */
async function compareOutputs({ folder }: Sizes): Promise<void> {
  await withDuckDb({ spillFolder: join(folder, 'spill') }, async (connection) => {
    for (const outcome of ['allowed', 'refused', 'unknown']) {
      const rows = async (path: string) => {
        const source = `read_parquet(${literal(join(folder, path))}, hive_partitioning = false, file_row_number = true)`;
        const found = await connection.runAndReadAll(
          `SELECT count(*), bit_xor(hash(track, isrc, fermata_outcome, fermata_reasons, file_row_number)) FROM ${source}`,
        );
        return found.getRows().join();
      };
      const [ours, raw] = [
        await rows(`out/${outcome}.parquet`),
        await rows(`raw/part=${outcome}/*.parquet`),
      ];
      if (ours !== raw) throw new Error(`${outcome}: ${ours} rows of ours, ${raw} of the raw SQL`);
    }
  });
}
