import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { LEVEL_CHANGED, type LevelChanged } from './parties.events.js';
import { PartiesRepository } from './parties.repository.js';
import { PartyAccess, partyNotFound } from './party-access.service.js';

/** Watches over a party's level while its verifications change. */
@Injectable()
export class PartyLevels {
  constructor(
    private readonly parties: PartiesRepository,
    private readonly access: PartyAccess,
  ) {}

  /**
   * Runs a change of the party's verifications and tells the listeners if its level is another
   * afterwards. The party is locked first: of two changes at once the second one sees the first.
   */
  async during<T>(tx: Transaction, partyId: string, change: () => Promise<T>): Promise<T> {
    if (!(await this.parties.lock(tx, partyId))) throw partyNotFound();
    const before = await this.levelNow(tx, partyId);
    const result = await change();
    const level = await this.levelNow(tx, partyId);
    if (level !== before) {
      tx.emit(LEVEL_CHANGED, { partyId, level } satisfies LevelChanged);
    }
    return result;
  }

  private async levelNow(tx: Transaction, partyId: string) {
    return (await this.access.levelOf([partyId], tx)).get(partyId)!;
  }
}
