import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
const HEAP = '--max-old-space-size=448';

/** Linux counts processor time in hundredths of a second wherever Node runs. */
const TICKS = 100;

/** Starts a script that listens on PORT and waits until it says that it `is open`. */
export async function startServer(
  script: string,
  env: Record<string, string>,
): Promise<ServerProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [HEAP, script], {
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

/** Seconds of processor time that a process has taken so far, user and system, in hundredths. */
export function cpuSecondsOf(pid: number): number {
  // Of what follows the name, which may hold blanks, the 12th and 13th: user and system, in ticks.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
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
