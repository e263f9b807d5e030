import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { type LeafDraft, LogAppender } from '#transparency';
import { ClaimsRepository } from './claims.repository.js';
import type { Claim } from './domain/index.js';
import { TellHolders } from './tell-holders.service.js';

/** Writes versions of claims with their leaves, one or thousands, in the caller's transaction. */
@Injectable()
export class ClaimWriter {
  constructor(
    private readonly claims: ClaimsRepository,
    private readonly log: LogAppender,
    private readonly holders: TellHolders,
  ) {}

  /** Keeps every other version waiting until the commit: what is read after it stays current. */
  async hold(tx: Transaction): Promise<void> {
    await this.log.hold(tx);
  }

  /**
   * Records new versions of claims. A first version is made when it is recorded: its `madeAt` is
   * the log's time. Returns them as they were stored.
   */
  async record(tx: Transaction, versions: readonly Claim[]): Promise<Claim[]> {
    if (versions.length === 0) return [];
    const { leafIndexes, recordedAt } = await this.log.append(tx, versions.map(leafOf));
    const stored = versions.map((claim) =>
      claim.version === 1 ? { ...claim, madeAt: recordedAt } : claim,
    );
    await this.claims.insert(tx, stored, { recordedAt, leafIndexes });
    await this.holders.tell(
      tx,
      stored.map(({ workId }, at) => ({ workId, leafIndex: leafIndexes[at]! })),
    );
    for (const claim of stored) {
      const { workId } = claim;
      tx.emit('claims:claim:changed', { workId });
      // A first version that excludes nobody begins no dispute and ends none.
      if (claim.version > 1 || (claim.exclusive && claim.level >= 2)) {
        tx.emit('claims:claim:weighed', { workId });
      }
    }
    return stored;
  }
}

/**
 * The leaf of a claim's version. Evidence is text about people and stays outside. Who else is told says
 * {@link TellHolders}: somebody else's claim can turn an answer about a work.
 */
function leafOf(claim: Claim): LeafDraft {
  return {
    type: 'claim',
    stream: claim.claimId,
    content: {
      party: claim.partyId,
      work: claim.workId,
      layer: claim.layer,
      role: claim.role,
      sharePpm: claim.sharePpm,
      territory: claim.territory,
      exclusive: claim.exclusive,
      level: claim.level,
      method: claim.method,
      state: claim.state,
      mandate: claim.mandateId,
      // A first version is made at its own time `t`.
      madeAt: claim.version === 1 ? null : claim.madeAt,
    },
    concerns: [claim.partyId],
  };
}
