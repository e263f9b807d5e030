import pg from 'pg';
import { connectionOf } from '../database/connection.js';

/** Connections of the job queue: one that listens, the rest take and finish jobs. */
export function openJobPool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOf(databaseUrl),
    max: 6,
    connectionTimeoutMillis: 10_000,
    application_name: 'fermata jobs',
  });
  // A connection that the server ends must not end the process; the next query reconnects.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Graphile Worker's own: neither in our schema nor in our migrations. */
export const JOB_SCHEMA = 'graphile_worker';
