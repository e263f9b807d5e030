import pg from 'pg';
import { connectionOf } from '#platform';

/** Pages of the table that are read with one statement: about 100,000 rows. */
const PAGES = 1_000;

/** One snapshot at a time, whichever process makes it. */
const LOCK = `hashtextextended('fermata.snapshots', 0)`;

export interface RegistryHead {
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** Epoch ms. */
  readonly recordedAt: number;
}

/** Takes in lines of `identifier, lookup standing, confidence in ppm, day of release`, tabs between. */
export type TakeLines = (scheme: string, lines: string) => Promise<void>;

/**
 * The whole projection as one REPEATABLE READ transaction sees it, on a connection of its own that
 * nothing times out. What it reads comes as large texts: there is no work in here for each identifier.
 */
export class SnapshotReading {
  private constructor(readonly client: pg.Client) {}

  /** Null where a snapshot is being made already. */
  static async begin(databaseUrl: string): Promise<SnapshotReading | null> {
    const client = new pg.Client({
      ...connectionOf(databaseUrl),
      application_name: 'fermata snapshot',
      connectionTimeoutMillis: 10_000,
      options: '-c statement_timeout=0 -c jit=off',
    });
    // What a broken connection means is told to whoever asks it next.
    client.on('error', () => undefined);
    await client.connect();
    const reading = new SnapshotReading(client);
    try {
      const { rows } = await client.query<{ free: boolean }>(
        `SELECT pg_try_advisory_lock(${LOCK}) AS free`,
      );
      if (rows[0]!.free) {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        return reading;
      }
    } catch (error) {
      await reading.end();
      throw error;
    }
    await reading.end();
    return null;
  }

  /** The log that everything here is read at. Ask it first: it fixes what the transaction sees. */
  async head(): Promise<RegistryHead> {
    const { rows } = await this.client.query<{ size: string; root: Buffer; recorded_at: Date }>(
      `SELECT size, root, recorded_at FROM log_head`,
    );
    const { size, root, recorded_at: recordedAt } = rows[0]!;
    return {
      size: Number(size),
      root: root.toString('base64'),
      recordedAt: recordedAt.getTime(),
    };
  }

  /** All entries, by scheme, page after page of the table. */
  async readEntries(take: TakeLines): Promise<void> {
    const { rows } = await this.client.query<{ pages: string }>(
      `SELECT pg_relation_size('lookup_entries') / current_setting('block_size')::int AS pages`,
    );
    const pages = Number(rows[0]!.pages);
    for (let page = 0; page < pages; page += PAGES) {
      const { rows: texts } = await this.client.query<{ scheme: string; lines: string }>({
        name: 'snapshot entries',
        text: `SELECT scheme, string_agg(concat_ws(E'\\t', value, standing_id, confidence_ppm,
            coalesce(released_on::text, '')), E'\\n') AS lines
          FROM lookup_entries WHERE ctid >= $1::tid AND ctid < $2::tid GROUP BY scheme`,
        values: [`(${page},0)`, `(${page + PAGES},0)`],
      });
      for (const { scheme, lines } of texts) await take(scheme, `${lines}\n`);
    }
  }

  /** Identifiers that lead to several works, by scheme, a line each. */
  async readShared(take: TakeLines): Promise<void> {
    // Along the index: otherwise every identifier would be held in memory, or sorted.
    await this.client.query(`SET LOCAL enable_hashagg = off; SET LOCAL enable_sort = off`);
    const { rows } = await this.client.query<{ scheme: string; lines: string }>(
      `SELECT scheme, string_agg(value, E'\\n') AS lines FROM (
         SELECT scheme, value FROM lookup_entries GROUP BY scheme, value HAVING count(*) > 1
       ) AS shared GROUP BY scheme`,
    );
    await this.client.query(`SET LOCAL enable_hashagg = on; SET LOCAL enable_sort = on`);
    for (const { scheme, lines } of rows) await take(scheme, `${lines}\n`);
  }

  /** Gives the transaction back; the lock stays until {@link end}. */
  async finish(): Promise<void> {
    await this.client.query('COMMIT');
  }

  async end(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
