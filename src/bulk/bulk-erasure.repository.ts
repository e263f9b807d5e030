import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import { JobFiles } from './job-files.service.js';

/** What an erasure does to lookup jobs: those of the erased go, with their files. */
@Injectable()
export class BulkErasure {
  constructor(
    private readonly database: Database,
    private readonly files: JobFiles,
  ) {}

  async erase(tx: Transaction, accountIds: readonly string[]): Promise<void> {
    const rows: { job_id: string }[] = await tx.manager.query(
      `WITH gone AS (DELETE FROM lookup_jobs WHERE account_id = ANY($1) RETURNING job_id)
       SELECT job_id, graphile_worker.remove_job('lookup-job:' || job_id) FROM gone`,
      [accountIds],
    );
    // A file that stays behind because this process ends now is found at the next start.
    tx.afterCommit(() => {
      for (const { job_id: jobId } of rows) void this.files.delete(jobId).catch(() => undefined);
    });
  }

  /** What is kept of an account's jobs; the results are downloaded one by one. */
  async describe(accountId: string): Promise<Record<string, unknown>> {
    const [row] = await this.database.reader.query(
      `SELECT coalesce(jsonb_agg(to_jsonb(j) - 'request_digest' - 'input_digest' - 'leased_until'
         || jsonb_build_object('input_sha256', encode(input_digest, 'hex')) ORDER BY job_id), '[]')
         AS lookup_jobs
       FROM lookup_jobs j WHERE account_id = $1`,
      [accountId],
    );
    return row;
  }
}
