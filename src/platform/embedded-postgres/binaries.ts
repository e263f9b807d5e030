import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { runCommand, type RunAs } from './command.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { mayRead } from './run-as.js';

/** Where the server's programs are, readable and runnable by the user who runs them. */
export interface Binaries {
  initdb: string;
  pgCtl: string;
  /** Such as 18: the number that a data folder must agree with. */
  majorVersion: number;
}

interface PlatformPackage {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/**
 * Finds the programs of the platform's package, repairs the library links that a blocked
 * install script leaves out, and copies all of it to `sharedFolder` where the
 * run-as user cannot read the original (a checkout under root's home).
 */
export async function prepareBinaries(
  runAs: RunAs,
  options: { sharedFolder: string; log: (line: string) => void },
): Promise<Binaries> {
  const programs = await importPlatformPackage();
  const native = dirname(dirname(programs.postgres));
  restoreLinks(native);

  const folder = (await mayRun(runAs, native)) ? native : copyNative(native, options);
  const version = await runCommand(join(folder, 'bin', 'postgres'), ['--version'], runAs);
  const majorVersion = /PostgreSQL\) (\d+)/.exec(version.output)?.[1];
  if (version.exitCode !== 0 || majorVersion === undefined) {
    throw new EmbeddedPostgresError(
      'binaries-broken',
      `The PostgreSQL programs in ${folder} do not run here (${lastLine(version.output)}); ` +
        'remove node_modules and start again, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  return {
    initdb: join(folder, 'bin', 'initdb'),
    pgCtl: join(folder, 'bin', 'pg_ctl'),
    majorVersion: Number(majorVersion),
  };
}

/** The package for this machine; its name follows embedded-postgres, which says `windows` for win32. */
async function importPlatformPackage(): Promise<PlatformPackage> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return (await import(name)) as PlatformPackage;
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'platform-unsupported',
      `No PostgreSQL for ${system}-${process.arch} is installed (package ${name}); ` +
        'run npm ci, or set DATABASE_URL to a PostgreSQL of your own if that package does not exist.',
      { cause },
    );
  }
}

/** The package ships its links as a list, to be made by an install script that npm may not run. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const root = dirname(native);
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new EmbeddedPostgresError(
        'binaries-broken',
        `The library link ${link} is missing and cannot be made; ` +
          'run npm ci as the user who owns node_modules, or set DATABASE_URL.',
        { cause },
      );
    }
  }
}

/** Running `postgres` proves programs and libraries; initdb also reads its template files. */
async function mayRun(runAs: RunAs, native: string): Promise<boolean> {
  if (runAs.uid === undefined) return true;
  const template = join(native, 'share', 'postgresql', 'postgres.bki');
  if (!(await mayRead(runAs, template))) return false;
  const version = await runCommand(join(native, 'bin', 'postgres'), ['--version'], runAs);
  return version.exitCode === 0;
}

/** The programs find their libraries relative to themselves, so a copy works wherever it stands. */
function copyNative(
  native: string,
  { sharedFolder, log }: { sharedFolder: string; log: (line: string) => void },
): string {
  const target = join(sharedFolder, `postgres-${readPackageVersion(native)}`);
  if (existsSync(target)) return target;
  const aside = `${target}.${process.pid}`;
  log(`copying the PostgreSQL programs to ${target}, because their user cannot read this folder`);
  try {
    mkdirSync(sharedFolder, { recursive: true });
    chmodSync(sharedFolder, 0o755);
    cpSync(native, aside, { recursive: true, verbatimSymlinks: true });
    // A checkout made under a strict umask would stay unreadable as a copy, too.
    spawnSync('chmod', ['-R', 'a+rX', aside]);
    renameSync(aside, target);
  } catch (cause) {
    rmSync(aside, { recursive: true, force: true });
    if (existsSync(target)) return target;
    throw new EmbeddedPostgresError(
      'binaries-broken',
      `The PostgreSQL programs cannot be copied to ${target} (${(cause as Error).message}); ` +
        'move the project to a folder that every user may read, or set DATABASE_URL.',
      { cause },
    );
  }
  return target;
}

function readPackageVersion(native: string): string {
  const description = join(dirname(native), 'package.json');
  const { version } = JSON.parse(readFileSync(description, 'utf8')) as { version: string };
  return `${version}-${basename(dirname(native))}`;
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}
