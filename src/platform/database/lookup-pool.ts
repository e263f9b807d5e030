import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { Config } from '../config/load-config.js';
import { connectionOf } from './connection.js';

/**
 * The read pool of lookups: its own connections, so that writes can't starve them, a short
 * statement time-out, and read-only by default. node-postgres as it is, because a prepared
 * statement on the hot path is worth more than an ORM.
 */
@Injectable()
export class LookupPool extends pg.Pool implements OnApplicationShutdown {
  constructor(config: Config) {
    super({
      ...connectionOf(config.DATABASE_URL!),
      max: config.LOOKUP_POOL_MAX,
      connectionTimeoutMillis: 2_000,
      application_name: 'fermata lookup',
      options:
        '-c statement_timeout=5s -c default_transaction_read_only=on ' +
        // A lookup is planned once: planning would take several times as long as running.
        '-c idle_in_transaction_session_timeout=10s -c plan_cache_mode=force_generic_plan',
    });
    // An idle connection that the server ends must not end the process; the next query reconnects.
    this.on('error', () => undefined);
  }

  /** The same to a standby, which is given up sooner: others can answer instead of it. */
  static toStandby(config: Config, url: string): LookupPool {
    const pool = new LookupPool({ ...config, DATABASE_URL: url });
    // Read whenever a connection is made; a server that hangs cuts no statement by itself.
    Object.assign(pool.options, { connectionTimeoutMillis: 1_000, query_timeout: 6_000 });
    return pool;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end();
  }
}
