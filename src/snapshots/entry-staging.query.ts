import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { linesSql, literal } from './duckdb.js';
import { LineFiles } from './line-files.js';
import { partPath, refuseTwice, writeIdentifiers } from './write-identifiers.query.js';

/** A way from an identifier to a work, as far as it tells answers apart. */
export interface Leg {
  /** The registry's standing of the work. */
  readonly standingId: number;
  readonly confidencePpm: number;
  /** YYYY-MM-DD; undefined where it makes no difference or is not known. */
  readonly releasedOn: string | undefined;
}

const ENTRY = { identifier: 'VARCHAR', leg: 'VARCHAR' };
const SINGLE = { way: 'VARCHAR', standing: 'INTEGER' };

/** The confidence of an identifier that somebody stated; a line that names no other means this one. */
export const WHOLE_PPM = 1_000_000;

interface Scheme {
  readonly at: number;
  identifiers: number;
  /** Whether one of them leads to several works. */
  shared: boolean;
}

/**
 * The entries of a registry on their way into a snapshot: taken in as lines, asked which ways there are,
 * told which standing of the snapshot each way means, and written as sorted Parquet. Everything that
 * is done for each identifier is done by DuckDB.
 */
export class EntryStaging {
  private readonly lines = new LineFiles();
  private readonly schemes = new Map<string, Scheme>();

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly folder: string,
  ) {}

  /**
   * Takes lines of a scheme, `identifier`, a tab and `standing` or `standing,confidence in ppm,day of
   * release`. Lines of one identifier follow each other.
   */
  async take(scheme: string, lines: string): Promise<void> {
    let of = this.schemes.get(scheme);
    if (of === undefined) {
      of = { at: this.schemes.size, identifiers: 0, shared: false };
      this.schemes.set(scheme, of);
    }
    await this.lines.append(this.file('entries', of.at), lines);
  }

  /** After everything was taken in; returns how many identifiers there are. */
  async load(): Promise<number> {
    await this.lines.close();
    await this.connection.run(`CREATE TABLE dated (standing_id INTEGER)`);
    for (const scheme of this.schemes.values()) await this.loadEntries(scheme);
    const all = [...this.schemes.values()].map(({ at }) => `SELECT leg FROM entries_${at}`);
    if (all.length === 0) return 0;
    await this.connection.run(
      `CREATE TABLE met AS SELECT leg, split_part(leg, ',', 1)::INTEGER AS standing_id,
         coalesce(nullif(split_part(leg, ',', 2), '')::INTEGER, ${WHOLE_PPM}) AS confidence_ppm,
         split_part(leg, ',', 3) AS released_on
       FROM (SELECT DISTINCT leg FROM (${all.join(' UNION ALL ')})) ORDER BY standing_id`,
    );
    return [...this.schemes.values()].reduce((sum, { identifiers }) => sum + identifiers, 0);
  }

  /** The next of the registry's standings that entries name. */
  async standingsAfter(standingId: number, limit: number): Promise<number[]> {
    const rows = await this.rows(
      `SELECT DISTINCT standing_id FROM met WHERE standing_id > ${standingId}
       ORDER BY standing_id LIMIT ${limit}`,
    );
    return rows.map(([id]) => Number(id));
  }

  /**
   * The distinct ways to these standings, in order; of works that do not differ by the day of their
   * release (all but `dated`) without it.
   */
  async legsTo(standingIds: readonly number[], dated: readonly number[]): Promise<Leg[]> {
    if (dated.length > 0) {
      await this.connection.run(`INSERT INTO dated VALUES ${dated.map((id) => `(${id})`).join()}`);
    }
    const rows = await this.rows(
      `SELECT DISTINCT standing_id, confidence_ppm, ${RELEASED} AS released FROM met
       WHERE standing_id BETWEEN ${standingIds[0]} AND ${standingIds.at(-1)} ORDER BY ALL`,
    );
    return rows.map(legOf);
  }

  /** Says which standing of the snapshot identifiers of one way have. */
  async setStanding({ standingId, confidencePpm, releasedOn = '' }: Leg, standing: number) {
    const line = `${standingId},${confidencePpm},${releasedOn}\t${standing}\n`;
    await this.lines.append(this.file('singles', 0), line);
  }

  /** The distinct combinations of ways that one identifier leads along; call {@link setCombined} for each. */
  async *combinations(): AsyncGenerator<{ readonly key: string; readonly legs: readonly Leg[] }> {
    for (const { at } of this.shared()) {
      await this.connection.run(
        `CREATE TABLE ways_${at} AS SELECT identifier, string_agg(way, ';' ORDER BY way) AS key
         FROM entries_${at} JOIN (SELECT leg, ${WAY} AS way FROM met) AS ways USING (leg)
         WHERE identifier IN (SELECT identifier FROM shared_${at}) GROUP BY identifier`,
      );
    }
    const ways = this.shared().map(({ at }) => `SELECT key FROM ways_${at}`);
    if (ways.length === 0) return;
    const rows = await this.rows(
      `SELECT DISTINCT key FROM (${ways.join(' UNION ALL ')}) ORDER BY key`,
    );
    for (const [key] of rows) {
      const legs = String(key)
        .split(';')
        .map((leg) => legOf(leg.split(',')));
      yield { key: String(key), legs };
    }
  }

  async setCombined(key: string, standing: number): Promise<void> {
    await this.lines.append(this.file('combined', 0), `${key}\t${standing}\n`);
  }

  /**
   * Writes `scheme=…/part-0.parquet` for each scheme below `folder` and returns the rows of each. Throws
   * where an identifier would be lost, or there twice.
   */
  async write(folder: string): Promise<Map<string, number>> {
    await this.lines.close();
    await this.loadFile(
      'singles',
      `SELECT leg, standing FROM (SELECT leg, ${WAY} AS way FROM met) AS ways
       JOIN ${linesSql(this.file('singles', 0), SINGLE)} AS s USING (way)`,
    );
    if (this.shared().length > 0) {
      const source = linesSql(this.file('combined', 0), { key: 'VARCHAR', standing: 'INTEGER' });
      await this.loadFile('combined', `SELECT * FROM ${source}`);
    }
    const written = new Map<string, number>();
    for (const [name, { at, identifiers, shared }] of this.schemes) {
      const rows = await writeIdentifiers(
        this.connection,
        shared
          ? `${singlesSql(at)} WHERE identifier NOT IN (SELECT identifier FROM shared_${at})
             UNION ALL ${combinedSql(at)}`
          : singlesSql(at),
        join(folder, `scheme=${name}`),
      );
      if (rows !== identifiers) {
        throw new Error(
          `Of ${identifiers} identifiers of the scheme ${name}, ${rows} were written.`,
        );
      }
      await refuseTwice(this.connection, join(folder, partPath(name)));
      written.set(name, rows);
    }
    return written;
  }

  private shared() {
    return [...this.schemes.values()].filter(({ shared }) => shared);
  }

  private file(what: string, at: number): string {
    return join(this.folder, `${what}-${at}.tsv`);
  }

  /** As Parquet, which is written in half the time of a table and read as fast; in the order of the lines. */
  private async loadEntries(scheme: Scheme): Promise<void> {
    const { at } = scheme;
    const staged = literal(join(this.folder, `entries-${at}.parquet`));
    const source = linesSql(this.file('entries', at), ENTRY);
    const { rowsChanged } = await this.connection.run(
      `COPY (FROM ${source}) TO ${staged} (FORMAT parquet, COMPRESSION lz4_raw)`,
    );
    await rm(this.file('entries', at));
    await this.connection.run(`CREATE VIEW entries_${at} AS FROM read_parquet(${staged})`);
    await this.connection.run(
      `CREATE TABLE shared_${at} AS SELECT identifier, count(*) AS more FROM (
         SELECT identifier, lag(identifier) OVER () AS before FROM entries_${at}
       ) AS pairs WHERE identifier = before GROUP BY identifier`,
    );
    const more = await this.count(`SELECT coalesce(sum(more), 0) FROM shared_${at}`);
    scheme.identifiers = rowsChanged - more;
    scheme.shared = more > 0;
  }

  /** Into a table, after which the lines are not needed any more. */
  private async loadFile(what: string, sourceSql: string): Promise<void> {
    await this.connection.run(`CREATE TABLE ${what} AS ${sourceSql}`);
    await rm(this.file(what, 0));
  }

  private async rows(sql: string): Promise<unknown[][]> {
    return (await this.connection.runAndReadAll(sql)).getRows();
  }

  private async count(sql: string): Promise<number> {
    return Number((await this.rows(sql))[0]![0]);
  }
}

/** The day of release where it makes a difference. */
const RELEASED = `CASE WHEN standing_id IN (SELECT standing_id FROM dated) THEN released_on ELSE '' END`;

/** A leg as one text, the same for legs that no answer tells apart. */
const WAY = `concat_ws(',', standing_id, confidence_ppm, ${RELEASED})`;

function singlesSql(at: number): string {
  return `SELECT identifier, standing FROM entries_${at} JOIN singles USING (leg)`;
}

function combinedSql(at: number): string {
  return `SELECT identifier, standing FROM ways_${at} JOIN combined USING (key)`;
}

function legOf([standingId, confidencePpm, releasedOn]: readonly unknown[]): Leg {
  const day = String(releasedOn);
  return {
    standingId: Number(standingId),
    confidencePpm: Number(confidencePpm),
    releasedOn: day === '' ? undefined : day,
  };
}
