import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type RegistryClient, RegistryProblem } from '#client';
import type { ReadingOptions } from '#imports/domain';
import { connectSignedIn, partyOf } from '../connect.js';
import { EXIT, IncompleteError, UsageError } from '../exit.js';
import type { CommandContext } from '../command-context.js';
import { startProgress } from '../progress.js';
import { printable, type Terminal } from '../terminal.js';

interface ImportOptions {
  party?: string;
  map?: string[];
  dryRun?: boolean;
  layers?: string;
  template?: string;
  encoding?: string;
  dates?: 'dmy' | 'mdy';
  report?: string;
}

interface Remark {
  column: string | null;
  value: string | null;
  code: string;
  detail: string;
  hint?: string | null;
}

interface ImportReport {
  id: string | null;
  dryRun: boolean;
  encoding: string;
  delimiter: string;
  columns: { column: string; field: string | null; by: string | null }[];
  notes: string[];
  counts: Record<'rows' | 'registered' | 'joined' | 'unchanged' | 'refused' | 'warned', number>;
  catalogue: { id: string; name: string } | null;
  refused: { line: number; faults: Remark[] }[];
  warned: { line: number; warnings: Remark[] }[];
}

/** Lines of the stream: how far it is, then either the report or the refusal. */
type ImportLine =
  | { progress: { done: number; total: number; doing: string } }
  | { report: ImportReport }
  | { problem: Record<string, unknown> & { status: number } };

const SIZE_MAX = 64 * 1024 * 1024;
const FAULTS_SHOWN = 20;

/** `import FILE`: exit code 0 if every row is in, 1 if some were refused. */
export async function importFile({
  terminal,
  args,
  options,
}: CommandContext<ImportOptions>): Promise<number> {
  const path = args[0]!;
  const bytes = await contentOf(path);
  const client = await connectSignedIn(terminal);
  const party = await partyOf(client, options.party);
  const report = await send(terminal, client, {
    bytes,
    query: {
      party,
      dryRun: options.dryRun ? 'true' : undefined,
      map: options.map?.join(','),
      layers: options.layers,
      template: options.template,
      encoding: options.encoding,
      dateOrder: options.dates,
      fileName: path === '-' ? undefined : basename(path).slice(0, 200),
      // All of them where a report is wanted, so that the file is whole.
      faults: options.report ? '20000' : '1000',
    },
  });
  if (terminal.json) terminal.value(report);
  else print(terminal, report);
  if (options.report && report.counts.refused > 0) {
    await writeRefused(options.report, bytes, report, options);
    terminal.note(`Refused rows are in ${options.report}: mend them and import that file.`);
  }
  return report.counts.refused > 0 ? EXIT.findings : EXIT.done;
}

async function contentOf(path: string): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = path === '-' ? await drain(process.stdin) : await drain(createReadStream(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : String(code ?? error);
    throw new UsageError(`${path} can’t be read: ${why}.`);
  }
  if (bytes.length <= SIZE_MAX) return bytes;
  throw new UsageError(`${path} is larger than 64 MiB; import it in parts.`);
}

async function drain(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream) {
    pieces.push(piece as Buffer);
    size += (piece as Buffer).length;
    if (size > SIZE_MAX) break;
  }
  return Buffer.concat(pieces);
}

async function send(
  terminal: Terminal,
  client: RegistryClient,
  { bytes, query }: { bytes: Uint8Array; query: Record<string, string | undefined> },
): Promise<ImportReport> {
  const response = await client.send('/v1/imports', {
    method: 'POST',
    query,
    bytes: { content: bytes, type: 'text/csv' },
    accept: 'application/x-ndjson',
    timeoutMs: 600_000,
  });
  const progress = await startProgress(terminal);
  try {
    for await (const line of linesOf(response)) {
      if ('progress' in line) {
        progress.update(line.progress.done, line.progress.total, line.progress.doing);
      } else if ('report' in line) {
        return line.report;
      } else {
        throw new RegistryProblem(line.problem.status, line.problem);
      }
    }
  } finally {
    progress.stop();
  }
  throw new IncompleteError(
    'The registry broke off before it was done. Nothing is half done: run the same command again.',
  );
}

async function* linesOf(response: Response): AsyncGenerator<ImportLine> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line !== '') yield JSON.parse(line) as ImportLine;
  }
  if (rest !== '') yield JSON.parse(rest) as ImportLine;
}

function print(terminal: Terminal, report: ImportReport): void {
  const separator = report.delimiter === '\t' ? 'tab' : report.delimiter;
  terminal.note(`Read as ${report.encoding}, separated by “${separator}”:`);
  for (const { column, field, by } of report.columns) {
    if (field !== null) terminal.note(`  ${printable(column)} → ${field}${reasonOf(by)}`);
  }
  const unused = report.columns.filter(({ field }) => field === null).length;
  if (unused > 0) terminal.note(`  ${unused} columns are not used. Change this with --map.`);
  for (const note of report.notes) terminal.note(printable(note));
  for (const { line, faults } of report.refused.slice(0, FAULTS_SHOWN)) {
    for (const fault of faults) {
      const place = fault.column === null ? '' : ` ${printable(fault.column)}`;
      const value = fault.value ? ` “${printable(fault.value.slice(0, 60))}”` : '';
      const hint = fault.hint ? ` ${printable(fault.hint)}` : '';
      terminal.data(
        terminal.style('red', `line ${line}${place}${value}: ${printable(fault.detail)}${hint}`),
      );
    }
  }
  const more = report.counts.refused - Math.min(report.refused.length, FAULTS_SHOWN);
  if (more > 0) terminal.data(`… and ${more} more refused rows (--report FILE.csv has them all)`);
  printWarnings(terminal, report);
  const { registered, joined, unchanged, refused } = report.counts;
  const parts = [`${registered} registered`, `${unchanged} unchanged`, `${refused} refused`];
  if (joined > 0) parts.splice(1, 0, `${joined} joined to works that others registered`);
  const sum = `${report.counts.rows} rows: ${parts.join(', ')}.`;
  terminal.data(report.dryRun ? `Dry run, nothing is stored. ${sum}` : sum);
  if (report.catalogue) {
    terminal.data(`Catalogue ${report.catalogue.id} “${printable(report.catalogue.name)}”.`);
  }
}

function reasonOf(by: string | null): string {
  if (by === 'values') return ' (by its values)';
  return by === 'request' ? ' (as you said)' : '';
}

/** One line a kind of warning: hundreds of damaged titles are one message, not hundreds. */
function printWarnings(terminal: Terminal, report: ImportReport): void {
  const kinds = new Map<string, { count: number; line: number; detail: string }>();
  for (const { line, warnings } of report.warned) {
    for (const { code, detail } of warnings) {
      const kind = kinds.get(code) ?? { count: 0, line, detail };
      kinds.set(code, { ...kind, count: kind.count + 1 });
    }
  }
  for (const { count, line, detail } of kinds.values()) {
    terminal.note(
      terminal.style(
        'yellow',
        `warning, ${count} times, first on line ${line}: ${printable(detail)}`,
      ),
    );
  }
  const left = report.counts.warned - report.warned.length;
  if (left > 0) terminal.note(`… and ${left} more rows with warnings`);
}

/** The refused rows as they stood in the file, with what is wrong in a column `error`. */
async function writeRefused(
  path: string,
  bytes: Uint8Array,
  report: ImportReport,
  options: ImportOptions,
): Promise<void> {
  const { csvReader } = await import('#imports/domain');
  const { stringify } = await import('csv-stringify/sync');
  const reading: ReadingOptions = {
    encoding: report.encoding,
    dateOrder: options.dates,
    // The mapping of the report, so that the rows are the very same.
    mapping: new Map(
      report.columns.flatMap(({ field }, at) => (field === null ? [] : [[field, `#${at + 1}`]])),
    ),
  };
  const opened = await csvReader.open(bytes, reading);
  if (!opened.ok) throw new IncompleteError(opened.detail);
  const reasons = new Map(
    report.refused.map(({ line, faults }) => [
      line,
      faults.map(({ column, detail }) => (column ? `${column}: ${detail}` : detail)).join(' '),
    ]),
  );
  const rows: string[][] = [[...opened.survey.columns, 'error']];
  const width = opened.survey.columns.length;
  for await (const { line, cells } of opened.rows()) {
    const reason = reasons.get(line);
    if (reason === undefined) continue;
    // A row of the wrong width keeps it: filled up, it would pass next time without being mended.
    const surplus = cells.slice(width).every((cell) => cell.trim() === '');
    rows.push([...(surplus ? cells.slice(0, width) : cells), reason]);
  }
  const text = stringify(rows, { bom: true, escape_formulas: true, record_delimiter: 'windows' });
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new IncompleteError(`${path} can’t be written: ${(error as Error).message}.`);
  }
}
