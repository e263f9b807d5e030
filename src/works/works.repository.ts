import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Transaction } from '#platform';
import { identifierCommitment } from '#transparency';
import { CatalogueEntity } from './entities/catalogue.entity.js';
import { CatalogueWorkEntity } from './entities/catalogue-work.entity.js';
import { WorkContributorEntity } from './entities/work-contributor.entity.js';
import { WorkEntity } from './entities/work.entity.js';
import { WorkIdentifierEntity } from './entities/work-identifier.entity.js';
import { WorkLinkEntity } from './entities/work-link.entity.js';

/** The rows of new works, ready to be stored. */
export interface WorkRows {
  works: Omit<WorkEntity, 'revision'>[];
  contributors: WorkContributorEntity[];
  identifiers: Omit<WorkIdentifierEntity, 'removedAt' | 'confidencePpm'>[];
  links: Omit<WorkLinkEntity, 'removedAt'>[];
  catalogueWorks: Omit<CatalogueWorkEntity, 'removedAt'>[];
}

/** PostgreSQL takes 65,535 parameters in a statement; the widest row here has nine. */
const ROWS_PER_STATEMENT = 5_000;

@Injectable()
export class WorksRepository {
  async insert(tx: Transaction, rows: Partial<WorkRows>): Promise<void> {
    await this.insertAll(tx, WorkEntity, rows.works);
    await this.insertAll(tx, WorkContributorEntity, rows.contributors);
    await this.insertAll(tx, WorkIdentifierEntity, rows.identifiers);
    await this.insertAll(tx, WorkLinkEntity, rows.links);
    await this.insertAll(tx, CatalogueWorkEntity, rows.catalogueWorks);
  }

  async insertCatalogue(tx: Transaction, catalogue: CatalogueEntity): Promise<boolean> {
    const done = await tx.manager
      .createQueryBuilder()
      .insert()
      .into(CatalogueEntity)
      .values(catalogue)
      .orIgnore()
      .returning('catalogue_id')
      .execute();
    return (done.raw as unknown[]).length === 1;
  }

  /** The work, locked until the transaction ends, so that its stream has one writer at a time. */
  async lock(tx: Transaction, workId: string): Promise<WorkEntity | null> {
    return tx.manager
      .createQueryBuilder(WorkEntity, 'work')
      .where('work.workId = :workId', { workId })
      .setLock('pessimistic_write')
      .getOne();
  }

  /** Locks these works in the order of their ids and returns those that are not in the catalogue. */
  async lockWorksOutside(
    tx: Transaction,
    catalogueId: string,
    workIds: readonly string[],
  ): Promise<string[]> {
    await tx.manager.query(
      `SELECT FROM works WHERE work_id = ANY($1) ORDER BY work_id FOR UPDATE`,
      [workIds],
    );
    const rows = await tx.manager.query(
      `SELECT work_id FROM works w WHERE work_id = ANY($1) AND NOT EXISTS (
         SELECT FROM catalogue_works cw
         WHERE cw.catalogue_id = $2 AND cw.work_id = w.work_id AND cw.removed_at IS NULL)`,
      [workIds, catalogueId],
    );
    return rows.map((row: { work_id: string }) => row.work_id);
  }

  /** Changes the describing columns if the revision is still `revision`; false when it is not. */
  async revise(
    tx: Transaction,
    workId: string,
    revision: number,
    change: Partial<Pick<WorkEntity, 'title' | 'language' | 'releasedOn'>>,
  ): Promise<boolean> {
    const done = await tx.manager
      .createQueryBuilder()
      .update(WorkEntity)
      .set({ ...change, revision: revision + 1 })
      .where({ workId, revision })
      .execute();
    return done.affected === 1;
  }

  async replaceContributors(
    tx: Transaction,
    workId: string,
    contributors: WorkContributorEntity[],
  ): Promise<void> {
    await tx.manager.delete(WorkContributorEntity, { workId });
    await this.insertAll(tx, WorkContributorEntity, contributors);
  }

  /** Ends a row's validity at `removedAt`; false when no such row is open. Nothing is deleted. */
  async closeIdentifier(
    tx: Transaction,
    at: { workId: string; scheme: string; value: string; removedAt: Date },
  ): Promise<boolean> {
    return this.close(
      tx,
      `UPDATE work_identifiers SET removed_at = $1
       WHERE work_id = $2 AND scheme = $3 AND value = $4 AND removed_at IS NULL`,
      [at.removedAt, at.workId, at.scheme, at.value],
    );
  }

  /** The commitment in the log to an identifier that the work has now, hex; null when it has none. */
  async findCommitment(
    tx: Transaction,
    at: { workId: string; scheme: string; value: string },
  ): Promise<string | null> {
    const row = await tx.manager.findOneBy(WorkIdentifierEntity, { ...at, removedAt: IsNull() });
    return row && identifierCommitment(row.salt, row.scheme, row.value).toString('hex');
  }

  async closeLink(
    tx: Transaction,
    at: { fromWorkId: string; toWorkId: string; kind: string; removedAt: Date },
  ): Promise<boolean> {
    return this.close(
      tx,
      `UPDATE work_links SET removed_at = $1
       WHERE from_work_id = $2 AND to_work_id = $3 AND kind = $4 AND removed_at IS NULL`,
      [at.removedAt, at.fromWorkId, at.toWorkId, at.kind],
    );
  }

  async closeCatalogueWork(
    tx: Transaction,
    at: { catalogueId: string; workId: string; removedAt: Date },
  ): Promise<boolean> {
    return this.close(
      tx,
      `UPDATE catalogue_works SET removed_at = $1
       WHERE catalogue_id = $2 AND work_id = $3 AND removed_at IS NULL`,
      [at.removedAt, at.catalogueId, at.workId],
    );
  }

  private async close(tx: Transaction, sql: string, parameters: unknown[]): Promise<boolean> {
    const [, affected] = (await tx.manager.query(sql, parameters)) as [unknown, number];
    return affected > 0;
  }

  private async insertAll<T extends object>(
    tx: Transaction,
    entity: new () => T,
    rows: readonly object[] | undefined,
  ): Promise<void> {
    for (let at = 0; at < (rows?.length ?? 0); at += ROWS_PER_STATEMENT) {
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(entity)
        .values(rows!.slice(at, at + ROWS_PER_STATEMENT) as never)
        .updateEntity(false)
        .execute();
    }
  }
}
