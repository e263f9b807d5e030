import pg from 'pg';
import { connectionOf } from '#platform';
import type { DatabaseSight, PrimarySight } from '../domain/standby-verdict.js';

/** A healthy database answers in a millisecond; one that takes longer is no use to a lookup. */
const PATIENCE_MS = 1_000;

const SYSTEM = '(SELECT system_identifier::text FROM pg_control_system())';

/** Looks at one database over a connection of its own, which is made anew after a failure. */
export class DatabaseWatch {
  private client: Promise<pg.Client> | null = null;

  constructor(private readonly url: string) {}

  /** How a standby is now. Throws where it does not answer within a second. */
  async seeStandby(): Promise<DatabaseSight> {
    const row = await this.ask<StandbyRow>(
      `SELECT ${SYSTEM} AS system, pg_is_in_recovery() AS recovering,
         CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() ELSE false END AS paused,
         h.size, coalesce((SELECT encode(leaf_hash, 'hex') FROM log_leaves
           WHERE leaf_index = h.size - 1), '-') AS tip
       FROM log_head h`,
      [],
    );
    const { system, recovering, paused, size, tip } = row;
    return { system, isInRecovery: recovering, isPaused: paused, size: Number(size), tip };
  }

  /** The primary, beside a log of `size` leaves that a standby showed before. */
  async seePrimary(size: number): Promise<PrimarySight> {
    const row = await this.ask<PrimaryRow>(
      `SELECT ${SYSTEM} AS system, h.size, coalesce((SELECT encode(leaf_hash, 'hex')
         FROM log_leaves WHERE leaf_index = $1::bigint - 1), '-') AS tie
       FROM log_head h`,
      [size],
    );
    return { system: row.system, size: Number(row.size), tie: row.tie };
  }

  end(): void {
    // A server that hangs would never take leave.
    void this.client?.then(cut, () => undefined);
    this.client = null;
  }

  private async ask<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row> {
    const connecting = (this.client ??= this.connect());
    try {
      const { rows } = await (await connecting).query<Row>(text, values);
      return rows[0]!;
    } catch (error) {
      if (this.client === connecting) this.end();
      throw error;
    }
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      ...connectionOf(this.url),
      application_name: 'fermata watch',
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
      options: '-c default_transaction_read_only=on',
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      cut(client);
      throw error;
    }
  }
}

function cut(client: pg.Client): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
}

interface StandbyRow extends pg.QueryResultRow {
  system: string;
  recovering: boolean;
  paused: boolean;
  size: string;
  tip: string;
}

interface PrimaryRow extends pg.QueryResultRow {
  system: string;
  size: string;
  tie: string;
}
