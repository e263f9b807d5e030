import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { parseIdentifier } from '#identifiers';
import type { Ask } from '#lookup/domain';
import { withDuckDb } from '#snapshots';
import type { Answers } from './answers.js';
import { CheckQuery, type OutcomeCount, partFolder, type Pass } from './check.query.js';
import { CheckRefused } from './check-refused.js';
import {
  findColumns,
  type IdentifierColumn,
  isCanonical,
  isLoose,
  type Verdict,
  VERDICTS,
} from './domain/index.js';
import { type Manifest, type ManifestFormat, readManifest } from './manifest.js';
import { ManifestQuery } from './manifest.query.js';

export interface CheckRequest {
  readonly answers: Answers;
  /** Files and patterns, in order. */
  readonly files: readonly string[];
  readonly format?: ManifestFormat;
  /** Columns that were named; found by their names and values where empty. */
  readonly columns: readonly IdentifierColumn[];
  readonly ask: Ask;
  /** Epoch ms. */
  readonly now: number;
  /** Where the rows go, by outcome; made when all is done, and must not be there before. */
  readonly out: string;
  readonly memoryMb: number;
  /** Told how far it is, in rows as far as they are known, or in identifiers that are asked about. */
  readonly onProgress: (done: number, total: number, doing: string) => void;
}

export interface Checked {
  readonly files: readonly string[];
  readonly columns: readonly IdentifierColumn[];
  readonly rows: Readonly<Record<Verdict, number>>;
  readonly counts: readonly OutcomeCount[];
  /** Rows of CSV files that could not be cut into columns; among the invalid. */
  readonly unreadable: number;
  /** Names of the files in `out`. */
  readonly written: readonly string[];
}

/** Up to here the rows are taken in first whatever the snapshot holds; it takes no time. */
const SMALL_BYTES_MAX = 16 * 1024 * 1024;
const PROGRESS_MS = 250;
const ODD_VALUES_AT_ONCE = 100_000;
const TEXT_ROW_BYTES = 64;

/**
 * Checks a manifest against a verified snapshot or a registry: one join for all rows. The folder `out` appears when
 * everything is in it and not before. Throws {@link CheckRefused} for whatever the person can mend, and
 * otherwise whatever went wrong; then nothing is left of it.
 */
export async function checkManifest(request: CheckRequest): Promise<Checked> {
  const out = resolve(request.out);
  const work = await mkdtemp(join(dirname(out), '.fermata-check-'));
  // An interrupted process has no time to wait for anything.
  const sweep = () => rmSync(work, { recursive: true, force: true });
  process.once('exit', sweep);
  try {
    return await withDuckDb(
      { spillFolder: join(work, 'spill'), memoryMb: request.memoryMb },
      async (connection) => {
        const query = new CheckQuery(connection);
        return await new Check(request, connection, query, work).run(out);
      },
    );
  } finally {
    process.removeListener('exit', sweep);
    await rm(work, { recursive: true, force: true });
  }
}

class Check {
  private passes = 0;
  private readonly manifests: ManifestQuery;

  constructor(
    private readonly request: CheckRequest,
    private readonly connection: DuckDBConnection,
    private readonly query: CheckQuery,
    private readonly work: string,
  ) {
    this.manifests = new ManifestQuery(connection);
  }

  async run(out: string): Promise<Checked> {
    const { request, query } = this;
    const files = await this.manifests.expand(request.files);
    if (files.length === 0) throw new CheckRefused('No file fits that pattern.');
    const manifest = await readManifest(this.manifests, files, request.format);
    const columns = columnsOf(manifest, request.columns);
    await query.prepare(columns);
    const first = await this.firstPass(manifest, columns);
    const { answers, ask, now, onProgress } = request;
    const hasReadings = await answers.fill({
      ...{ connection: this.connection, query, reader: manifest.reader, columns },
      ...{ ask, now, onProgress },
    });
    let { written, counts, pass } = await this.pass({ ...first.pass, hasReadings }, first.total);
    if (!hasReadings && (await this.readOddValues(pass, written))) {
      ({ written, counts, pass } = await this.pass({ ...pass, hasReadings: true }, first.total));
    }
    const unreadable = pass.rejects ? await query.rejected(pass.rejects) : [];
    const rows = sumOf(counts, unreadable.length);
    refuseLoss(counts, first.known);
    if (Object.values(rows).every((count) => count === 0)) {
      throw new CheckRefused('The manifest holds no rows.');
    }
    if (unreadable.length > 0) {
      await writeFile(
        join(pass.folder, 'unreadable.txt'),
        unreadable.map(({ line, text }) => `line ${line}: ${text}\n`).join(''),
      );
    }
    // First, because nothing may fail any more once the rows are where they belong.
    await answers.finish();
    const names = await this.deliver(pass, out);
    return { files, columns, rows, counts, unreadable: unreadable.length, written: names };
  }

  private async firstPass(
    { reader, files, bytes, samples }: Manifest,
    columns: readonly IdentifierColumn[],
  ): Promise<{ pass: Pass; total: number; known: number | null }> {
    const rejects =
      reader.format === 'csv'
        ? { errors: 'unreadable_rows', scans: 'unreadable_scans' }
        : undefined;
    let total = bytes / TEXT_ROW_BYTES;
    if (reader.format === 'parquet') total = await this.query.countParquetRows(files);
    const schemes = new Set<string>(columns.map(({ scheme }) => scheme));
    // The engine builds its table from the smaller side; streamed, the order of the rows is kept.
    const isSmall = bytes <= SMALL_BYTES_MAX || total < this.request.answers.countOf(schemes);
    if (isSmall) total = await this.query.numberRows(reader, files, rejects);
    else await this.query.keepOrder();
    const isWrittenLoosely = columns.some(({ column, scheme }) => {
      const values = samples.find((one) => one.column === column)?.values ?? [];
      return values.some((value) => !isCanonical(scheme, value) && isLoose(scheme, value));
    });
    const pass: Pass = {
      ...{ reader, columns, isLoose: isWrittenLoosely, hasReadings: false, folder: '' },
      rows: isSmall ? { isNumbered: true } : { files },
      ...(rejects ? { rejects } : {}),
    };
    const known = isSmall || reader.format === 'parquet' ? total : null;
    return { pass, total: Math.max(1, Math.round(total)), known };
  }

  /** Goes through the manifest once; what an earlier pass has written is dropped. */
  private async pass(
    planned: Pass,
    total: number,
  ): Promise<{ written: Map<Verdict, string[]>; counts: OutcomeCount[]; pass: Pass }> {
    if (this.passes > 0) await rm(planned.folder, { recursive: true, force: true });
    this.passes += 1;
    // Rows that can't be read are noted by whatever reads the files, so each pass needs its own notes.
    const isStreamed = !('isNumbered' in planned.rows);
    const rejects = planned.rejects && {
      errors: isStreamed ? `unreadable_rows_${this.passes}` : planned.rejects.errors,
      scans: isStreamed ? `unreadable_scans_${this.passes}` : planned.rejects.scans,
    };
    const pass: Pass = {
      ...planned,
      folder: join(this.work, `pass-${this.passes}`),
      ...(rejects ? { rejects } : {}),
    };
    const { onProgress } = this.request;
    const timer = setInterval(() => {
      const share = Math.max(0, this.query.percentage) / 100;
      onProgress(Math.round(share * total), total, 'Checking');
    }, PROGRESS_MS);
    try {
      await this.query.write(pass);
    } finally {
      clearInterval(timer);
    }
    onProgress(total, total, 'Checking');
    // Not there where no row could be read.
    await mkdir(pass.folder, { recursive: true });
    const written = await listWritten(pass.folder);
    const files = [...written.values()].flat();
    const counts = files.length === 0 ? [] : await this.query.count(pass.reader, files);
    return { written, counts, pass };
  }

  /** Lets the registry's own reader have what the engine could not read; true where it could. */
  private async readOddValues(pass: Pass, written: Map<Verdict, string[]>): Promise<boolean> {
    const files = written.get('invalid');
    if (files === undefined) return false;
    let read = 0;
    for (const [at, column] of pass.columns.entries()) {
      await this.query.findOddValues(at, pass.reader, column, files);
      for (let from = 0; ; from += ODD_VALUES_AT_ONCE) {
        const typed = await this.query.listOddValues(at, from, ODD_VALUES_AT_ONCE);
        const readings = readingsOf(column, typed);
        await this.query.keepReadings(at, readings);
        read += readings.length;
        if (typed.length < ODD_VALUES_AT_ONCE) break;
      }
    }
    return read > 0;
  }

  /** Gives the files their names and the folder its place, all at once. */
  private async deliver(pass: Pass, out: string): Promise<string[]> {
    const ready = join(this.work, 'ready');
    await rename(pass.folder, ready);
    const names: string[] = [];
    const extension = extensionOf(pass);
    for (const [verdict, files] of await listWritten(ready)) {
      for (const [at, file] of files.entries()) {
        const name = `${verdict}${at === 0 ? '' : `-${at}`}.${extension}`;
        await rename(file, join(ready, name));
        names.push(name);
      }
      await rm(partFolder(ready, verdict), { recursive: true });
    }
    if ((await readdir(ready)).includes('unreadable.txt')) names.push('unreadable.txt');
    await rename(ready, out);
    return names.sort();
  }
}

function columnsOf(
  { samples, reader }: Manifest,
  told: readonly IdentifierColumn[],
): readonly IdentifierColumn[] {
  const names = samples.map(({ column }) => column);
  const missing = told.find(({ column }) => !names.includes(column));
  if (missing && reader.format !== 'ndjson') {
    throw new CheckRefused(
      `There is no column “${missing.column}”. The columns are ${names.join(', ')}.`,
      { isMisuse: true },
    );
  }
  const columns = told.length > 0 ? told : findColumns(samples);
  if (columns.length > 0) return columns;
  throw new CheckRefused(
    `No column of identifiers was found among ${names.join(', ') || 'none'}. Name one: --column isrc=NAME.`,
  );
}

function readingsOf({ scheme }: IdentifierColumn, typed: readonly string[]) {
  return typed.flatMap((one) => {
    const read = parseIdentifier(scheme, one);
    return read.ok ? [{ typed: one, canonical: read.value }] : [];
  });
}

/**
 * Every row gets one answer. Where the snapshot had an identifier twice a row would get two, one of which
 * might permit; `known` is how many rows there are, null where only reading them all would tell.
 */
function refuseLoss(counts: readonly OutcomeCount[], known: number | null): void {
  const written = counts.reduce((sum, { rows }) => sum + rows, 0);
  if (known === null || written === known) return;
  throw new CheckRefused(
    `${known} rows came to ${written} answers: the snapshot does not hold together.`,
  );
}

async function listWritten(folder: string): Promise<Map<Verdict, string[]>> {
  const written = new Map<Verdict, string[]>();
  for (const verdict of VERDICTS) {
    const part = partFolder(folder, verdict);
    const files = await readdir(part).catch(() => []);
    if (files.length > 0)
      written.set(verdict, files.map((file) => join(part, file)).sort(byNumber));
  }
  return written;
}

function sumOf(counts: readonly OutcomeCount[], unreadable: number): Record<Verdict, number> {
  const sums = { allowed: 0, refused: 0, unknown: 0, invalid: unreadable };
  for (const { outcome, rows } of counts) sums[outcome as Verdict] += rows;
  return sums;
}

function extensionOf({ reader }: Pass): string {
  if (reader.format === 'parquet') return 'parquet';
  const name = reader.format === 'ndjson' ? 'ndjson' : reader.delimiter === '\t' ? 'tsv' : 'csv';
  const packed = { none: '', gzip: '.gz', zstd: '.zst' }[reader.compression];
  return name + packed;
}

/** `data_10` after `data_9`. */
function byNumber(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
