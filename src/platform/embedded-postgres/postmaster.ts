import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { explainFailure } from './explain-failure.js';
import { findProcessName, identifyProcess } from './process-identity.js';
import { SOCKET_FOLDER, type ServerAddress } from './server-address.js';

/** What a running (or killed) server has written about itself into its data folder. */
export interface Postmaster {
  pid: number;
  address: ServerAddress;
}

export type ServerState = 'ready' | 'busy' | 'absent';

/** Reads `postmaster.pid`; null when there is none or it is not complete yet. */
export function findPostmaster(dataFolder: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  // Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, state.
  const [pid, , , port, socketFolder] = lines;
  const viaSocket = socketFolder !== undefined && socketFolder !== '';
  const host = viaSocket ? join(dataFolder, SOCKET_FOLDER) : '127.0.0.1';
  return { pid: Math.abs(Number(pid)), address: { host, port: Number(port) || 0, viaSocket } };
}

/**
 * Looks whether a server lives in the data folder. `busy` is one that starts, recovers or stops.
 * Only a connection proves `ready`: the pid file outlives a killed server, and even a
 * dead one seems to run until its parent has collected it.
 */
export async function examineServer(
  dataFolder: string,
  postmaster: Postmaster | null,
  password: string,
): Promise<ServerState> {
  if (postmaster === null || !isServerOf(dataFolder, postmaster.pid)) return 'absent';
  const client = new Client({
    ...adminLogin(postmaster.address, password),
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory === dataFolder ? 'ready' : 'absent';
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    // Class 28 is a refused login, which waiting does not cure.
    if (code?.startsWith('28')) throw explainFailure(`let us into ${dataFolder}`, message);
    return 'busy';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Waits while a server is busy; returns when it serves or is gone, and also when the time is up.
 * `onWait` is called once, after the first second.
 */
export async function settleServer(
  dataFolder: string,
  password: string,
  { timeoutMs, onWait }: { timeoutMs: number; onWait: () => void },
): Promise<{ state: ServerState; postmaster: Postmaster | null }> {
  const startedAt = Date.now();
  let told = false;
  for (;;) {
    const postmaster = findPostmaster(dataFolder);
    const state = await examineServer(dataFolder, postmaster, password);
    const waitedMs = Date.now() - startedAt;
    if (state !== 'busy' || waitedMs > timeoutMs) return { state, postmaster };
    if (!told && waitedMs > 1_000) {
      told = true;
      onWait();
    }
    await sleep(100);
  }
}

/**
 * Removes the pid file of a dead server when its number now belongs to another process:
 * PostgreSQL itself would take that process for the old server and refuse to start (after a reboot,
 * low numbers come back soon). The pid file of a live server of this folder is never touched.
 */
export function removeMisleadingPidFile(dataFolder: string): void {
  const postmaster = findPostmaster(dataFolder);
  if (postmaster === null || identifyProcess(postmaster.pid) === null) return;
  if (!isServerOf(dataFolder, postmaster.pid)) {
    rmSync(join(dataFolder, 'postmaster.pid'), { force: true });
  }
}

/** The options by which the supervisor itself connects, as the cluster's superuser. */
export function adminLogin(
  { host, port }: ServerAddress,
  password: string,
): { host: string; port: number; user: string; password: string; database: string; ssl: false } {
  return { host, port, user: 'postgres', password, database: 'postgres', ssl: false };
}

/**
 * A server of this folder is called `postgres` and works inside the folder. What cannot be
 * read speaks for the process, because a second server in one folder would ruin the data.
 */
function isServerOf(dataFolder: string, pid: number): boolean {
  if (identifyProcess(pid) === null) return false;
  const name = findProcessName(pid);
  if (name !== null && !name.startsWith('postgres')) return false;
  try {
    return process.platform !== 'linux' || readlinkSync(`/proc/${pid}/cwd`) === dataFolder;
  } catch {
    return true;
  }
}
