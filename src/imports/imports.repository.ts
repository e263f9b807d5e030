import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { ImportEntity } from './entities/import.entity.js';
import type { ImportRowEntity } from './entities/import-row.entity.js';

const ROWS_PER_STATEMENT = 5_000;

@Injectable()
export class ImportsRepository {
  /** Lets one import at a time look at and write a party's works: the same file sent twice at once. */
  async lockParty(tx: Transaction, partyId: string): Promise<void> {
    await tx.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 19))`, [partyId]);
  }

  async insert(
    tx: Transaction,
    entry: ImportEntity,
    rows: readonly ImportRowEntity[],
  ): Promise<void> {
    await tx.manager.insert(ImportEntity, entry as never);
    for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
      await this.insertRows(tx, entry.importId, rows.slice(at, at + ROWS_PER_STATEMENT));
    }
  }

  /** Columns as arrays: six parameters in place of one for each cell. */
  private async insertRows(
    tx: Transaction,
    importId: string,
    rows: readonly ImportRowEntity[],
  ): Promise<void> {
    const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
    await tx.manager.query(
      `INSERT INTO import_rows (import_id, line, outcome, work_id, faults, warnings)
       SELECT $1, r.line, r.outcome, r.work_id, r.faults::jsonb, r.warnings::jsonb
       FROM unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::text[])
         AS r (line, outcome, work_id, faults, warnings)`,
      [
        importId,
        rows.map((row) => row.line),
        rows.map((row) => row.outcome),
        rows.map((row) => row.workId),
        rows.map((row) => json(row.faults)),
        rows.map((row) => json(row.warnings)),
      ],
    );
  }
}
