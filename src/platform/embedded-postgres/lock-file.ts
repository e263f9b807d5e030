import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { identifySelf, isStillRunning, type ProcessIdentity } from './process-identity.js';

/** Who holds a lock file, and since when (ISO 8601, UTC). */
export interface LockHolder extends ProcessIdentity {
  since: string;
}

export type LockAttempt =
  | { outcome: 'taken'; takenOverFrom: LockHolder | null; release: () => void }
  | { outcome: 'held'; holder: LockHolder };

/**
 * Tries once to take the lock file; never waits. A lock whose holder no longer runs is taken over.
 * The file appears complete or not at all (written aside, then linked), so that no reader
 * ever mistakes a lock that is just being written for a broken one.
 */
export function tryLockFile(path: string): LockAttempt {
  const mine: LockHolder = { ...identifySelf(), since: new Date().toISOString() };
  const aside = `${path}.${randomUUID()}`;
  writeFileSync(aside, `${JSON.stringify(mine)}\n`, { mode: 0o644 });
  try {
    let takenOverFrom: LockHolder | null = null;
    for (;;) {
      if (link(aside, path)) {
        return { outcome: 'taken', takenOverFrom, release: () => releaseLock(path, mine) };
      }
      const holder = readHolder(path);
      if (holder !== null && isStillRunning(holder)) return { outcome: 'held', holder };
      if (removeStale(path)) takenOverFrom = holder;
    }
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Reads who holds the lock now; null when nobody alive does. */
export function findLiveHolder(path: string): LockHolder | null {
  const holder = readHolder(path);
  return holder !== null && isStillRunning(holder) ? holder : null;
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // Some shared and removable drives know no hard links; there the exclusive flag has to do.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    return writeExclusively(to, readFileSync(from, 'utf8'));
  }
}

function writeExclusively(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o644 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Moves the stale lock away before looking at it once more: of two processes that both saw it stale,
 * the slower one would otherwise delete the fresh lock of the faster one.
 */
function removeStale(path: string): boolean {
  const away = `${path}.${randomUUID()}`;
  try {
    renameSync(path, away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  const stale = findLiveHolder(away) === null;
  if (!stale) link(away, path);
  rmSync(away, { force: true });
  return stale;
}

function releaseLock(path: string, mine: LockHolder): void {
  const holder = readHolder(path);
  if (holder?.pid === mine.pid && holder.since === mine.since) rmSync(path, { force: true });
}

/** Null for a missing file and for one that no lock of ours could have left. */
function readHolder(path: string): LockHolder | null {
  try {
    const { pid, startedAs, since } = JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
    const complete = Number.isInteger(pid) && typeof startedAs === 'string';
    return complete ? { pid, startedAs, since: String(since) } : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) {
      return null;
    }
    throw error;
  }
}
