import type { PoolClient } from 'pg';
import type { LookupPool } from '#platform';

/** Runs `work` where all its statements see one state of the database. */
export async function inSnapshot<T>(
  pool: LookupPool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // The connection may be in any state: it is closed, not given back.
    client.release(true);
    throw error;
  }
}
