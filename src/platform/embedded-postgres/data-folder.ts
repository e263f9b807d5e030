import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries.js';
import { runCommand, type RunAs } from './command.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { explainFailure } from './explain-failure.js';
import { makePassableFolder } from './make-folder.js';
import { mayEnter } from './run-as.js';
import { SOCKET_FOLDER } from './server-address.js';
import { settingArguments } from './server-settings.js';

const PASSWORD_FILE = 'fermata-password';

/** pg_ctl hands both paths to a shell between double quotes; these would not survive it. */
const UNQUOTABLE = /["$`\\\n]/;

interface PrepareOptions {
  binaries: Binaries;
  runAs: RunAs;
  throwaway: boolean;
  sharedFolder: string;
  log: (line: string) => void;
}

/**
 * Makes the folder's parents and resolves where the folder really stands. Where the run-as user cannot
 * pass through the parents (a checkout under root's home), the data goes to `sharedFolder`
 * and a symbolic link stays behind, so that the next start and its owner find it.
 */
export async function resolveDataFolder(
  wanted: string,
  { runAs, sharedFolder, log }: Pick<PrepareOptions, 'runAs' | 'sharedFolder' | 'log'>,
): Promise<string> {
  const parent = dirname(wanted);
  makeFolder(parent);
  if (lstatSync(wanted, { throwIfNoEntry: false })?.isSymbolicLink() && existsSync(wanted)) {
    return realpathSync(wanted);
  }
  if (runAs.uid === undefined || (await mayEnter(runAs, parent))) {
    return join(realpathSync(parent), basename(wanted));
  }
  if (existsSync(wanted)) {
    throw new EmbeddedPostgresError(
      'data-folder-unreachable',
      `The user ${runAs.name}, who runs PostgreSQL because it refuses root, cannot reach ${wanted}; ` +
        'let other users pass through its parent folders (chmod o+x) or set DATA_DIR to another folder.',
    );
  }
  const place = join(sharedFolder, `data-${randomBytes(6).toString('hex')}`);
  makeFolder(place);
  const target = join(place, basename(wanted));
  rmSync(wanted, { force: true });
  symlinkSync(target, wanted);
  log(`keeping the data in ${target}, because the user ${runAs.name} cannot reach ${parent}`);
  return target;
}

/** Refuses a folder that is not ours to open; makes the database cluster when there is none. */
export async function prepareDataFolder(folder: string, options: PrepareOptions): Promise<void> {
  const { binaries } = options;
  if (UNQUOTABLE.test(folder) || UNQUOTABLE.test(binaries.pgCtl)) {
    throw new EmbeddedPostgresError(
      'data-folder-unreachable',
      `The path ${UNQUOTABLE.test(folder) ? folder : binaries.pgCtl} contains a quote, dollar or backslash, ` +
        'which PostgreSQL cannot be started with; move the project or set DATA_DIR.',
    );
  }
  const found = readVersion(folder);
  if (found === null) {
    await createCluster(folder, options);
  } else if (found !== String(binaries.majorVersion)) {
    throw new EmbeddedPostgresError(
      'data-folder-version',
      `The data folder ${folder} was made by PostgreSQL ${found} and this is PostgreSQL ${binaries.majorVersion}; ` +
        `dump it with version ${found} and load it here, or set DATA_DIR to another folder.`,
    );
  }
}

/** The password of both roles, needed only where the server listens on a port. */
export function readPassword(folder: string): string {
  const path = passwordFile(folder);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
}

export function passwordFile(folder: string): string {
  return join(folder, PASSWORD_FILE);
}

/** Makes a file or folder belong to the user who runs the server. */
export function giveTo(runAs: RunAs, path: string): void {
  if (runAs.uid !== undefined && runAs.gid !== undefined) chownSync(path, runAs.uid, runAs.gid);
}

function readVersion(folder: string): string | null {
  try {
    if (!existsSync(folder) || readdirSync(folder).length === 0) return null;
    return readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new EmbeddedPostgresError(
        'data-folder-foreign',
        `${folder} holds something else than a PostgreSQL data folder; ` +
          'move it away or set DATA_DIR to another folder.',
        { cause },
      );
    }
    const owner = lstatSync(folder, { throwIfNoEntry: false })?.uid;
    throw new EmbeddedPostgresError(
      'data-folder-unreachable',
      `The data folder ${folder} belongs to another user (uid ${owner ?? 'unknown'}, ${code}); ` +
        'start Fermata as the user who started it first, or set DATA_DIR to another folder.',
      { cause },
    );
  }
}

/** Builds the cluster aside and moves it in place when complete: a start that is killed leaves no half. */
async function createCluster(folder: string, options: PrepareOptions): Promise<void> {
  const { binaries, runAs, throwaway, log } = options;
  const aside = `${folder}.new`;
  const password = `${folder}.password`;
  log(`creating the database in ${folder}`);
  try {
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { mode: 0o700 });
    giveTo(runAs, aside);
    writeFileSync(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    giveTo(runAs, password);
    const initdb = await runCommand(
      binaries.initdb,
      initdbArguments(aside, password, throwaway),
      runAs,
    );
    if (initdb.exitCode !== 0) throw explainFailure('create its data folder', initdb.output);
    mkdirSync(join(aside, SOCKET_FOLDER), { mode: 0o700 });
    giveTo(runAs, join(aside, SOCKET_FOLDER));
    renameSync(password, passwordFile(aside));
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
  } catch (cause) {
    rmSync(aside, { recursive: true, force: true });
    rmSync(password, { force: true });
    if (cause instanceof EmbeddedPostgresError) throw cause;
    throw unwritable(folder, cause);
  }
}

function initdbArguments(folder: string, password: string, throwaway: boolean): string[] {
  const choices = `-U postgres -E UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8
    --data-checksums --auth-local=trust --auth-host=scram-sha-256 --no-instructions`.split(/\s+/);
  if (throwaway) choices.push('--no-sync');
  return ['-D', folder, `--pwfile=${password}`, ...choices, ...settingArguments(throwaway)];
}

function makeFolder(folder: string): void {
  try {
    makePassableFolder(folder);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

/** The refusal for a folder that the file system does not let us write to. */
export function unwritable(folder: string, cause: unknown): EmbeddedPostgresError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return explainFailure('create its data folder', 'No space left on device');
  return new EmbeddedPostgresError(
    'data-folder-unreachable',
    `The folder ${folder} cannot be written (${code ?? message}); ` +
      'make it writable for this user or set DATA_DIR to a folder that is.',
    { cause },
  );
}
