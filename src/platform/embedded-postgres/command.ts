import { spawn } from 'node:child_process';

/** The user a PostgreSQL program runs as; ids are set only where they differ from our own. */
export interface RunAs {
  name: string;
  uid?: number;
  gid?: number;
}

export interface CommandResult {
  /** Null when the program could not be started at all; `output` then says why. */
  exitCode: number | null;
  /** Both output streams in order of arrival, the last 64 kB of them. */
  output: string;
}

const OUTPUT_SIZE_MAX = 64 * 1024;

/**
 * Runs a program to its end and returns what it said.
 * The working folder is `/` because the other user may not be allowed into ours, and the environment
 * is built from nothing: a stray PGDATA, PGOPTIONS or LD_LIBRARY_PATH would change what the programs do.
 */
export function runCommand(file: string, args: string[], runAs: RunAs): Promise<CommandResult> {
  return new Promise((done) => {
    const child = spawn(file, args, {
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(runAs.uid === undefined ? {} : { uid: runAs.uid, gid: runAs.gid }),
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_SIZE_MAX);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => done({ exitCode: null, output: error.message }));
    child.on('close', (code) => done({ exitCode: code ?? 1, output: output.trim() }));
  });
}
