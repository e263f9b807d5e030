import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PartyAccess } from '#parties';
import { Database, type Transaction } from '#platform';
import { ClaimWriter } from './claim-writer.service.js';
import { ClaimsRepository } from './claims.repository.js';
import { type Claim, nextVersion } from './domain/index.js';

const BATCH = 2_000;

/**
 * Keeps claims in step with the parties they rest on, in the transaction that changes the party: a
 * proven party's claims rise to its level, and fall with it; a revoked mandate takes its claims along.
 */
@Injectable()
export class FollowParties implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyAccess,
    private readonly claims: ClaimsRepository,
    private readonly writer: ClaimWriter,
  ) {}

  onModuleInit(): void {
    this.database.on('parties:party:level-changed', async (tx, changes) => {
      for (const { partyId } of changes as { partyId: string }[]) {
        const level = (await this.parties.levelOf([partyId], tx)).get(partyId) ?? 0;
        await this.eachBatch(
          tx,
          (after) => this.claims.listFollowing(tx, partyId, after, BATCH),
          (claim) => nextVersion(claim, { level }),
        );
      }
    });
    this.database.on('parties:mandate:revoked', async (tx, changes) => {
      for (const { mandateId } of changes as { mandateId: string }[]) {
        await this.eachBatch(
          tx,
          (after) => this.claims.listUnderMandate(tx, mandateId, after, BATCH),
          (claim) => nextVersion(claim, { state: 'withdrawn' }),
        );
      }
    });
  }

  private async eachBatch(
    tx: Transaction,
    read: (after: string) => Promise<Claim[]>,
    next: (claim: Claim) => Claim | null,
  ): Promise<void> {
    await this.writer.hold(tx);
    for (let batch = await read(''); batch.length > 0; batch = await read(batch.at(-1)!.claimId)) {
      await this.writer.record(
        tx,
        batch.flatMap((claim) => next(claim) ?? []),
      );
    }
  }
}
