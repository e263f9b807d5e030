import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Runner, RunnerOptions, TaskList } from 'graphile-worker';
import { Config } from '../config/load-config.js';
import { JOB_SCHEMA, openJobPool } from './job-pool.js';

/** Does one job; called again, later and later, for as long as it throws. */
export type JobHandler = (
  payload: Readonly<Record<string, unknown>>,
  signal: AbortSignal | undefined,
) => Promise<void>;

const CONCURRENCY = 4;
const RESTART_AFTER_MS = 10_000;

/**
 * Works off the jobs that transactions have queued: a job exists if and only if its transaction
 * was committed, and is done at least once. It runs in the serving process and ends with it.
 */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly tasks: TaskList = {};
  private readonly preconditions: (() => Promise<void>)[] = [];
  private readonly starts: (() => Promise<void>)[] = [];
  private readonly log = new Logger('Jobs');
  private pool: ReturnType<typeof openJobPool> | null = null;
  private runner: Runner | null = null;
  private again: NodeJS.Timeout | null = null;
  private stopping = false;

  constructor(private readonly config: Config) {}

  /** Registers who does the jobs of this name; before the application starts. */
  on(name: string, handler: JobHandler): void {
    this.tasks[name] = (payload, { abortSignal }) =>
      handler(payload as Record<string, unknown>, abortSignal as AbortSignal | undefined);
  }

  /** Registers what must have been done before any job is; where it fails, none is. */
  before(work: () => Promise<void>): void {
    this.preconditions.push(work);
  }

  /** Registers what is done whenever the worker starts: to queue again what a crash has lost. */
  onStart(work: () => Promise<void>): void {
    this.starts.push(work);
  }

  /** Tests work jobs off by themselves, see {@link runPending}. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.NODE_ENV !== 'test') await this.start();
  }

  async start(): Promise<void> {
    const { run } = await import('graphile-worker');
    for (const work of [...this.preconditions, ...this.starts]) await work();
    this.pool ??= openJobPool(this.config.DATABASE_URL!);
    this.runner = await run({ ...(await this.options(this.pool)), concurrency: CONCURRENCY });
    this.runner.promise.then(
      () => this.startAgain('it ended'),
      (error: Error) => this.startAgain(error.message),
    );
  }

  /** Does every job that is due now, and returns when none is left. */
  async runPending(): Promise<void> {
    const { runOnce } = await import('graphile-worker');
    const pool = openJobPool(this.config.DATABASE_URL!);
    try {
      await runOnce(await this.options(pool));
    } finally {
      await pool.end();
    }
  }

  /** Lets running jobs finish, and cuts off what still waits for the network after five seconds. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    if (this.again) clearTimeout(this.again);
    const { runner, pool } = this;
    this.runner = this.pool = null;
    await runner?.stop().catch(() => undefined);
    await pool?.end();
  }

  private async options(pgPool: NonNullable<typeof this.pool>): Promise<RunnerOptions> {
    const { jobLog } = await import('./job-log.js');
    return {
      pgPool,
      schema: JOB_SCHEMA,
      logger: jobLog,
      taskList: this.tasks,
      noHandleSignals: true,
      // Without one, it would look for a file.
      crontab: '',
      // Batched, a failure to write down that a job is done ends the worker, which starts again;
      // otherwise it would be a rejection that nobody handles, and end the server.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    };
  }

  /** A database that was away for long ends the worker; what is queued waits for the next. */
  private startAgain(why: string): void {
    if (this.stopping) return;
    this.log.warn(`The job worker stopped (${why}) and starts again in ten seconds.`);
    this.again = setTimeout(() => {
      this.start().catch((error: Error) => this.startAgain(error.message));
    }, RESTART_AFTER_MS);
    this.again.unref();
  }
}
