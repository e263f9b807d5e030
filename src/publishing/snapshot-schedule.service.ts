import { Injectable, Logger } from '@nestjs/common';
import { Clock, DomainProblem } from '#kernel';
import { Config, JobWorker } from '#platform';
import { SNAPSHOT_JOB, SnapshotJobs } from './snapshot-jobs.repository.js';
import { SnapshotPublisher } from './snapshot-publisher.service.js';
import { SnapshotShelf } from './snapshot-shelf.service.js';

const HOUR_MS = 3_600_000;
/** After a snapshot that could not be made. */
const AGAIN_MS = 10 * 60_000;
/** While nothing is registered: whoever begins need not wait long for the first one. */
const EMPTY_MS = 60_000;

/**
 * Has a snapshot made every few hours, by one of the processes that work jobs off. The plan is a job in
 * the database, so that neither a restart nor a second process makes one too many.
 */
@Injectable()
export class SnapshotSchedule {
  private readonly logger = new Logger('Snapshots');
  private failure: string | null = null;

  constructor(
    worker: JobWorker,
    private readonly jobs: SnapshotJobs,
    private readonly publisher: SnapshotPublisher,
    private readonly shelf: SnapshotShelf,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    worker.on(SNAPSHOT_JOB, ({ asked }, signal) => this.run(asked === true, signal));
    worker.onStart(() => this.planNext());
  }

  /** Why the last one that this process tried was not made; null where it was, or none was tried. */
  get lastFailure(): string | null {
    return this.failure;
  }

  /** Has one made as soon as a worker is free. */
  async now(): Promise<void> {
    await this.jobs.plan(new Date(this.clock.now()), { asked: true });
  }

  /** Does the job: a refusal is told and tried again later, never in a hurry. */
  private async run(asked: boolean, signal: AbortSignal | undefined): Promise<void> {
    // Planned before the setting was 0.
    if (this.config.SNAPSHOT_EVERY_HOURS === 0 && !asked) return;
    try {
      await this.publisher.publish(signal);
      this.failure = null;
      await this.planNext();
    } catch (error) {
      // The server stops: the queue gives the job to the next one.
      if (signal?.aborted) throw error;
      const why = error instanceof DomainProblem ? error.detail : (error as Error).message;
      // An empty registry is no fault.
      const isEmpty =
        error instanceof DomainProblem && error.code === 'publishing/nothing-registered';
      if (!isEmpty && why !== this.failure) this.logger.error(`No snapshot was published: ${why}`);
      this.failure = why;
      if (this.config.SNAPSHOT_EVERY_HOURS === 0) return;
      const again = new Date(this.clock.now() + (isEmpty ? EMPTY_MS : AGAIN_MS));
      await this.jobs.plan(again, { asked });
    }
  }

  /** Counted from the newest one, so that a restart makes none that is not due. */
  private async planNext(): Promise<void> {
    const every = this.config.SNAPSHOT_EVERY_HOURS * HOUR_MS;
    if (every === 0) return;
    const now = this.clock.now();
    const latest = await this.shelf.latest(now);
    const due = latest === null ? now : latest.manifest.asOf + every;
    await this.jobs.plan(new Date(Math.max(now, due)), { asked: false });
  }
}
