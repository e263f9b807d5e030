import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { evaluate, type Match } from '#consent/domain';
import { PURPOSES } from '#vocabulary';
import type { Span } from './domain/index.js';
import { linesSql, literal } from './duckdb.js';
import { LineFiles } from './line-files.js';
import { PARQUET } from './write-identifiers.query.js';

const FACTS = { standing: 'INTEGER', facts: 'VARCHAR' };
const ANSWER = {
  ...{ standing: 'INTEGER', purpose: 'VARCHAR', outcome: 'VARCHAR', reasons: 'VARCHAR' },
  valid_until: 'TIMESTAMP',
};

/** Writes `standings.parquet` and `answers.parquet`: the facts of each standing and what they come to. */
export class SituationFiles {
  private readonly lines = new LineFiles();

  constructor(
    private readonly folder: string,
    private readonly span: Span,
  ) {}

  /** One standing: the text of its facts, and the answers to whoever states nothing. */
  async add(standing: number, facts: string, matches: readonly Match[]): Promise<void> {
    // JSON has no tab and no line end in it: both are escaped.
    await this.lines.append(this.file('standings'), `${standing}\t${facts}\n`);
    const inquiry = { asOf: this.span.asOf, unknownPolicy: 'deny' } as const;
    let answers = '';
    for (const purpose of PURPOSES) {
      const { outcome, reasons, validUntil } = evaluate(matches, inquiry, purpose);
      const until = new Date(Math.min(validUntil, this.span.until)).toISOString();
      answers += `${standing}\t${purpose}\t${outcome}\t${reasons.join()}\t${until.slice(0, -1)}\n`;
    }
    await this.lines.append(this.file('answers'), answers);
  }

  /** Both files, into `folder`; returns their rows. */
  async write(
    connection: DuckDBConnection,
    folder: string,
  ): Promise<{ readonly standings: number; readonly answers: number }> {
    await this.lines.close();
    const standings = await this.writeTable(connection, 'standings', FACTS, '*', folder);
    // Without reasons there is an empty text, which lines can't tell from nothing.
    const columns = `* REPLACE (coalesce(reasons, '') AS reasons)`;
    const answers = await this.writeTable(connection, 'answers', ANSWER, columns, folder);
    return { standings, answers };
  }

  private async writeTable(
    connection: DuckDBConnection,
    name: string,
    types: Readonly<Record<string, string>>,
    columns: string,
    folder: string,
  ): Promise<number> {
    const target = literal(join(folder, `${name}.parquet`));
    const { rowsChanged } = await connection.run(
      `COPY (SELECT ${columns} FROM ${linesSql(this.file(name), types)} ORDER BY ALL)
       TO ${target} (${PARQUET})`,
    );
    await rm(this.file(name));
    return rowsChanged;
  }

  private file(name: string): string {
    return join(this.folder, `${name}.tsv`);
  }
}
