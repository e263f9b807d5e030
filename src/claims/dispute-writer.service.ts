import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { type LeafDraft, LogAppender } from '#transparency';
import { DisputesRepository } from './disputes.repository.js';
import type { Dispute } from './domain/index.js';
import { TellHolders } from './tell-holders.service.js';

/** Writes versions of disputes with their leaves, in the caller's transaction, and tells all sides. */
@Injectable()
export class DisputeWriter {
  constructor(
    private readonly disputes: DisputesRepository,
    private readonly log: LogAppender,
    private readonly holders: TellHolders,
  ) {}

  async record(tx: Transaction, versions: readonly Dispute[]): Promise<void> {
    if (versions.length === 0) return;
    const place = await this.log.append(tx, versions.map(leafOf));
    await this.disputes.insert(tx, versions, place);
    await this.holders.tell(
      tx,
      versions.map(({ workId }, at) => ({ workId, leafIndex: place.leafIndexes[at]! })),
    );
    for (const { workId } of versions) tx.emit('claims:dispute:changed', { workId });
  }
}

/** The leaf of a dispute's version. Why it was opened or ended is text about people, and stays outside. */
function leafOf(dispute: Dispute): LeafDraft {
  return {
    type: 'dispute',
    stream: dispute.disputeId,
    content: {
      work: dispute.workId,
      layer: dispute.layer,
      claims: dispute.claimIds,
      openedBy: dispute.openedBy,
      state: dispute.state,
      how: dispute.how,
    },
    concerns: dispute.partyIds,
  };
}
