import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import { ImportsRepository } from './imports.repository.js';

/** What an erasure does to imports: the party's reports go, others' say nothing more of its works. */
@Injectable()
export class ImportErasure {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportsRepository,
  ) {}

  /** Waits for imports of these parties that are under way, and keeps others waiting. */
  async wait(tx: Transaction, partyIds: readonly string[]): Promise<void> {
    for (const partyId of partyIds) await this.imports.lockParty(tx, partyId);
  }

  async erase(
    tx: Transaction,
    partyIds: readonly string[],
    workIds: readonly string[],
  ): Promise<void> {
    await tx.manager.query(
      `DELETE FROM import_rows WHERE import_id IN
         (SELECT import_id FROM imports WHERE party_id = ANY($1))`,
      [partyIds],
    );
    await tx.manager.query(`DELETE FROM imports WHERE party_id = ANY($1)`, [partyIds]);
    await tx.manager.query(
      `UPDATE import_rows SET faults = NULL, warnings = NULL
       WHERE work_id = ANY($1) AND (faults IS NOT NULL OR warnings IS NOT NULL)`,
      [workIds],
    );
  }

  /** Every import of parties with the report of each row. */
  async describe(partyIds: readonly string[]): Promise<Record<string, unknown>> {
    const [row] = await this.database.reader.query(
      `SELECT coalesce(jsonb_agg(to_jsonb(i) || jsonb_build_object('rows',
         (SELECT coalesce(jsonb_agg(to_jsonb(r) - 'import_id' ORDER BY line), '[]')
          FROM import_rows r WHERE r.import_id = i.import_id)) ORDER BY import_id), '[]') AS imports
       FROM imports i WHERE party_id = ANY($1)`,
      [partyIds],
    );
    return row;
  }
}
