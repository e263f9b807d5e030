import { join } from 'node:path';
import { checkFolder, DownloadFailed, placeInLog, pullSnapshot } from '#snapshots';
import { readSnapshotManifest, type SnapshotManifest } from '#verify';
import type { CommandContext } from '../command-context.js';
import { EXIT, IncompleteError, UsageError } from '../exit.js';
import { readInput, readKeys } from '../pinned-keys.js';
import { serverUrl } from '../settings.js';
import { printable, type Terminal } from '../terminal.js';
import { readPolicy } from './replay.command.js';

/** How long a registry is given to begin its answer; how long a file takes is not known. */
const PATIENCE_MS = 30_000;

/** `snapshot pull [URL]`: the newest snapshot, or what changed since the one that is here. */
export async function pull({
  terminal,
  args,
  options,
}: CommandContext<{ keys: string; into: string }>): Promise<number> {
  const server = addressOf(args[0] ?? serverUrl());
  const keys = await readKeys(options.keys);
  try {
    const { folder, manifest, fetched, isNew } = await pullSnapshot({
      fetch: (path, headers) => fetchWithin(server + path, headers),
      ...{ into: options.into, keys, now: Date.now() },
      tell: (line) => terminal.note(printable(line)),
    });
    terminal.note(isNew ? `Fetched ${fetched} bytes.` : 'The newest snapshot is here already.');
    tell(terminal, folder, manifest);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof DownloadFailed)) throw error;
    const why = printable(error.message).replace(/\.$/, '');
    throw new IncompleteError(`No snapshot was taken over: ${why}.`);
  }
}

/** `snapshot verify DIR`: signature, expiry and every file; with a policy, its place in the log too. */
export async function verify({
  terminal,
  args,
  options,
}: CommandContext<{ keys: string; policy?: string }>): Promise<number> {
  const folder = args[0]!;
  const keys = await readKeys(options.keys);
  const policy = options.policy === undefined ? null : await readPolicy(options.policy);
  const checked = await checkFolder(folder, keys, Date.now());
  if (!checked.ok) return tellFault(terminal, folder, checked.reason);
  const place = policy && (await placeInLog(folder, checked.value, policy));
  if (place?.ok === false) return tellFault(terminal, folder, place.reason);
  if (terminal.json) terminal.value({ verifies: true, ...described(checked.value.manifest) });
  else {
    terminal.data(
      `Verifies: ${checked.value.manifest.files.length} files, signed by a pinned key.`,
    );
    if (policy !== null) terminal.data('Its manifest is in the log.');
    tell(terminal, folder, checked.value.manifest);
  }
  return EXIT.done;
}

/** `snapshot show DIR`: what a manifest says, unverified and whether or not it has expired. */
export async function show({ terminal, args }: CommandContext): Promise<number> {
  const folder = args[0]!;
  const read = readSnapshotManifest(await readInput(join(folder, 'manifest.json')));
  if (!read.ok) throw new IncompleteError(`${printable(folder)}: ${printable(read.reason)}.`);
  if (terminal.json) terminal.value({ ...described(read.value), files: read.value.files });
  else {
    tell(terminal, folder, read.value);
    for (const { path, bytes, rows } of read.value.files) {
      terminal.data(`  ${path}  ${rows} rows, ${bytes} bytes`);
    }
  }
  const isExpired = Date.now() >= read.value.expires;
  if (isExpired) terminal.note('It has expired: nothing may be concluded from it any more.');
  return isExpired ? EXIT.findings : EXIT.done;
}

function tellFault(terminal: Terminal, folder: string, reason: string): number {
  if (terminal.json) terminal.value({ verifies: false, reason });
  terminal.fault(`fermata: ${printable(folder)} does not verify: ${printable(reason)}.`);
  return EXIT.findings;
}

function tell(terminal: Terminal, folder: string, manifest: SnapshotManifest): void {
  if (terminal.json) {
    terminal.value({ folder, ...described(manifest) });
    return;
  }
  const { asOf, expires, identifiers, standings } = described(manifest);
  terminal.data(folder);
  terminal.data(`  ${printable(manifest.iss)}, log size ${manifest.size}, as of ${asOf}`);
  terminal.data(`  ${identifiers} identifiers in ${standings} standings; holds until ${expires}`);
}

function described(manifest: SnapshotManifest) {
  const { iss, snapshot, origin, size, identifiers, standings } = manifest;
  return {
    ...{ iss, snapshot, origin, size, identifiers, standings },
    asOf: new Date(manifest.asOf).toISOString(),
    expires: new Date(manifest.expires).toISOString(),
  };
}

function addressOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UsageError(`“${printable(text)}” is no http or https address.`);
  }
  const { origin, pathname } = new URL(text);
  return origin + pathname.replace(/\/$/, '');
}

/** The answer must begin in time; what is sent then may take as long as it does. */
async function fetchWithin(url: string, headers: Record<string, string>): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error('no answer in time')), PATIENCE_MS);
  try {
    return await fetch(url, { headers, signal: late.signal });
  } finally {
    clearTimeout(timer);
  }
}
