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
  works: Omit<WorkEntity, 'revision' | 'erasedAt'>[];
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

  /** Those of these works that are not in the catalogue now, with who registered them. */
  async listOutside(
    tx: Transaction,
    catalogueId: string,
    workIds: readonly string[],
  ): Promise<{ workId: string; registrantPartyId: string }[]> {
    return tx.manager.query(
      `SELECT work_id AS "workId", registrant_party_id AS "registrantPartyId"
       FROM works w WHERE work_id = ANY($1) AND NOT EXISTS (
         SELECT FROM catalogue_works cw
         WHERE cw.catalogue_id = $2 AND cw.work_id = w.work_id AND cw.removed_at IS NULL)`,
      [workIds, catalogueId],
    );
  }

  /** Whether the works are linked like this now. */
  async isLinked(
    tx: Transaction,
    link: { fromWorkId: string; toWorkId: string; kind: string },
  ): Promise<boolean> {
    return tx.manager.existsBy(WorkLinkEntity, { ...link, removedAt: IsNull() });
  }

  /** Whether one work leads to another by links that stand now; a work leads to itself. */
  async leadsTo(tx: Transaction, fromWorkId: string, toWorkId: string): Promise<boolean> {
    const [{ found }] = await tx.manager.query(
      `WITH RECURSIVE reached (work_id) AS (
         VALUES ($1::text)
         UNION
         SELECT l.to_work_id FROM work_links l JOIN reached r ON l.from_work_id = r.work_id
         WHERE l.removed_at IS NULL
       )
       SELECT EXISTS (SELECT FROM reached WHERE work_id = $2) AS found`,
      [fromWorkId, toWorkId],
    );
    return found;
  }

  /** The revision that the ETag of a work is made of; null for none. */
  async findRevision(tx: Transaction, workId: string): Promise<number | null> {
    const work = await tx.manager.findOneBy(WorkEntity, { workId });
    return work && work.revision;
  }

  /** Counts the revisions up of those of these works that the party registered. */
  async countUp(
    tx: Transaction,
    workIds: readonly string[],
    registrantPartyId: string,
  ): Promise<void> {
    await tx.manager.query(
      `UPDATE works SET revision = revision + 1
       WHERE work_id = ANY($1) AND registrant_party_id = $2`,
      [workIds, registrantPartyId],
    );
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
