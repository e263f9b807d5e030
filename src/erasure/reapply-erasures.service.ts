import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { AccountErasure } from '#accounts';
import { newId } from '#kernel';
import { PartyErasure } from '#parties';
import { Database, JobWorker } from '#platform';
import { LogAppender } from '#transparency';
import { WorkErasure } from '#works';
import type { Erasure, JournaledErasure } from './domain/index.js';
import { EraseRows } from './erase-rows.service.js';
import { ErasureJournal } from './erasure-journal.service.js';
import { ErasureService } from './erasure.service.js';

/**
 * Holds the database against the journal at every start, before anything is served. An older backup
 * may have brought people back, or a crash may have come between the journal and the commit.
 */
@Injectable()
export class ReapplyErasures implements OnModuleInit, OnApplicationBootstrap {
  private readonly logger = new Logger('erasure');
  private reapplied: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly journal: ErasureJournal,
    private readonly erasures: ErasureService,
    private readonly rows: EraseRows,
    private readonly accounts: AccountErasure,
    private readonly parties: PartyErasure,
    private readonly works: WorkErasure,
    private readonly log: LogAppender,
    private readonly worker: JobWorker,
  ) {}

  /** Jobs start before we do, and would tell those whom a backup brought back. */
  onModuleInit(): void {
    this.worker.before(() => this.once());
  }

  onApplicationBootstrap(): Promise<void> {
    return this.once();
  }

  private once(): Promise<void> {
    this.reapplied ??= this.reapplyAll();
    return this.reapplied;
  }

  private async reapplyAll(): Promise<void> {
    const journaled = await this.readMended();
    for (const erasure of journaled) await this.reapply(erasure);
    await this.adopt(journaled);
  }

  /** With the head held, because another server may be writing a line just now. */
  private async readMended(): Promise<readonly JournaledErasure[]> {
    return this.database.transaction(async (tx) => {
      await this.log.hold(tx);
      await this.journal.mend();
      return this.journal.read();
    });
  }

  private async reapply(erasure: JournaledErasure): Promise<void> {
    if (erasure.isDone) {
      if (await this.eraseAgain(erasure)) {
        this.logger.warn(`${erasure.erasureId} was brought back and is erased again`);
      }
      return;
    }
    const finished = await this.erasures.finish(erasure);
    if (finished) this.logger.warn(`${erasure.erasureId} was cut short and is finished`);
    // In a database that never knew them it stays open for the one that did.
    if (finished || (await this.isErasedHere(erasure)))
      await this.journal.finish(erasure.erasureId);
  }

  /**
   * Removes what a backup brought back. Appends nothing: the leaves that say so were signed once and
   * are missing here, and what is missing at the end of the log is restored, never written anew.
   */
  private async eraseAgain(erasure: Erasure): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const accounts = await this.accounts.lock(tx, erasure.accountIds);
      const parties = await this.parties.rows.lock(tx, erasure.partyIds);
      if (accounts.length + parties.length === 0) return false;
      const { accountIds, partyIds, workIds } = erasure;
      await this.rows.wait(tx, erasure);
      await this.rows.forgetAnswers(tx, [...accountIds, ...partyIds, ...workIds]);
      const names = [...accounts, ...parties].map((one) => one.displayName);
      await this.rows.apply(tx, erasure, names);
      return true;
    });
  }

  private async isErasedHere({ accountIds, partyIds }: Erasure): Promise<boolean> {
    const ids = new Set([...accountIds, ...partyIds]);
    const erased = [
      ...(await this.accounts.listErased()),
      ...(await this.parties.rows.listErased()),
    ];
    return erased.some(({ id }) => ids.has(id));
  }

  /**
   * Writes down what the database has erased and the journal does not know, for example after the
   * folder was lost: the next backup to be restored may be older.
   */
  private async adopt(journaled: readonly JournaledErasure[]): Promise<void> {
    const known = new Set(journaled.flatMap((one) => [...one.accountIds, ...one.partyIds]));
    const knownWorks = new Set(journaled.flatMap((one) => one.workIds));
    const accounts = (await this.accounts.listErased()).filter(({ id }) => !known.has(id));
    const parties = (await this.parties.rows.listErased()).filter(({ id }) => !known.has(id));
    const works = (await this.works.listErased()).filter(({ id }) => !knownWorks.has(id));
    const found = [...accounts, ...parties, ...works];
    if (found.length === 0) return;
    const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
    const erasure: Erasure = {
      erasureId: newId('erasure'),
      at: Math.min(...found.map((one) => one.erasedAt.getTime())),
      reason: 'found',
      accountIds: idsOf(accounts),
      partyIds: idsOf(parties),
      workIds: idsOf(works),
    };
    this.logger.warn(`${this.journal.path} lacked ${found.length} that are erased; written down`);
    await this.database.transaction(async (tx) => {
      await this.log.hold(tx);
      await this.journal.intend(erasure);
    });
    await this.journal.finish(erasure.erasureId);
  }
}
