import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '#platform';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';

const START_MS_MAX = 120_000;
/** Recovery from as little as there is takes a second; whoever sits longer over it sits for good. */
const HUNG_MS = 8_000;

/** Little room in the log, so that it is made anew and flushed often. */
const SETTINGS = {
  min_wal_size: '32MB',
  max_wal_size: '64MB',
  checkpoint_timeout: '30s',
  restart_after_crash: 'on',
};

/** The registry's own PostgreSQL, migrated and started directly, so that it can be stopped at once. */
export class FallingPostgres {
  /** How often it was started. */
  starts = 0;
  /** How often it had to be killed, because it neither served nor gave up. */
  hung = 0;
  private child: ChildProcess | null = null;
  private exited: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    private readonly log: string,
    private readonly environment: Readonly<Record<string, string>>,
    readonly url: string,
    private readonly adminUrl: string,
    private readonly program: string,
    private readonly arguments_: readonly string[],
  ) {}

  /** Makes it in `folder`; what it says goes to the file `log`, which had better be on another disk. */
  static async create(
    folder: string,
    log: string,
    environment: Readonly<Record<string, string>>,
  ): Promise<FallingPostgres> {
    const first = await startEmbeddedPostgres({ dataFolder: folder, databaseName: 'fermata' });
    await migrate(first.url);
    const command = readFileSync(join(folder, 'postmaster.opts'), 'utf8');
    const [program, ...rest] = command.trim().split(/ (?=")/);
    const arguments_ = rest.map((quoted) => quoted.slice(1, -1));
    for (const [name, value] of Object.entries(SETTINGS)) arguments_.push('-c', `${name}=${value}`);
    await first.stop();
    const { url, adminUrl } = first;
    return new FallingPostgres(folder, log, environment, url, adminUrl, program!, arguments_);
  }

  /** The immediate shutdown: nothing is flushed, the next start recovers from the write-ahead log. */
  stopAtOnce(): void {
    this.child?.kill('SIGQUIT');
  }

  /**
   * Waits until it serves, and starts it again where it has given up, or hangs: PostgreSQL 18 may, when
   * its disk fails under the recovery.
   */
  async settle(): Promise<void> {
    let begun = performance.now();
    for (const end = begun + START_MS_MAX; performance.now() < end;) {
      if (this.child === null) this.start();
      if (await this.serves()) return;
      if (performance.now() - begun > HUNG_MS) {
        this.hung += 1;
        this.child?.kill('SIGKILL');
        await this.exited;
        begun = performance.now();
      }
      await sleep(30);
    }
    throw new Error(`PostgreSQL did not start:\n${this.said().slice(-2_000)}`);
  }

  /** Waits until it has ended. */
  async ended(): Promise<void> {
    await this.exited;
  }

  /** Begins another file of the write-ahead log; it needs room for a whole one. */
  async switchLog(): Promise<void> {
    const client = new pg.Client({ connectionString: this.adminUrl, query_timeout: 1_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      for (let file = 0; file < 6; file += 1) await client.query(`SELECT pg_switch_wal()`);
    } catch {
      // That it ends here is what was wanted.
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private start(): void {
    const { uid, gid } = statSync(this.folder);
    const log = openSync(this.log, 'a');
    const isRoot = process.getuid?.() === 0;
    const child = spawn(this.program, this.arguments_, {
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC', ...this.environment },
      stdio: ['ignore', log, log],
      ...(isRoot ? { uid, gid } : {}),
    });
    closeSync(log);
    this.starts += 1;
    this.child = child;
    this.exited = new Promise<void>((resolve) => {
      child.once('exit', () => {
        this.child = null;
        resolve();
      });
    });
  }

  private async serves(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: 2_000,
      query_timeout: 2_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** How often it said this. */
  count(what: RegExp): number {
    return this.said().match(what)?.length ?? 0;
  }

  private said(): string {
    return readFileSync(this.log, 'utf8');
  }
}
