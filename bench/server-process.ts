import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** A server in a process of its own, as its users run it. */
export interface ServerProcess {
  readonly url: string;
  /** The most memory it has held, MB of 10⁶ bytes. */
  peakMemoryMb(): number;
  /** Seconds of processor time that it has taken so far, in hundredths. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

/** As `npm start` sets it: V8 collects before the heap is larger than the registry needs. */
const HEAP = ['--max-old-space-size=448', '--heap-growing-percent=100'];

/** Linux counts processor time in hundredths of a second wherever Node runs. */
const TICKS = 100;

/** Starts a script that listens on PORT and waits until it says that it `is open`. */
export async function startServer(
  script: string,
  env: Record<string, string>,
): Promise<ServerProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [...HEAP, script], {
    env: { ...process.env, ...env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await opened(child, script);
  return {
    url: `http://127.0.0.1:${port}`,
    peakMemoryMb: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return (Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6;
    },
    cpuSeconds: () => cpuSecondsOf(child.pid!),
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done());
        child.kill('SIGTERM');
      }),
  };
}

/** What Linux tells of a process, from its state on: the name before may hold blanks. */
function statOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '');
  return text.split(' ').map(Number);
}

export function parentOf(pid: number): number {
  return statOf(pid)[1]!;
}

/** Seconds of processor time that a process has taken so far, user and system, in hundredths. */
function cpuSecondsOf(pid: number): number {
  const fields = statOf(pid);
  return (fields[11]! + fields[12]!) / TICKS;
}

/** The same of a process with its children: those that run, and those that have ended. */
export function cpuSecondsOfFamily(pid: number): number {
  const fields = statOf(pid);
  let seconds = cpuSecondsOf(pid) + (fields[13]! + fields[14]!) / TICKS;
  for (const name of readdirSync('/proc')) {
    try {
      if (/^\d+$/.test(name) && parentOf(Number(name)) === pid)
        seconds += cpuSecondsOf(Number(name));
    } catch {
      // It has ended since it was listed.
    }
  }
  return seconds;
}

function opened(child: ChildProcess, script: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (text: Buffer) => {
      if (text.includes('is open')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
