import { DataSource } from 'typeorm';
import { migrateJobs } from '../jobs/migrate-jobs.js';
import { dataSourceOptions, MIGRATIONS } from './data-source.js';

/** Any number that nobody else uses: the advisory lock that lets one process migrate at a time. */
const MIGRATION_LOCK = 7_301_544_101;

/**
 * Brings the database at `databaseUrl` up to date: each migration in a transaction of its own,
 * under an advisory lock, because two servers may start at once and TypeORM takes none. The
 * job queue brings its own tables along, in a schema of its own. Returns the names of our migrations
 * that ran.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const options = dataSourceOptions(databaseUrl, { poolMax: 2 });
  const dataSource = await new DataSource({
    ...options,
    migrations: [MIGRATIONS],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
  } as typeof options).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query(`SELECT pg_advisory_lock($1)`, [MIGRATION_LOCK]);
    const ran = await dataSource.runMigrations();
    await migrateJobs(databaseUrl);
    return ran.map((migration) => migration.name);
  } finally {
    await lock.query(`SELECT pg_advisory_unlock($1)`, [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await dataSource.destroy();
  }
}
