import { createWriteStream } from 'node:fs';
import { mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  type Answers,
  type Checked,
  checkManifest,
  CheckRefused,
  type IdentifierColumn,
  KeptAnswers,
  type ManifestFormat,
  OnlineAnswers,
  openSnapshot,
  SnapshotAnswers,
  type Trust,
  writeReport,
} from '#check';
import { isSchemeName } from '#identifiers';
import { type Ask, readQueryAsk } from '#lookup/domain';
import { newestIn } from '#snapshots';
import type { CommandContext } from '../command-context.js';
import { EXIT, IncompleteError, UsageError } from '../exit.js';
import { connect } from '../connect.js';
import { readInput, readKeys } from '../pinned-keys.js';
import { startProgress } from '../progress.js';
import { SNAPSHOTS_FOLDER } from '../settings.js';
import { printable, type Terminal } from '../terminal.js';
import { version } from '../version.js';
import { readPolicy } from './replay.command.js';

interface CheckOptions {
  snapshot?: string;
  policy?: string;
  online?: boolean;
  receipts?: string;
  keys: string;
  column?: string[];
  format?: ManifestFormat;
  purpose?: string[];
  territory?: string;
  actorClass?: string;
  actorMode?: string;
  modelOpenness?: string;
  modelRelease?: string;
  inquirer?: string;
  accepts?: string[];
  lawfulSource?: boolean;
  unknownPolicy?: string;
  out?: string;
  writeAllowed?: string;
  report?: string;
  memory?: string;
}

/**
 * Of what is free. A bound, and most of it is not used; but the engine spills a join that might come
 * to 60 % of it, and that takes half as long again.
 */
const MEMORY_SHARE = 0.75;
const MEMORY_MB_MIN = 256;

/** `check FILE…`: code 0 only where nothing refused, unreadable or (unless risked) unknown is listed. */
export async function check({
  terminal,
  args,
  options,
}: CommandContext<CheckOptions>): Promise<number> {
  const ask = readInquiry(options);
  refuseMixed(options);
  const columns = (options.column ?? []).map(readColumn);
  const memoryMb = readMemory(options.memory);
  for (const path of [options.out, options.writeAllowed, options.report]) await refuseThere(path);
  const keys = await readKeys(options.keys);
  const policy = options.policy === undefined ? undefined : await readPolicy(options.policy);
  const now = Date.now();
  const work = await mkdtemp(join(tmpdir(), 'fermata-check-'));
  const progress = await startProgress(terminal);
  try {
    const answers = await openAnswers(options, {
      terminal,
      trust: { keys, policy },
      now,
      first: args[0]!,
    });
    const files = await Promise.all(args.map((name) => fileOf(name, work)));
    const out = options.out ?? `${options.writeAllowed ?? join(work, 'rows')}.rows`;
    const checked = await checkManifest({
      ...{ answers, files, format: options.format, columns, ask, now, out, memoryMb },
      onProgress: (done, total, doing) => progress.update(done, total, doing),
    });
    progress.stop();
    // It names the digest of each file, which takes as long as reading them once more.
    const isReported = options.report !== undefined || terminal.json;
    const report = isReported ? await writeReport(checked, answers, ask, version()) : null;
    await deliver(options, out, checked, report);
    tell(terminal, checked, report);
    return exitOf(checked, ask);
  } catch (error) {
    if (error instanceof CheckRefused) {
      throw error.isMisuse ? new UsageError(error.message) : new IncompleteError(error.message);
    }
    // The engine's own words, for example of a full disk or a file that is none: never a verdict.
    throw new IncompleteError(
      `The check could not be made: ${printable((error as Error).message)}`,
    );
  } finally {
    progress.stop();
    await rm(work, { recursive: true, force: true });
  }
}

function refuseMixed({ snapshot, policy, online, receipts }: CheckOptions): void {
  if (online && snapshot !== undefined) {
    throw new UsageError('Name a --snapshot to check against, or ask a registry with --online.');
  }
  if (online && policy !== undefined) throw new UsageError('--policy is for a snapshot.');
  if (receipts !== undefined && !online) throw new UsageError('--receipts is for --online.');
}

/** A snapshot, or the registry that the environment names; its answers are kept for going on. */
async function openAnswers(
  options: CheckOptions,
  { terminal, trust, now, first }: { terminal: Terminal; trust: Trust; now: number; first: string },
): Promise<Answers> {
  if (!options.online) {
    const folder = await findSnapshot(options.snapshot);
    terminal.note(`Checking against ${printable(folder)}.`);
    return new SnapshotAnswers(await openSnapshot(folder, trust, now));
  }
  const name = first === '-' ? 'stdin' : basename(first).replace(/[*?[\]]/g, '_');
  const kept = await KeptAnswers.open(options.receipts ?? `${name}.receipts`);
  terminal.note(`Signed answers are kept in ${printable(kept.folder)}.`);
  return new OnlineAnswers(await connect(terminal, await readInput(options.keys)), kept);
}

async function findSnapshot(told: string | undefined): Promise<string> {
  const folder = await newestIn(told ?? SNAPSHOTS_FOLDER);
  if (folder !== null) return folder;
  throw new CheckRefused(
    told === undefined
      ? `There is no snapshot in ${SNAPSHOTS_FOLDER}: fetch one with “fermata snapshot pull”, name a --snapshot, or ask a registry with --online.`
      : `There is no snapshot in ${told}.`,
    { isMisuse: told === undefined },
  );
}

function readInquiry(options: CheckOptions): Ask {
  const query = {
    purposes: options.purpose?.join(','),
    ...{ territory: options.territory, actorClass: options.actorClass },
    ...{ actorMode: options.actorMode, modelOpenness: options.modelOpenness },
    ...{ modelRelease: options.modelRelease, inquirer: options.inquirer },
    accepts: options.accepts?.join(','),
    lawfulSource: options.lawfulSource ? 'true' : undefined,
    unknownPolicy: options.unknownPolicy,
  };
  const stated = Object.entries(query).filter(([, value]) => value !== undefined);
  const ask = readQueryAsk(Object.fromEntries(stated), Date.now());
  if (ask.ok) return ask.value;
  const { pointer, detail } = ask.faults[0]!;
  throw new UsageError(`${pointer.slice(1)} ${detail}.`);
}

function readColumn(told: string): IdentifierColumn {
  const at = told.indexOf('=');
  const scheme = told.slice(0, at).toLowerCase();
  const column = told.slice(at + 1);
  if (at < 1 || column === '' || column.includes('"') || !isSchemeName(scheme)) {
    throw new UsageError(`--column takes SCHEME=NAME, for example isrc=track_isrc.`);
  }
  return { column, scheme };
}

function readMemory(told: string | undefined): number {
  if (told === undefined) {
    return Math.max(MEMORY_MB_MIN, Math.floor((freemem() / 1e6) * MEMORY_SHARE));
  }
  const memoryMb = Number(told);
  if (Number.isSafeInteger(memoryMb) && memoryMb >= MEMORY_MB_MIN) return memoryMb;
  throw new UsageError(`--memory takes a number of megabytes from ${MEMORY_MB_MIN}.`);
}

async function refuseThere(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw new UsageError(`${path} is there already; name another or move it away.`);
}

/** Standard input becomes a file: it is read more than once. */
async function fileOf(name: string, work: string): Promise<string> {
  if (name !== '-') return name;
  const path = join(work, 'stdin');
  await pipeline(process.stdin, createWriteStream(path, { flags: 'wx' }));
  return path;
}

/** Everything is written by now; what was not asked for goes. */
async function deliver(
  { out, writeAllowed, report: reportPath }: CheckOptions,
  folder: string,
  { written }: Checked,
  report: string | null,
): Promise<void> {
  const allowed = written.filter((name) => name.startsWith('allowed'));
  if (out === undefined && writeAllowed !== undefined) {
    if (allowed.length > 1)
      throw new CheckRefused('The allowed rows take several files; use --out.');
    if (allowed.length === 1) await rename(join(folder, allowed[0]!), writeAllowed);
  }
  if (out === undefined) await rm(folder, { recursive: true, force: true });
  if (reportPath !== undefined) await writeFile(reportPath, report ?? '', { flag: 'wx' });
}

function tell(terminal: Terminal, checked: Checked, report: string | null): void {
  if (report !== null && terminal.json) return terminal.data(report.trimEnd());
  const { rows, counts, columns } = checked;
  const names = columns.map(({ scheme, column }) => `${scheme} in ${printable(column)}`);
  terminal.note(`Looked for ${names.join(', ')}.`);
  const styles = { allowed: 'green', refused: 'red', unknown: 'yellow', invalid: 'red' } as const;
  for (const outcome of ['allowed', 'refused', 'unknown', 'invalid'] as const) {
    const number = String(rows[outcome]).padStart(13);
    terminal.data(`${terminal.style(styles[outcome], outcome.padEnd(8))} ${number}`);
    for (const one of counts.filter((count) => count.outcome === outcome && count.reasons !== '')) {
      terminal.data(`  ${String(one.rows).padStart(20)}  ${printable(one.reasons)}`);
    }
  }
  if (checked.unreadable > 0) {
    terminal.note(`${checked.unreadable} rows could not be read; they count as invalid.`);
  }
}

function exitOf({ rows }: Checked, { unknownPolicy }: Ask): number {
  const isClean = rows.refused === 0 && rows.invalid === 0;
  const isKnown = rows.unknown === 0 || unknownPolicy === 'allow_at_own_risk';
  return isClean && isKnown ? EXIT.done : EXIT.findings;
}
