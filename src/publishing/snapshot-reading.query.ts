import pg from 'pg';
import { connectionOf } from '#platform';
import { WHOLE_PPM } from '#snapshots';

/** Entries that are read with one statement. */
const PAGE = 50_000;

/** One snapshot at a time, whichever process makes it. */
const LOCK = `hashtextextended('fermata.snapshots', 0)`;

export interface RegistryHead {
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** Epoch ms. */
  readonly recordedAt: number;
}

/**
 * Takes in lines of an identifier, a tab and a way to a work: `standing`, or where one of the two is not as
 * usual `standing,confidence in ppm,day of release`. Lines of one identifier follow each other.
 */
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
      // Where this process is gone, what it asked for is not worth the minutes that it may still take.
      options: '-c statement_timeout=0 -c jit=off -c client_connection_check_interval=2s',
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

  /** All entries, by scheme, `page` at a time, along the index that lookups read; the table is not read. */
  async readEntries(take: TakeLines, page = PAGE): Promise<void> {
    const { rows } = await this.client.query<{ scheme: string }>(
      `WITH RECURSIVE schemes AS (
         SELECT min(scheme) AS scheme FROM lookup_entries
         UNION ALL
         SELECT (SELECT min(e.scheme) FROM lookup_entries AS e WHERE e.scheme > s.scheme)
         FROM schemes AS s WHERE s.scheme IS NOT NULL
       ) SELECT scheme FROM schemes WHERE scheme IS NOT NULL`,
    );
    for (const { scheme } of rows) await this.readScheme(scheme, take, page);
  }

  private async readScheme(scheme: string, take: TakeLines, page: number): Promise<void> {
    let from = '';
    let limit = page;
    for (;;) {
      const { count, lines } = await this.page(scheme, from, limit);
      if (count < limit) {
        if (count > 0) await take(scheme, `${lines}\n`);
        return;
      }
      const last = lastIdentifier(lines);
      if (last.start > 0) {
        await take(scheme, lines.slice(0, last.start));
        from = last.identifier;
        limit = page;
      } else {
        // So many works of one identifier that a page can't hold them.
        limit *= 2;
      }
    }
  }

  private async page(scheme: string, from: string, limit: number) {
    // Joined by operators: in 100,000,000 rows concat_ws takes a minute longer.
    const { rows } = await this.client.query<{ count: number; lines: string }>(
      `SELECT count(*)::int AS count, string_agg(value || E'\\t' || standing_id ||
         CASE WHEN confidence_ppm = ${WHOLE_PPM} AND released_on IS NULL THEN ''
           ELSE ',' || confidence_ppm || ',' || coalesce(released_on::text, '') END, E'\\n') AS lines
       FROM (SELECT value, standing_id, confidence_ppm, released_on FROM lookup_entries
         WHERE scheme = $1 AND value >= $2 ORDER BY value LIMIT ${limit}) AS page`,
      [scheme, from],
    );
    return rows[0]!;
  }

  /** Gives the transaction back; the lock stays until {@link end}. */
  async finish(): Promise<void> {
    await this.client.query('COMMIT');
  }

  async end(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}

/** The identifier of the last line, and where its first line starts: others may be on the next page. */
function lastIdentifier(lines: string): { identifier: string; start: number } {
  let start = lines.lastIndexOf('\n') + 1;
  const identifier = lines.slice(start, lines.indexOf('\t', start));
  while (start > 0) {
    const before = lines.lastIndexOf('\n', start - 2) + 1;
    if (!lines.startsWith(`${identifier}\t`, before)) break;
    start = before;
  }
  return { identifier, start };
}
