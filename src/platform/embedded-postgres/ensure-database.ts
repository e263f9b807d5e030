import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { adminLogin } from './postmaster.js';
import type { ServerAddress } from './server-address.js';

/**
 * Makes the role `fermata` and its database when they are absent. The role owns its database
 * and nothing else: a fault in the application cannot read files or switch the server's guards off.
 * `mayCreate` lets it make further databases, as tests do.
 */
export async function ensureDatabase(
  address: ServerAddress,
  password: string,
  { databaseName, mayCreate }: { databaseName: string; mayCreate: boolean },
): Promise<void> {
  const client = new Client({ ...adminLogin(address, password), connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const role = await client.query("SELECT 1 FROM pg_roles WHERE rolname = 'fermata'");
    if (role.rowCount === 0) {
      const right = mayCreate ? 'CREATEDB' : 'NOCREATEDB';
      await client.query(`CREATE ROLE fermata LOGIN ${right} PASSWORD ${escapeLiteral(password)}`);
    }
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [
      databaseName,
    ]);
    if (database.rowCount === 0) {
      await client.query(`CREATE DATABASE ${escapeIdentifier(databaseName)} OWNER fermata`);
    }
  } finally {
    await client.end();
  }
}
