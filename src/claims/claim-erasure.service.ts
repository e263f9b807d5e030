import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { ClaimErasureRepository } from './claim-erasure.repository.js';
import { ClaimWriter } from './claim-writer.service.js';
import { nextVersion } from './domain/index.js';

const BATCH = 2_000;

/** The part of an erasure that claims do themselves. */
@Injectable()
export class ClaimErasure {
  constructor(
    readonly rows: ClaimErasureRepository,
    private readonly writer: ClaimWriter,
  ) {}

  /**
   * Withdraws every standing claim of these parties, and what others claim under their mandates: a
   * next version and a leaf each, as any withdrawal. Hold the log first. Returns how many.
   */
  async withdraw(tx: Transaction, partyIds: readonly string[], madeBy: string): Promise<number> {
    let withdrawn = 0;
    const read = (after: string) => this.rows.listFalling(tx, partyIds, after, BATCH);
    for (let batch = await read(''); batch.length > 0; batch = await read(batch.at(-1)!.claimId)) {
      const change = { state: 'withdrawn', evidence: null, madeBy } as const;
      await this.writer.record(
        tx,
        batch.flatMap((claim) => nextVersion(claim, change) ?? []),
      );
      withdrawn += batch.length;
    }
    return withdrawn;
  }
}
