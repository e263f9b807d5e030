import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DataSource, type DataSourceOptions, type EntityTarget } from 'typeorm';
import { connectionOf } from './connection.js';
import { NamingStrategy } from './naming-strategy.js';

const here = dirname(fileURLToPath(import.meta.url));
// The same three steps lead from src/platform/database and from dist/src/platform/database.
export const MIGRATIONS = join(here, '../../../migrations/*.{js,ts}');

/**
 * TypeORM's view of the database: a pool for writes and screens, with the time-outs of
 * docs/operations. `entities` may be empty where only SQL is wanted.
 */
export function dataSourceOptions(
  url: string,
  options: { entities?: EntityTarget<object>[]; poolMax?: number } = {},
): DataSourceOptions {
  const { host, port, user, password, database, ssl } = connectionOf(url);
  return {
    type: 'postgres',
    host,
    port,
    username: user,
    password: password as string | undefined,
    database,
    ssl: ssl as never,
    entities: (options.entities ?? []) as never,
    namingStrategy: new NamingStrategy(),
    synchronize: false,
    applicationName: 'fermata',
    connectTimeoutMS: 2_000,
    extra: {
      max: options.poolMax ?? 10,
      options:
        '-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s',
    },
  };
}

export function createDataSource(
  url: string,
  options: { entities?: EntityTarget<object>[]; poolMax?: number } = {},
): DataSource {
  return new DataSource(dataSourceOptions(url, options));
}
