import { parse } from 'pg-connection-string';
import type { PoolConfig } from 'pg';

/**
 * The parts of a postgres:// URL, in the form that node-postgres and TypeORM both take. A unix
 * socket folder is given as `?host=/path`.
 */
export function connectionOf(url: string): PoolConfig & { host?: string; database?: string } {
  const { host, port, user, password, database, ssl } = parse(url);
  return {
    host: host ?? undefined,
    port: port ? Number(port) : undefined,
    user,
    password,
    database: database ?? undefined,
    ssl: ssl as PoolConfig['ssl'],
  };
}
