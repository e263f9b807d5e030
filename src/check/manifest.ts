import { parse } from 'csv-parse/sync';
import { open } from 'node:fs/promises';
import { detectScheme } from '#identifiers';
import { CheckRefused } from './check-refused.js';
import type { ColumnSample } from './domain/index.js';
import { type Compression, ManifestQuery, type Reader } from './manifest.query.js';

export type ManifestFormat = 'csv' | 'tsv' | 'ndjson' | 'parquet';

/** Files of one format that are checked together, in the order given. */
export interface Manifest {
  readonly reader: Reader;
  readonly files: readonly string[];
  readonly bytes: number;
  readonly samples: readonly ColumnSample[];
}

const SAMPLE_ROWS = 1_000;
const DELIMITERS = [',', '\t', ';', '|'];

/** Looks at the files: what they are, which columns they have, and some values of each. */
export async function readManifest(
  query: ManifestQuery,
  files: readonly string[],
  told?: ManifestFormat,
): Promise<Manifest> {
  const heads: { bytes: Buffer; size: number }[] = [];
  for (const file of files) heads.push(await headOf(file));
  const compression = theOne(
    heads.map((head) => compressionOf(head.bytes)),
    'compressed in different ways',
  );
  const formats: ManifestFormat[] = [];
  for (const [at, path] of files.entries()) {
    const guess = isParquet(heads[at]!.bytes) ? 'parquet' : formatOfName(path);
    formats.push(told ?? guess ?? (await formatOfText(query, path, compression)));
  }
  const format = theOne(formats, 'of different formats');
  const reader = await readerOf(query, files[0]!, format, compression);
  for (const path of files.slice(1)) {
    const other = await readerOf(query, path, format, compression);
    if (!isReadAlike(reader, other)) {
      throw new CheckRefused(
        `${path} has other columns than ${files[0]!}, or other signs between them; check it by itself.`,
      );
    }
  }
  const samples = await sampleAll(query, reader, files);
  const bytes = heads.reduce((sum, head) => sum + head.size, 0);
  return { reader, files, bytes, samples };
}

async function readerOf(
  query: ManifestQuery,
  path: string,
  format: ManifestFormat,
  compression: Compression,
): Promise<Reader> {
  if (format === 'parquet') {
    return { format, compression: 'none', columns: await query.parquetColumns(path) };
  }
  if (format === 'ndjson') return { format, compression, columns: ['line'] };
  const line = await query.firstLine(path, compression);
  if (line === null) throw new CheckRefused(`${path} holds no rows.`);
  const delimiter = format === 'tsv' ? '\t' : delimiterOf(line);
  const cells = cellsOf(line, delimiter, path);
  const hasHeader = !cells.some((cell) => detectScheme(cell) !== null);
  const columns = hasHeader ? cells : cells.map((_, at) => `column${at}`);
  const twice = columns.find((name, at) => columns.indexOf(name) !== at || name === '');
  if (twice !== undefined) {
    throw new CheckRefused(
      twice === ''
        ? `A column of ${path} has no name.`
        : `The header of ${path} has two columns “${twice}”.`,
    );
  }
  return { format: 'csv', compression, columns, delimiter, hasHeader };
}

/**
 * Cells of CSV files are told apart by their place, so a column that moved would be read as another.
 * Parquet is read by name; a column that only some files have would be lost, or not be checked.
 */
function isReadAlike(one: Reader, other: Reader): boolean {
  if (one.format === 'csv' && other.format === 'csv') {
    const told = ({ columns, delimiter, hasHeader }: typeof one) =>
      JSON.stringify([columns, delimiter, hasHeader]);
    return told(one) === told(other);
  }
  const names = ({ columns }: Reader) => JSON.stringify([...columns].sort(byCode));
  return names(one) === names(other);
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Values from the beginning of every file: identifiers may stand in a column of some of them only. */
async function sampleAll(
  query: ManifestQuery,
  reader: Reader,
  files: readonly string[],
): Promise<ColumnSample[]> {
  const all = new Map<string, string[]>();
  for (const file of files) {
    for (const { column, values } of await query.sample(reader, [file], SAMPLE_ROWS)) {
      const known = all.get(column);
      if (known) known.push(...values);
      else all.set(column, [...values]);
    }
  }
  return [...all].map(([column, values]) => ({ column, values }));
}

function cellsOf(line: string, delimiter: string, path: string): string[] {
  try {
    const [cells] = parse(line, { delimiter, bom: true, relax_column_count: true }) as string[][];
    return (cells ?? []).map((cell) => cell.trim());
  } catch {
    throw new CheckRefused(`The first line of ${path} can’t be read as a row of columns.`);
  }
}

/** The sign that cuts the first line into most pieces; a comma where none of them occurs. */
function delimiterOf(line: string): string {
  const pieces = (sign: string) => line.split(sign).length;
  return DELIMITERS.reduce((best, sign) => (pieces(sign) > pieces(best) ? sign : best));
}

async function formatOfText(
  query: ManifestQuery,
  path: string,
  compression: Compression,
): Promise<ManifestFormat> {
  const line = ((await query.firstLine(path, compression)) ?? '').trimStart();
  if (line.startsWith('[')) {
    throw new CheckRefused(
      `${path} is a JSON array. Give one object a line (NDJSON), for example by jq -c '.[]'.`,
    );
  }
  return line.startsWith('{') ? 'ndjson' : 'csv';
}

function formatOfName(path: string): ManifestFormat | null {
  const extension = /\.([a-z]+)(?:\.(?:gz|zst))?$/i.exec(path)?.[1]?.toLowerCase();
  if (extension === 'ndjson' || extension === 'jsonl') return 'ndjson';
  return extension === 'csv' || extension === 'tsv' ? extension : null;
}

async function headOf(path: string): Promise<{ bytes: Buffer; size: number }> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return { bytes: buffer.subarray(0, bytesRead), size: (await file.stat()).size };
    } finally {
      await file.close();
    }
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? 'there is no such file' : (error as Error).message;
    throw new CheckRefused(`${path} can’t be read: ${why}.`);
  }
}

function isParquet(head: Buffer): boolean {
  return head.toString('latin1') === 'PAR1';
}

function compressionOf(head: Buffer): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  return head.toString('hex') === '28b52ffd' ? 'zstd' : 'none';
}

function theOne<T>(all: readonly T[], how: string): T {
  if (all.some((one) => one !== all[0])) {
    throw new CheckRefused(`The files are ${how}; check each kind by itself.`);
  }
  return all[0]!;
}
