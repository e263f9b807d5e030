import { Injectable } from '@nestjs/common';
import { Database } from '#platform';
import { type Opening, openingOf, type OpeningsRange } from './domain/index.js';

interface IdentifierRow {
  leaf_index: string;
  scheme: string;
  value: string;
  salt: Buffer;
}

interface TermsRow {
  leaf_index: string;
  digest: Buffer;
  content: Record<string, unknown>;
}

/** Read-only SQL over what leaves commit to. What was erased is not there and is not missed. */
@Injectable()
export class OpeningsQuery {
  constructor(private readonly database: Database) {}

  /** How many leaves the log has. */
  async logSize(): Promise<number> {
    const [row] = await this.database.reader.query(`SELECT size FROM log_head`);
    return Number(row.size);
  }

  /** The openings of these leaves in their order; terms once, where a leaf first names them. */
  async listOpenings({ first, width }: OpeningsRange): Promise<Opening[]> {
    const range = [first, first + width];
    const identifiers: IdentifierRow[] = await this.database.reader.query(
      `SELECT leaf_index, scheme, value, salt FROM work_identifiers
       WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index, scheme, value`,
      range,
    );
    const terms: TermsRow[] = await this.database.reader.query(
      `SELECT leaf_index, digest, content FROM (
         SELECT min(leaf_index) AS leaf_index, term_set_id FROM declarations
         WHERE leaf_index >= $1 AND leaf_index < $2 GROUP BY term_set_id
       ) AS named JOIN term_sets USING (term_set_id)
       ORDER BY leaf_index`,
      range,
    );
    const openings: Opening[] = [
      ...identifiers.map((row) => openingOf(Number(row.leaf_index), row)),
      ...terms.map(({ leaf_index, digest, content }) => {
        return { index: Number(leaf_index), terms: digest.toString('hex'), content };
      }),
    ];
    return openings.sort((a, b) => a.index - b.index);
  }
}
