import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { PreservationQuery } from './preservation.query.js';
import { PreservationRepository } from './preservation.repository.js';

/** The part of an erasure, and of an export, that preservation does itself. */
@Injectable()
export class PreservationErasure {
  constructor(
    private readonly repository: PreservationRepository,
    private readonly query: PreservationQuery,
  ) {}

  /** Run it in a transaction that says that it erases. */
  async erase(
    tx: Transaction,
    partyIds: readonly string[],
    workIds: readonly string[],
  ): Promise<void> {
    await this.repository.erase(tx, partyIds, workIds);
  }

  describe(partyIds: readonly string[]): Promise<Record<string, unknown>> {
    return this.query.describe(partyIds);
  }
}
