import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import { LookupJobEntity } from './entities/lookup-job.entity.js';

/** Longer than one chunk may take; renewed with each. */
const LEASE = `interval '60 seconds'`;

/** An upload that did not end within this time has died with its process. */
const RECEIVING = `interval '1 hour'`;

/** Lookup jobs have to wait where somebody is to be told something. */
const PRIORITY = 10;

/** A job with the right to work at it. */
export interface LeasedJob {
  readonly job: LookupJobEntity;
  /** The last one to work at it did not give it back: what it still writes must not matter. */
  readonly isTakenOver: boolean;
}

/** What a job came to. */
export interface JobEnd {
  readonly state: 'finished' | 'failed';
  readonly resultBytes: number;
  readonly resultEpoch: number;
  readonly problem: object | null;
}

/** What a chunk adds, written down once its answer is on the disk. */
export interface ChunkDone {
  readonly inputOffset: number;
  readonly rowsDone: number;
  readonly chunks: number;
  readonly resultBytes: number;
  readonly resultEpoch: number;
  readonly header: readonly string[] | null;
  readonly firstLogSize: number | null;
}

/** Lookup jobs and how far they are. Leases and the queue go by the clock of the database. */
@Injectable()
export class LookupJobsRepository {
  constructor(private readonly database: Database) {}

  /** The account's jobs, the account locked until the commit, so that two new ones count each other. */
  async lockOfAccount(tx: Transaction, accountId: string): Promise<LookupJobEntity[]> {
    await tx.manager.query(`SELECT FROM accounts WHERE account_id = $1 FOR NO KEY UPDATE`, [
      accountId,
    ]);
    return tx.manager.findBy(LookupJobEntity, { accountId });
  }

  async insert(tx: Transaction, job: LookupJobEntity): Promise<void> {
    await tx.manager.insert(LookupJobEntity, job);
  }

  listOf(accountId: string): Promise<LookupJobEntity[]> {
    return this.database.reader.find(LookupJobEntity, {
      where: { accountId },
      order: { jobId: 'DESC' },
    });
  }

  findOf(accountId: string, jobId: string): Promise<LookupJobEntity | null> {
    return this.database.reader.findOneBy(LookupJobEntity, { accountId, jobId });
  }

  /** The file is here: the job is queued with it or not at all. False where it was deleted meanwhile. */
  async received(jobId: string, input: { bytes: number; digest: Buffer }): Promise<boolean> {
    const rows = await this.database.dataSource.query(
      `WITH taken AS (
         UPDATE lookup_jobs SET state = 'queued', input_bytes = $2, input_digest = $3
         WHERE job_id = $1 AND state = 'receiving' RETURNING job_id
       ) SELECT ${queueing('job_id', 'now()')} FROM taken`,
      [jobId, input.bytes, input.digest],
    );
    return rows.length > 0;
  }

  async delete(jobId: string): Promise<void> {
    await this.database.dataSource.query(
      `WITH gone AS (DELETE FROM lookup_jobs WHERE job_id = $1 RETURNING job_id)
       SELECT graphile_worker.remove_job('lookup-job:' || job_id) FROM gone`,
      [jobId],
    );
  }

  /** Takes the right to work at a job for a minute; null where somebody has it or it is done. */
  async lease(jobId: string): Promise<LeasedJob | null> {
    const [rows] = await this.database.dataSource.query(
      `WITH was AS (
         SELECT job_id, leased_until FROM lookup_jobs WHERE job_id = $1 FOR UPDATE
       )
       UPDATE lookup_jobs j SET epoch = epoch + 1, leased_until = now() + ${LEASE}
       FROM was
       WHERE j.job_id = was.job_id AND j.state = 'queued'
         AND (was.leased_until IS NULL OR was.leased_until <= now())
       RETURNING was.leased_until IS NOT NULL AS "isTakenOver"`,
      [jobId],
    );
    if (rows.length === 0) return null;
    const job = await this.database.dataSource.manager.findOneByOrFail(LookupJobEntity, { jobId });
    return { job, isTakenOver: rows[0].isTakenOver };
  }

  /** Writes down a chunk. False where the job is somebody else's by now, or deleted. */
  async noteChunk({ jobId, epoch }: LookupJobEntity, done: ChunkDone): Promise<boolean> {
    const [rows] = await this.database.dataSource.query(
      `UPDATE lookup_jobs SET input_offset = $3, rows_done = $4, chunks = $5, result_bytes = $6,
         result_epoch = $7, header = $8, first_log_size = coalesce(first_log_size, $9),
         leased_until = now() + ${LEASE}
       WHERE job_id = $1 AND epoch = $2 AND state = 'queued' RETURNING job_id`,
      [
        ...[jobId, epoch, done.inputOffset, done.rowsDone, done.chunks, done.resultBytes],
        ...[done.resultEpoch, done.header === null ? null : JSON.stringify(done.header)],
        done.firstLogSize,
      ],
    );
    return rows.length > 0;
  }

  /** The job is at its end; its files go after so many days. False as with {@link noteChunk}. */
  async end(
    { jobId, epoch }: LookupJobEntity,
    end: JobEnd,
    at: { endedAt: Date; expiresAt: Date },
  ): Promise<boolean> {
    const rows = await this.database.dataSource.query(
      `WITH ended AS (
         UPDATE lookup_jobs SET state = $3, result_bytes = $4, result_epoch = $5, problem = $6,
           ended_at = $7, expires_at = $8, leased_until = NULL
         WHERE job_id = $1 AND epoch = $2 AND state = 'queued' RETURNING job_id, expires_at
       ) SELECT graphile_worker.add_job('lookup-jobs-sweep', '{}'::json, run_at => expires_at,
           job_key => 'lookup-jobs-sweep:' || job_id) FROM ended`,
      [
        ...[jobId, epoch, end.state, end.resultBytes, end.resultEpoch],
        ...[end.problem === null ? null : JSON.stringify(end.problem), at.endedAt, at.expiresAt],
      ],
    );
    return rows.length > 0;
  }

  async release({ jobId, epoch }: LookupJobEntity): Promise<void> {
    await this.database.dataSource.query(
      `UPDATE lookup_jobs SET leased_until = NULL WHERE job_id = $1 AND epoch = $2`,
      [jobId, epoch],
    );
  }

  /** Queues what is to be worked at: this job, or all of them. */
  async queuePending(jobId: string | null): Promise<void> {
    await this.database.dataSource.query(
      `SELECT ${queueing('job_id', 'greatest(now(), leased_until)')} FROM lookup_jobs
       WHERE state = 'queued' AND ($1::text IS NULL OR job_id = $1)`,
      [jobId],
    );
  }

  /** Deletes jobs whose time is over, and uploads that nobody goes on with; returns their ids. */
  async sweep(now: Date): Promise<string[]> {
    const [rows] = await this.database.dataSource.query(
      `DELETE FROM lookup_jobs
       WHERE expires_at <= $1 OR (state = 'receiving' AND created_at <= $1 - ${RECEIVING})
       RETURNING job_id`,
      [now],
    );
    return rows.map((row: { job_id: string }) => row.job_id);
  }

  /** Those of these ids that are jobs. */
  async listKnown(jobIds: readonly string[]): Promise<Set<string>> {
    const rows: { job_id: string }[] = await this.database.dataSource.query(
      `SELECT job_id FROM lookup_jobs WHERE job_id = ANY($1)`,
      [jobIds],
    );
    return new Set(rows.map((row) => row.job_id));
  }
}

function queueing(job: string, at: string): string {
  return `graphile_worker.add_job('lookup-job', json_build_object('job', ${job}),
    run_at => ${at}, job_key => 'lookup-job:' || ${job}, priority => ${PRIORITY})`;
}
