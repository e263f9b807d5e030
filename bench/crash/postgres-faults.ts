import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The source stands beside this file's own; a build leaves it there. */
const SOURCE = fileURLToPath(new URL('../../../bench/crash/postgres-faults.c', import.meta.url));

/** Makes the writes of a PostgreSQL fail, where there is a C compiler to build what does it. */
export class PostgresFaults {
  private constructor(
    private readonly dial: string,
    /** What PostgreSQL has to be started with. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  static build(folder: string): PostgresFaults | null {
    const library = join(folder, 'postgres-faults.so');
    const arguments_ = ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl'];
    if (process.platform !== 'linux' || spawnSync('cc', arguments_).status !== 0) return null;
    chmodSync(library, 0o755);
    const dial = join(folder, 'dial');
    writeFileSync(dial, Buffer.of(0), { mode: 0o644 });
    return new PostgresFaults(dial, { LD_PRELOAD: library, CRASH_DIAL: dial });
  }

  /** From now on `rate` of 256 writes and flushes fail; 0 makes the disk whole. */
  set(rate: number): void {
    const file = openSync(this.dial, 'r+');
    writeSync(file, Buffer.of(rate), 0, 1, 0);
    closeSync(file);
  }
}
