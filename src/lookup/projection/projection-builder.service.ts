import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import { encodeStanding } from '../domain/standing.js';
import { ProjectionRepository } from './projection.repository.js';
import type { RunSql } from './run-sql.js';
import { loadStandings } from './standings.query.js';

/** Works whose facts are held in memory at a time. */
const BATCH_WORKS = 5_000;

/** Later than anything recorded: the present has no end. */
const NOW_AND_LATER = new Date('9999-12-31T00:00:00Z');

/**
 * Keeps `lookup_entries` and `lookup_standings` what they would be if they were made from zero.
 * It works inside the transaction that changed a work, a claim, a dispute, a trigger or a declaration about one work:
 * a lookup sees the change and its projection together, or neither.
 *
 * A declaration about everything a party holds, or about a catalogue, changes no row here.
 */
@Injectable()
export class ProjectionBuilder {
  constructor(
    private readonly database: Database,
    private readonly projection: ProjectionRepository,
  ) {
    const ofWork = (payload: unknown) => [(payload as { workId: string }).workId];
    this.listen('works:work:changed', ofWork);
    this.listen('claims:claim:changed', ofWork);
    this.listen('claims:dispute:changed', ofWork);
    this.listen('preservation:trigger:changed', ofWork);
    this.listen('consent:declaration:appended', (payload) => {
      const { subjectKind, subjectId } = payload as { subjectKind: string; subjectId: string };
      return subjectKind === 'work' || subjectKind === 'release' ? [subjectId] : [];
    });
  }

  /**
   * Makes the whole projection anew while lookups and writes go on: each batch of works in a
   * transaction of its own, so memory and locks stay bounded. Returns how many works it held.
   */
  async rebuild(onProgress: (works: number) => void = () => undefined): Promise<number> {
    let works = 0;
    let after = '';
    for (;;) {
      const batch = await this.database.transaction(async (tx) => {
        await this.projection.lockLog(tx);
        const workIds = await this.projection.listAfter(tx, after, BATCH_WORKS);
        await this.project(tx, workIds);
        return workIds;
      });
      if (batch.length === 0) break;
      after = batch.at(-1)!;
      works += batch.length;
      onProgress(works);
    }
    await this.database.transaction(async (tx) => {
      await this.projection.lockLog(tx);
      await this.projection.dropUnusedStandings(tx);
    });
    return works;
  }

  /** Takes erased works out of the projection; nothing that they had is left to project. */
  async drop(tx: Transaction, workIds: readonly string[]): Promise<void> {
    await this.projection.dropEntries(tx, workIds);
  }

  private listen(tag: string, workIdsOf: (payload: unknown) => string[]): void {
    this.database.on(tag, async (tx, payloads) => {
      const workIds = [...new Set(payloads.flatMap(workIdsOf))];
      if (workIds.length === 0) return;
      await this.projection.lockLog(tx);
      const affected = await this.projection.listAffected(tx, workIds);
      for (let at = 0; at < affected.length; at += BATCH_WORKS) {
        await this.project(tx, affected.slice(at, at + BATCH_WORKS));
      }
    });
  }

  private async project(tx: Transaction, workIds: readonly string[]): Promise<void> {
    if (workIds.length === 0) return;
    const run: RunSql = (sql, parameters) => tx.manager.query(sql, [...parameters]);
    const standings = await loadStandings(run, workIds, NOW_AND_LATER);
    const found = [...standings.keys()];
    const encoded = found.map((workId) => encodeStanding(standings.get(workId)!));
    const standingIds = await this.projection.intern(tx, encoded);
    await this.projection.replaceEntries(tx, found, standingIds);
  }
}
