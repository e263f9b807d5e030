import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Ran {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  input?: string;
  /** Closes standard output after its first piece, as `| head` does. */
  closeEarly?: boolean;
  /** Interrupts the process once this stands on its standard error. */
  interruptAt?: RegExp;
}

/** What `npm test` builds first. From its source a command needs twice the time, for the translation. */
const PROGRAM = resolve('bin/fermata.mjs');

/** A configuration folder of its own, so that no test reads or writes a person's credentials. */
export function newConfigFolder(): string {
  return mkdtempSync(join(tmpdir(), 'fermata-cli-'));
}

/** Starts the command line as a process of its own. */
export function fermataProcess(
  args: readonly string[],
  env: Record<string, string> = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [PROGRAM, ...args], {
    env: { PATH: process.env['PATH'], HOME: tmpdir(), ...env } as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs one command line to its end. */
export function fermata(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = fermataProcess(args, options.env);
  const ran: Ran = { code: null, signal: null, out: '', err: '' };
  child.stdout.on('data', (piece: Buffer) => {
    ran.out += piece.toString();
    if (options.closeEarly) child.stdout.destroy();
  });
  child.stderr.on('data', (piece: Buffer) => {
    ran.err += piece.toString();
    if (options.interruptAt?.test(ran.err)) child.kill('SIGINT');
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ ...ran, code, signal }));
  });
}
