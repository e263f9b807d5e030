import type { DuckDBConnection } from '@duckdb/node-api';
import { cellSql, type Reader } from './manifest.query.js';

/** An identifier in its canonical form. */
export interface Question {
  readonly scheme: string;
  readonly value: string;
}

/** The SQL of a check that asks a registry: which identifiers a manifest has, and what was answered. */
export class QuestionsQuery {
  constructor(private readonly connection: DuckDBConnection) {}

  async prepare(): Promise<void> {
    await this.connection.run(
      `CREATE TEMP TABLE named (scheme VARCHAR, value VARCHAR);
       CREATE TEMP TABLE answered (scheme VARCHAR, identifier VARCHAR, standing INTEGER)`,
    );
  }

  /** Gathers each different value of a column, so that it can be listed. */
  async gatherValues(at: number, reader: Reader, column: string): Promise<void> {
    await this.connection.run(
      `CREATE TEMP TABLE values_${at} AS SELECT DISTINCT typed FROM (
         SELECT ${cellSql(reader, column, 'm')} FROM manifest AS m
       ) AS cells (typed) WHERE trim(typed) <> ''`,
    );
  }

  /** Values of a column, so many from a place on; fewer than that at the end. */
  async listValues(at: number, from: number, limit: number): Promise<string[]> {
    const rows = await this.rows(
      `SELECT typed FROM values_${at} WHERE rowid >= ${from} AND rowid < ${from + limit} ORDER BY rowid`,
    );
    return rows.map(([typed]) => String(typed));
  }

  async name(questions: readonly Question[]): Promise<void> {
    const appender = await this.connection.createAppender('named');
    for (const { scheme, value } of questions) {
      appender.appendVarchar(scheme);
      appender.appendVarchar(value);
      appender.endRow();
    }
    appender.closeSync();
  }

  /** Gives each identifier a place, the same whenever the same are asked about. Returns their number. */
  async order(): Promise<number> {
    await this.connection.run(
      `CREATE TEMP TABLE questions AS
       SELECT scheme, value FROM (SELECT DISTINCT scheme, value FROM named) AS once
       ORDER BY scheme, value`,
    );
    return Number((await this.rows('SELECT count(*) FROM questions'))[0]![0]);
  }

  async list(from: number, limit: number): Promise<Question[]> {
    const rows = await this.rows(
      `SELECT scheme, value FROM questions
       WHERE rowid >= ${from} AND rowid < ${from + limit} ORDER BY rowid`,
    );
    return rows.map(([scheme, value]) => ({ scheme: String(scheme), value: String(value) }));
  }

  /** Keeps what registered identifiers come to, each as the number of a verdict. */
  async keep(answers: readonly (Question & { readonly standing: number })[]): Promise<void> {
    const appender = await this.connection.createAppender('answered');
    for (const { scheme, value, standing } of answers) {
      appender.appendVarchar(scheme);
      appender.appendVarchar(value);
      appender.appendInteger(standing);
      appender.endRow();
    }
    appender.closeSync();
  }

  /** Forgets all answers, to be asked for anew. */
  async forget(): Promise<void> {
    await this.connection.run(`DELETE FROM answered`);
  }

  /** Names what is registered of a column's scheme, as the join takes it. */
  async registered(at: number, scheme: string): Promise<void> {
    await this.connection.run(
      `CREATE TEMP VIEW registered_${at} AS
       SELECT identifier, standing FROM answered WHERE scheme = '${scheme}'`,
    );
  }

  private async rows(sql: string): Promise<unknown[][]> {
    return (await this.connection.runAndReadAll(sql)).getRows();
  }
}
