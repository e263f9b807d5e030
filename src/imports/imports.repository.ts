import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { ImportEntity } from './entities/import.entity.js';
import { ImportRowEntity } from './entities/import-row.entity.js';

/** PostgreSQL takes 65,535 parameters in a statement; a row has six columns. */
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
    await this.insertAll(tx, ImportEntity, [entry]);
    await this.insertAll(tx, ImportRowEntity, rows);
  }

  private async insertAll<T extends object>(
    tx: Transaction,
    entity: new () => T,
    rows: readonly T[],
  ): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(entity)
        .values(rows.slice(at, at + ROWS_PER_STATEMENT) as never)
        .updateEntity(false)
        .execute();
    }
  }
}
