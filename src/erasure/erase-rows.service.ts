import { Injectable } from '@nestjs/common';
import { AccountErasure } from '#accounts';
import { BulkErasure } from '#bulk';
import { HoldingErasure } from '#changes';
import { ClaimErasure } from '#claims';
import { ConsentErasure } from '#consent';
import { ImportErasure } from '#imports';
import { LicenceErasure } from '#licensing';
import { ProjectionBuilder } from '#lookup';
import { NoticeErasure } from '#notices';
import { PartyErasure } from '#parties';
import { PasskeyErasure } from '#passkeys';
import { IdempotencyRecords, type Transaction } from '#platform';
import { PreservationErasure } from '#preservation';
import { LogAppender } from '#transparency';
import { WorkErasure } from '#works';
import type { Erasure } from './domain/index.js';
import { ErasingRepository } from './erasing.repository.js';

/**
 * Removes the words of an erasure from every table, in the caller's transaction. It appends no leaf and
 * may run again over whatever a backup brought back: what is erased already stays as it is.
 */
@Injectable()
export class EraseRows {
  constructor(
    private readonly erasing: ErasingRepository,
    private readonly records: IdempotencyRecords,
    private readonly log: LogAppender,
    private readonly accounts: AccountErasure,
    private readonly parties: PartyErasure,
    private readonly passkeys: PasskeyErasure,
    private readonly notices: NoticeErasure,
    private readonly works: WorkErasure,
    private readonly claims: ClaimErasure,
    private readonly consent: ConsentErasure,
    private readonly licences: LicenceErasure,
    private readonly imports: ImportErasure,
    private readonly bulk: BulkErasure,
    private readonly holdings: HoldingErasure,
    private readonly preservation: PreservationErasure,
    private readonly projection: ProjectionBuilder,
  ) {}

  /**
   * Forgets answers kept for repeated requests. They name their ids in a text, so a whole table is read:
   * do it before the log is held.
   */
  async forgetAnswers(tx: Transaction, ids: readonly string[]): Promise<void> {
    await this.erasing.takeTime(tx);
    await this.records.forgetNaming(tx, ids);
  }

  /** Lets imports and signatures end first that may hold what an erasure waits for. */
  async wait(tx: Transaction, gone: Pick<Erasure, 'accountIds' | 'partyIds'>): Promise<void> {
    await this.imports.wait(tx, gone.partyIds);
    await this.passkeys.rows.lock(tx, gone);
  }

  async apply(tx: Transaction, erasure: Erasure, names: readonly string[]): Promise<void> {
    const { accountIds, partyIds, workIds } = erasure;
    const at = new Date(erasure.at);
    await this.log.hold(tx);
    await this.parties.rows.shut(tx, partyIds);
    const withdrawn = new Set(workIds);
    const touched = [
      ...(await this.claims.rows.listWorksOf(partyIds, tx)),
      ...(await this.works.listRegistered(partyIds, tx)),
    ];
    const sharedWorkIds = [...new Set(touched)].filter((workId) => !withdrawn.has(workId));
    await this.erasing.begin(tx);
    await this.records.forgetClients(
      tx,
      accountIds.map((accountId) => `account:${accountId}`),
    );
    await this.claims.rows.blankEvidence(tx, partyIds, workIds);
    await this.consent.erase(tx, partyIds);
    await this.licences.end(tx, partyIds, at);
    await this.imports.erase(tx, partyIds, workIds);
    await this.bulk.erase(tx, accountIds);
    await this.holdings.erase(tx, { accountIds, workIds });
    await this.preservation.erase(tx, partyIds, workIds);
    await this.works.erase(tx, { workIds, partyIds, sharedWorkIds, names }, at);
    await this.passkeys.rows.erase(tx, { partyIds, accountIds });
    await this.notices.erase(tx, { partyIds, accountIds });
    await this.parties.rows.erase(tx, { partyIds, accountIds }, at);
    await this.accounts.erase(tx, accountIds, at);
    await this.projection.drop(tx, workIds);
    await this.erasing.end(tx);
    for (const workId of [...workIds, ...sharedWorkIds]) tx.emit('works:work:changed', { workId });
  }
}
