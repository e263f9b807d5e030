import { dirname, join, resolve } from 'node:path';
import { unwritable } from './data-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { tryLockFile, type LockAttempt, type LockHolder } from './lock-file.js';
import { makePassableFolder } from './make-folder.js';

/** Proof that this process is the only Fermata server on a data folder. */
export interface DataFolderLock {
  /** The dead process that had left its lock behind, if one had. */
  takenOverFrom: LockHolder | null;
  /** Gives the folder free; call it last, after the embedded server has stopped. */
  release(): void;
}

/** Where the lock of a data folder stands: beside it, because PostgreSQL owns the inside. */
export function dataFolderLockPath(dataFolder: string): string {
  return join(dirname(resolve(dataFolder)), 'fermata.lock');
}

/**
 * Takes the data folder for one application server, or throws an {@link EmbeddedPostgresError}
 * (`data-folder-in-use`) that names the process which has it. A lock left by a process that no
 * longer runs, or whose number now belongs to another program, is taken over.
 *
 * The server takes it before `startEmbeddedPostgres`; command line tools that only want to
 * talk to the database do not take it and so may run beside the server.
 */
export function acquireDataFolderLock(dataFolder: string): DataFolderLock {
  const attempt = attemptLock(dataFolder);
  if (attempt.outcome === 'held') {
    const { pid, since } = attempt.holder;
    throw new EmbeddedPostgresError(
      'data-folder-in-use',
      `Fermata is already running with this data folder (pid ${pid}, since ${since}); ` +
        'stop it or set DATA_DIR to another folder.',
    );
  }
  return { takenOverFrom: attempt.takenOverFrom, release: attempt.release };
}

function attemptLock(dataFolder: string): LockAttempt {
  const path = dataFolderLockPath(dataFolder);
  try {
    makePassableFolder(dirname(path));
    return tryLockFile(path);
  } catch (cause) {
    throw unwritable(dirname(path), cause);
  }
}
