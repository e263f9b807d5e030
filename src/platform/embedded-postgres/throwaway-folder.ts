import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostmaster } from './postmaster.js';
import {
  findProcessName,
  identifySelf,
  isStillRunning,
  type ProcessIdentity,
} from './process-identity.js';

const PREFIX = 'fermata-throwaway-';

/** Makes a folder for a cluster that lives no longer than this process, and clears what dead ones left. */
export function makeThrowawayFolder(parent: string = tmpdir()): string {
  clearLeftovers(parent);
  const folder = mkdtempSync(join(parent, PREFIX));
  // The run-as user has to pass through; it owns only the data folder inside.
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(identifySelf()));
  return folder;
}

/**
 * Stops and removes the clusters of runs that were killed. Only folders of our own user are looked at:
 * in a folder that everybody can write to, somebody else's pid file could name any process.
 */
export function clearLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(parent, name);
    const stat = lstatSync(folder, { throwIfNoEntry: false });
    if (!stat?.isDirectory() || stat.uid !== process.getuid?.()) continue;
    if (hasLiveOwner(folder, stat.mtimeMs)) continue;
    killServer(join(folder, 'data'));
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function hasLiveOwner(folder: string, changedAtMs: number): boolean {
  try {
    return isStillRunning(
      JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')) as ProcessIdentity,
    );
  } catch {
    // A folder without its note is either just being made or beyond use.
    return Date.now() - changedAtMs < 60_000;
  }
}

function killServer(dataFolder: string): void {
  const pid = findPostmaster(dataFolder)?.pid;
  if (pid === undefined || !findProcessName(pid)?.startsWith('postgres')) return;
  try {
    // SIGQUIT is PostgreSQL's immediate shutdown: children are ended with it, nothing is written.
    process.kill(pid, 'SIGQUIT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
