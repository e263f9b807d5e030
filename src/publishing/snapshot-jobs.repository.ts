import { Injectable } from '@nestjs/common';
import { Database } from '#platform';

/** The job that makes snapshots; there is one of it, due sooner or later. */
export const SNAPSHOT_JOB = 'snapshot';

export interface SnapshotPlan {
  /** By an operator; otherwise by the schedule. */
  readonly asked: boolean;
}

@Injectable()
export class SnapshotJobs {
  constructor(private readonly database: Database) {}

  /** Has the next snapshot made at this moment, whatever was planned before. */
  async plan(at: Date, payload: SnapshotPlan): Promise<void> {
    await this.database.dataSource.query(
      `SELECT graphile_worker.add_job($1, $3::json, run_at := $2, job_key := $1)`,
      [SNAPSHOT_JOB, at, payload],
    );
  }
}
