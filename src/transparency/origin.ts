import type { Config } from '#platform';

/**
 * The name of the log: LOG_ORIGIN, or host and path of PUBLIC_URL with `/log`. It is the first line of
 * every checkpoint and the name of the log's keys (c2sp.org/tlog-checkpoint: an address without scheme).
 */
export function originOf({ LOG_ORIGIN, PUBLIC_URL }: Pick<Config, 'LOG_ORIGIN' | 'PUBLIC_URL'>) {
  if (LOG_ORIGIN) return LOG_ORIGIN;
  if (!PUBLIC_URL) return 'localhost/log';
  const { host, pathname } = new URL(PUBLIC_URL);
  return `${host}${pathname.replace(/\/$/, '')}/log`;
}
