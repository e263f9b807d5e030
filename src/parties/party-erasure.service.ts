import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import type { Transaction } from '#platform';
import { LogAppender } from '#transparency';
import type { Mandate } from './domain/mandate.js';
import { mandateLeaf } from './mandate-leaf.js';
import { MandatesRepository } from './mandates.repository.js';
import { MANDATE_REVOKED, type MandateDecided } from './parties.events.js';
import { PartyErasureRepository } from './party-erasure.repository.js';

/** The part of an erasure that parties do themselves. */
@Injectable()
export class PartyErasure {
  constructor(
    readonly rows: PartyErasureRepository,
    private readonly mandates: MandatesRepository,
    private readonly log: LogAppender,
    private readonly clock: Clock,
  ) {}

  /**
   * Revokes mandates that {@link PartyErasureRepository.lockMandates} has locked. Only the end of a
   * confirmed one is news to the log.
   */
  async revoke(tx: Transaction, mandates: readonly Mandate[]): Promise<void> {
    const revokedAt = this.clock.now();
    for (const before of mandates) {
      const after: Mandate = { ...before, state: 'revoked', revokedAt };
      await this.mandates.saveStep(tx, after);
      if (before.state !== 'confirmed') continue;
      const { mandateId, principalPartyId, representativePartyId } = after;
      const isSociety = await this.mandates.isSociety(tx, representativePartyId);
      await this.log.append(tx, [mandateLeaf(after, isSociety)]);
      const news: MandateDecided = { mandateId, principalPartyId, representativePartyId };
      tx.emit(MANDATE_REVOKED, news);
    }
  }
}
