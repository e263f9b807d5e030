import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { linesSql, literal } from './duckdb.js';
import { LineFiles } from './line-files.js';
import { writeIdentifiers } from './write-identifiers.query.js';

/** A way from an identifier to a work, as far as it tells answers apart. */
export interface Leg {
  /** The registry's standing of the work. */
  readonly standingId: number;
  readonly confidencePpm: number;
  /** YYYY-MM-DD; undefined where it makes no difference or is not known. */
  readonly releasedOn: string | undefined;
}

const ENTRY = {
  ...{ identifier: 'VARCHAR', standing_id: 'INTEGER', confidence_ppm: 'INTEGER' },
  released_on: 'VARCHAR',
};
const SINGLE = {
  ...{ standing_id: 'INTEGER', confidence_ppm: 'INTEGER', released_on: 'VARCHAR' },
  standing: 'INTEGER',
};

/**
 * The entries of a registry on their way into a snapshot: taken in as lines, asked which ways there are,
 * told which standing of the snapshot each way means, and written as sorted Parquet. Everything that
 * is done for each identifier is done by DuckDB.
 */
export class EntryStaging {
  private readonly lines = new LineFiles();
  private readonly schemes = new Map<string, { readonly at: number; shared: boolean }>();

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly folder: string,
  ) {}

  /** Takes lines `identifier, standing, confidence, day of release` of a scheme. */
  async take(scheme: string, lines: string): Promise<void> {
    await this.lines.append(this.file('entries', this.numberOf(scheme)), lines);
  }

  /** Takes identifiers that lead to several works, a line each. */
  async takeShared(scheme: string, lines: string): Promise<void> {
    const at = this.numberOf(scheme);
    this.schemes.get(scheme)!.shared = true;
    await this.lines.append(this.file('shared', at), lines);
  }

  /** After everything was taken in; returns how many entries there are. */
  async load(): Promise<number> {
    await this.lines.close();
    await this.connection.run('SET preserve_insertion_order = false');
    await this.connection.run(`CREATE TABLE dated (standing_id INTEGER)`);
    for (const { at, shared } of this.schemes.values()) {
      await this.loadEntries(at);
      const source = linesSql(this.file('shared', at), { identifier: 'VARCHAR' });
      if (shared) await this.loadFile('shared', at, `SELECT identifier FROM ${source}`);
      else await this.connection.run(`CREATE TABLE shared_${at} (identifier VARCHAR)`);
    }
    const all = [...this.schemes.values()].map(
      ({ at }) => `SELECT standing_id, confidence_ppm, released_on FROM entries_${at}`,
    );
    if (all.length === 0) return 0;
    await this.connection.run(
      `CREATE TABLE met AS SELECT DISTINCT * FROM (${all.join(' UNION ALL ')}) ORDER BY standing_id`,
    );
    let entries = 0;
    for (const { at } of this.schemes.values()) {
      entries += await this.count(`SELECT count(*) FROM entries_${at}`);
    }
    return entries;
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
      `SELECT DISTINCT standing_id, confidence_ppm, ${RELEASED} AS released FROM met AS e
       WHERE standing_id BETWEEN ${standingIds[0]} AND ${standingIds.at(-1)} ORDER BY ALL`,
    );
    return rows.map(legOf);
  }

  /** Says which standing of the snapshot identifiers of one way have. */
  async setStanding({ standingId, confidencePpm, releasedOn = '' }: Leg, standing: number) {
    const line = `${standingId}\t${confidencePpm}\t${releasedOn}\t${standing}\n`;
    await this.lines.append(this.file('singles', 0), line);
  }

  /** The distinct combinations of ways that one identifier leads along; call {@link setCombined} for each. */
  async *combinations(): AsyncGenerator<{ readonly key: string; readonly legs: readonly Leg[] }> {
    for (const { at } of this.shared()) {
      await this.connection.run(
        `CREATE TABLE ways_${at} AS SELECT identifier, string_agg(leg, ';' ORDER BY leg) AS key FROM (
           SELECT identifier, concat_ws(',', standing_id, confidence_ppm, ${RELEASED}) AS leg
           FROM entries_${at} AS e WHERE identifier IN (SELECT identifier FROM shared_${at})
         ) AS legs GROUP BY identifier`,
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
   * where an identifier would be lost.
   */
  async write(folder: string): Promise<Map<string, number>> {
    await this.lines.close();
    await this.loadFile(
      'singles',
      0,
      `SELECT * REPLACE (coalesce(released_on, '') AS released_on)
      FROM ${linesSql(this.file('singles', 0), SINGLE)}`,
    );
    if (this.shared().length > 0) {
      const source = linesSql(this.file('combined', 0), { key: 'VARCHAR', standing: 'INTEGER' });
      await this.loadFile('combined', 0, `SELECT * FROM ${source}`);
    }
    const written = new Map<string, number>();
    for (const [scheme, { at, shared }] of this.schemes) {
      const rows = await writeIdentifiers(
        this.connection,
        shared ? `${singlesSql(at, true)} UNION ALL ${combinedSql(at)}` : singlesSql(at, false),
        join(folder, `scheme=${scheme}`),
      );
      const more = shared
        ? `- (SELECT sum(n - 1) FROM (SELECT count(*) AS n FROM entries_${at}
        WHERE identifier IN (SELECT identifier FROM shared_${at}) GROUP BY identifier) AS shared)`
        : '';
      const expected = await this.count(`SELECT count(*) ${more} FROM entries_${at}`);
      if (rows !== expected) {
        throw new Error(
          `Of ${expected} identifiers of the scheme ${scheme}, ${rows} were written.`,
        );
      }
      written.set(scheme, rows);
    }
    return written;
  }

  private shared() {
    return [...this.schemes.values()].filter(({ shared }) => shared);
  }

  private numberOf(scheme: string): number {
    const known = this.schemes.get(scheme);
    if (known !== undefined) return known.at;
    const at = this.schemes.size;
    this.schemes.set(scheme, { at, shared: false });
    return at;
  }

  private file(what: string, at: number): string {
    return join(this.folder, `${what}-${at}.tsv`);
  }

  /** As Parquet, which is written in half the time of a table and read as fast. */
  private async loadEntries(at: number): Promise<void> {
    const staged = literal(join(this.folder, `entries-${at}.parquet`));
    await this.connection.run(
      `COPY (SELECT * REPLACE (coalesce(released_on, '') AS released_on)
         FROM ${linesSql(this.file('entries', at), ENTRY)})
       TO ${staged} (FORMAT parquet, COMPRESSION lz4_raw)`,
    );
    await this.connection.run(`CREATE VIEW entries_${at} AS FROM read_parquet(${staged})`);
    await rm(this.file('entries', at));
  }

  /** Into a table, after which the lines are not needed any more. */
  private async loadFile(what: string, at: number, sourceSql: string): Promise<void> {
    await this.connection.run(`CREATE TABLE ${what}_${at} AS ${sourceSql}`);
    await rm(this.file(what, at));
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

function singlesSql(at: number, apart: boolean): string {
  const others = apart ? `WHERE identifier NOT IN (SELECT identifier FROM shared_${at})` : '';
  return `SELECT e.identifier, s.standing FROM (
      SELECT identifier, standing_id, confidence_ppm, ${RELEASED} AS released
      FROM entries_${at} ${others}
    ) AS e JOIN singles_0 AS s ON s.standing_id = e.standing_id
      AND s.confidence_ppm = e.confidence_ppm AND s.released_on = e.released`;
}

function combinedSql(at: number): string {
  return `SELECT w.identifier, c.standing FROM ways_${at} AS w JOIN combined_0 AS c USING (key)`;
}

function legOf([standingId, confidencePpm, releasedOn]: readonly unknown[]): Leg {
  const day = String(releasedOn);
  return {
    standingId: Number(standingId),
    confidencePpm: Number(confidencePpm),
    releasedOn: day === '' ? undefined : day,
  };
}
