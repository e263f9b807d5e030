import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareBinaries, type Binaries } from './binaries.js';
import { runCommand, type RunAs } from './command.js';
import { dataFolderLockPath } from './data-folder-lock.js';
import {
  passwordFile,
  prepareDataFolder,
  readPassword,
  resolveDataFolder,
  unwritable,
} from './data-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { ensureDatabase } from './ensure-database.js';
import { explainFailure } from './explain-failure.js';
import { findLiveHolder, tryLockFile, type LockAttempt } from './lock-file.js';
import { findPostmaster, removeMisleadingPidFile, settleServer } from './postmaster.js';
import { chooseRunAs } from './run-as.js';
import {
  addressArguments,
  chooseAddress,
  connectionUrl,
  type ServerAddress,
} from './server-address.js';
import { endSupervision, hasOtherSupervisor, recordSupervisor } from './supervision.js';
import { makeThrowawayFolder } from './throwaway-folder.js';

export interface EmbeddedPostgresOptions {
  /** Where the data lives, such as `.data/pg18`; made when absent. Ignored for a throw-away server. */
  dataFolder: string;
  /** Made when absent and owned by the role `fermata`, which is no superuser. */
  databaseName: string;
  /** Receives one line, without its end, per step that takes time or that people should know of. */
  log?: (line: string) => void;
  /** A server for tests: in a temporary folder, not durable, removed by `stop()`. */
  throwaway?: boolean;
  /** Where root puts what its run-as user cannot read in place; default `/var/lib/fermata`. */
  sharedFolder?: string;
}

export interface EmbeddedPostgres {
  /** A `postgres://` URL of the database for role `fermata`, for node-postgres, TypeORM and libpq. */
  url: string;
  /** The same for the cluster's superuser and its `postgres` database: maintenance and tests only. */
  adminUrl: string;
  /** A line to paste into a shell by which people look into the database. */
  psqlCommand: string;
  /** True when the server was already running. */
  attached: boolean;
  /** Stops the server, unless another live process answers for it or holds the data folder's lock. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 10 * 60_000;
const RETRY_TIMEOUT_MS = 15_000;
const LOG_SIZE_MAX = 10 * 1024 * 1024;

/** Left by a killed server for a moment, until its children have ended or its parent has collected it. */
const PASSING_TROUBLE =
  /pre-existing shared memory block|lock file "postmaster.pid" already exists/;

/**
 * Starts the PostgreSQL in the data folder, or attaches to the one that runs there (a command line
 * tool's, or the orphan of a killed application, which is adopted). Refuses with an
 * {@link EmbeddedPostgresError} whose message is one sentence with a remedy.
 *
 * Order for a server process: `acquireDataFolderLock()`, this, the connection pool, HTTP; and to stop on
 * SIGINT or SIGTERM the other way round: close HTTP, end the pool, `stop()`, release the lock. The server
 * runs in a session of its own, so Ctrl-C in the terminal does not reach it first and running
 * requests can finish. Stopping it while a pool is open makes every idle connection raise 57P01.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const throwaway = options.throwaway ?? false;
  const sharedFolder = options.sharedFolder ?? '/var/lib/fermata';
  const temporary = throwaway ? makeThrowawayFolder() : null;
  const wanted = temporary === null ? resolve(options.dataFolder) : join(temporary, 'data');
  try {
    const runAs = await chooseRunAs(wanted);
    const binaries = await prepareBinaries(runAs, { sharedFolder, log });
    const folder = await resolveDataFolder(wanted, { runAs, sharedFolder, log });
    const server: Server = { folder, wanted, runAs, binaries, throwaway, temporary, log };

    const release = await takeStartLock(`${folder}.starting`, log);
    try {
      await prepareDataFolder(folder, { binaries, runAs, throwaway, sharedFolder, log });
      return await attachOrStart(server, options.databaseName);
    } finally {
      release();
    }
  } catch (error) {
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
}

interface Server {
  /** Where the data really is; `wanted` may be a link to it. */
  folder: string;
  wanted: string;
  runAs: RunAs;
  binaries: Binaries;
  throwaway: boolean;
  temporary: string | null;
  log: (line: string) => void;
}

/** Of two processes that start at the same moment, the second waits and then attaches. */
async function takeStartLock(path: string, log: (line: string) => void): Promise<() => void> {
  const startedAt = Date.now();
  let told = false;
  for (;;) {
    const attempt = attemptStartLock(path);
    if (attempt.outcome === 'taken') return attempt.release;
    const { pid } = attempt.holder;
    if (Date.now() - startedAt > START_TIMEOUT_MS) {
      throw new EmbeddedPostgresError(
        'data-folder-in-use',
        `Process ${pid} has been starting PostgreSQL in ${dirname(path)} for too long; ` +
          'end that process and start again.',
      );
    }
    if (!told) log(`waiting for process ${pid}, which is starting PostgreSQL in the same folder`);
    told = true;
    await sleep(100);
  }
}

function attemptStartLock(path: string): LockAttempt {
  try {
    return tryLockFile(path);
  } catch (cause) {
    throw unwritable(dirname(path), cause);
  }
}

async function attachOrStart(server: Server, databaseName: string): Promise<EmbeddedPostgres> {
  const { folder, log } = server;
  const password = readPassword(folder);
  const found = await settleServer(folder, password, {
    timeoutMs: START_TIMEOUT_MS,
    onWait: () => log('waiting for a PostgreSQL in the same folder that starts, recovers or stops'),
  });
  if (found.state === 'busy') {
    throw new EmbeddedPostgresError(
      'data-folder-in-use',
      `A PostgreSQL (pid ${found.postmaster?.pid}) runs in ${folder} but lets nobody in; ` +
        'end that process or set DATA_DIR to another folder.',
    );
  }

  let address: ServerAddress;
  const attached = found.state === 'ready' && found.postmaster !== null;
  if (attached && found.postmaster !== null) {
    address = found.postmaster.address;
    log(`using the PostgreSQL that already runs in ${folder} (pid ${found.postmaster.pid})`);
  } else {
    address = await chooseAddress(folder);
    await startServer(server, address, password);
  }

  // An orphan's supervisor is dead: whoever finds the orphan answers for it from now on.
  const token = hasOtherSupervisor(folder, null) ? null : recordSupervisor(folder);
  try {
    await ensureDatabase(address, password, { databaseName, mayCreate: server.throwaway });
  } catch (error) {
    if (!attached) await stopServer(server, token);
    throw error;
  }
  const login = { user: 'fermata', password, database: databaseName };
  return {
    url: connectionUrl(address, login),
    adminUrl: connectionUrl(address, { user: 'postgres', password, database: 'postgres' }),
    psqlCommand: psqlCommand(folder, address, databaseName),
    attached,
    stop: () => stopServer(server, token),
  };
}

/** Starts the server and waits until it serves, through crash recovery if that is needed. */
async function startServer(
  { folder, runAs, binaries, log }: Server,
  address: ServerAddress,
  password: string,
): Promise<void> {
  const logFile = join(folder, 'server.log');
  const startedAt = Date.now();
  for (;;) {
    removeMisleadingPidFile(folder);
    rotateLog(logFile);
    const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    const start = await runCommand(
      binaries.pgCtl,
      ['start', '-D', folder, '-l', logFile, '-w', '-t', '30', '-o', addressArguments(address)],
      runAs,
    );
    if (start.exitCode === 0) return;

    const { state } = await settleServer(folder, password, {
      timeoutMs: START_TIMEOUT_MS,
      onWait: () => log('PostgreSQL is repairing its data after a crash; this can take minutes'),
    });
    if (state === 'ready') return;
    const said = existsSync(logFile) ? readFileSync(logFile).subarray(logStart).toString() : '';
    const passing = PASSING_TROUBLE.test(said) && Date.now() - startedAt < RETRY_TIMEOUT_MS;
    if (!passing) throw explainFailure(`start in ${folder}`, said || start.output);
    await sleep(300);
  }
}

async function stopServer(server: Server, token: string | null): Promise<void> {
  const { folder, wanted, runAs, binaries, throwaway, temporary } = server;
  const application = findLiveHolder(dataFolderLockPath(wanted));
  const othersApplication = application !== null && application.pid !== process.pid;
  const mayStop = !othersApplication && !hasOtherSupervisor(folder, token);
  try {
    if (mayStop && findPostmaster(folder) !== null) {
      const mode = throwaway ? 'immediate' : 'fast';
      const stop = await runCommand(
        binaries.pgCtl,
        ['stop', '-D', folder, '-m', mode, '-w', '-t', '60'],
        runAs,
      );
      if (stop.exitCode !== 0 && findPostmaster(folder) !== null) {
        throw explainFailure(`stop in ${folder}`, stop.output);
      }
    }
  } finally {
    endSupervision(folder, token);
  }
  if (temporary !== null) rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
}

/** One older log is kept; the server appends to the same file for as long as it runs. */
function rotateLog(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_SIZE_MAX) renameSync(path, `${path}.1`);
}

function psqlCommand(folder: string, address: ServerAddress, databaseName: string): string {
  const secret = address.viaSocket ? '' : `PGPASSWORD="$(cat '${passwordFile(folder)}')" `;
  return `${secret}psql -h '${address.host}' -p ${address.port} -U fermata -d ${databaseName}`;
}
