import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that can be recognised later, even when its number has been given to another one. */
export interface ProcessIdentity {
  pid: number;
  /** Opaque: differs between two processes that had the same number. */
  startedAs: string;
}

const UNKNOWN_START = 'unknown';

/** Identifies a running process; null when there is none (a zombie counts as none). */
export function identifyProcess(pid: number): ProcessIdentity | null {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !answersSignals(pid)) return null;
  const startedAs = process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);
  return startedAs === null ? null : { pid, startedAs };
}

/** Identifies the running process itself. */
export function identifySelf(): ProcessIdentity {
  return identifyProcess(process.pid) ?? { pid: process.pid, startedAs: UNKNOWN_START };
}

/**
 * Tells whether the process that was identified earlier still runs.
 * Where a start cannot be read, equal numbers count as the same process: wrongly believing
 * that a lock is held costs a sentence, wrongly taking it over costs data.
 */
export function isStillRunning(known: ProcessIdentity): boolean {
  const now = identifyProcess(known.pid);
  if (now === null) return false;
  if (now.startedAs === UNKNOWN_START || known.startedAs === UNKNOWN_START) return true;
  return now.startedAs === known.startedAs;
}

/** The program name of a running process, or null when it cannot be read. */
export function findProcessName(pid: number): string | null {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return null;
  }
  const ps = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
  const name = ps.status === 0 ? ps.stdout.trim() : '';
  return name === '' ? null : name.slice(name.lastIndexOf('/') + 1);
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM means that it runs and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function startOnLinux(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return UNKNOWN_START;
  }
  // The program name stands in parentheses and may itself contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  if (state === 'Z' || state === 'X') return null;
  // Ticks since boot (proc(5), field 22) mean nothing without the boot they count from.
  return `${readBootId()}/${fields[19]}`;
}

function readBootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'boot';
  }
}

function startByPs(pid: number): string | null {
  const ps = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  });
  const line = ps.status === 0 ? ps.stdout.trim() : '';
  if (line === '') return UNKNOWN_START;
  const [state = '', ...start] = line.split(/\s+/);
  return state.startsWith('Z') ? null : start.join(' ');
}
