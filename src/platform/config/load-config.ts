import { join, resolve } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { connectionOf } from '../database/connection.js';
import { EnvDto } from './env.dto.js';

/** The registry's settings, frozen. Inject this class; nothing else reads the environment. */
export class Config extends EnvDto {}

/**
 * The folder of what must outlive the database, as an absolute path. Each database has one of its own:
 * keys and anchor of one log are no use to another.
 */
export function logFolder(config: Pick<Config, 'LOG_DIR' | 'DATA_DIR' | 'DATABASE_URL'>): string {
  const { LOG_DIR, DATA_DIR, DATABASE_URL } = config;
  if (LOG_DIR) return resolve(LOG_DIR);
  const database = DATABASE_URL ? connectionOf(DATABASE_URL).database : undefined;
  return resolve(DATA_DIR, join('log', encodeURIComponent(database ?? 'fermata')));
}

/** The settings are wrong: one message that names every fault. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Settings without a default, which a new object of settings does not show. */
const OPTIONAL = [
  ...['DATABASE_URL', 'LOG_DIR', 'LOG_ORIGIN', 'LOG_POLICY', 'MAIL_FROM', 'PUBLIC_URL'],
  ...['LOOKUP_DATABASE_URLS', 'SECURITY_CONTACT', 'SMTP_URL', 'SNAPSHOT_DIR', 'SNAPSHOT_LICENSE'],
];

/**
 * Reads and checks the settings. Throws {@link ConfigError} naming all faults at once. An empty
 * variable counts as unset.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const known = Object.keys(new EnvDto()).concat(...OPTIONAL);
  const given = Object.fromEntries(
    known.filter((name) => env[name] !== undefined && env[name] !== '').map((n) => [n, env[n]]),
  );
  const config = plainToInstance(Config, given, { exposeDefaultValues: true });
  const faults = validateSync(config).flatMap((fault) =>
    Object.values(fault.constraints ?? {}).slice(-1),
  );
  if (config.NODE_ENV === 'production' && !config.DATABASE_URL) {
    faults.push(
      'DATABASE_URL must be set in production; the embedded PostgreSQL is for one machine',
    );
  }
  if (config.NODE_ENV === 'production' && !config.PUBLIC_URL) {
    faults.push('PUBLIC_URL must be set in production');
  }
  if (config.NODE_ENV === 'production' && !config.LOG_DIR) {
    faults.push('LOG_DIR must be set in production; it holds the keys of the log and its anchor');
  }
  if (config.SMTP_URL && !config.MAIL_FROM) faults.push('MAIL_FROM must be set with SMTP_URL');
  if (faults.length > 0) throw new ConfigError(`Settings refused: ${faults.join('; ')}.`);
  return Object.freeze(config);
}
