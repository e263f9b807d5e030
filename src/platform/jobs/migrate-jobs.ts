import { JOB_SCHEMA, openJobPool } from './job-pool.js';

/** Brings the job queue's tables up to date. Call it under the lock of the migrations. */
export async function migrateJobs(databaseUrl: string): Promise<void> {
  const { runMigrations } = await import('graphile-worker');
  const { jobLog } = await import('./job-log.js');
  const pgPool = openJobPool(databaseUrl);
  try {
    await runMigrations({ pgPool, schema: JOB_SCHEMA, logger: jobLog });
  } finally {
    await pgPool.end();
  }
}
