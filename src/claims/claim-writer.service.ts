import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { type LeafDraft, LogAppender } from '#transparency';
import { ClaimsRepository } from './claims.repository.js';
import type { Claim } from './domain/index.js';

/** Writes versions of claims with their leaves, one or thousands, in the caller's transaction. */
@Injectable()
export class ClaimWriter {
  constructor(
    private readonly claims: ClaimsRepository,
    private readonly log: LogAppender,
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
    const registrants = await this.claims.registrantsOf(tx, versions);
    const works = [...registrants.keys()];
    const claimants = await this.claims.listClaimants(tx, works);
    const told = (workId: string) => [registrants.get(workId)!, ...(claimants.get(workId) ?? [])];
    const { leafIndexes, recordedAt } = await this.log.append(
      tx,
      versions.map((claim) => leafOf(claim, told(claim.workId))),
    );
    const stored = versions.map((claim) =>
      claim.version === 1 ? { ...claim, madeAt: recordedAt } : claim,
    );
    await this.claims.insert(tx, stored, { recordedAt, leafIndexes });
    for (const { workId } of stored) tx.emit('claims:claim:changed', { workId });
    return stored;
  }
}

/**
 * The leaf of a claim's version. Evidence is text about people and stays outside. Who registered the
 * work or claims it too is told: somebody else's claim can turn an answer about it.
 */
function leafOf(claim: Claim, told: readonly string[]): LeafDraft {
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
    concerns: [...new Set([claim.partyId, ...told])],
  };
}
