import { Injectable, type OnModuleInit } from '@nestjs/common';
import { newId } from '#kernel';
import { Database, type Transaction } from '#platform';
import { ClaimWriter } from './claim-writer.service.js';
import { ClaimsRepository } from './claims.repository.js';
import { DisputeWriter } from './dispute-writer.service.js';
import { DisputesRepository } from './disputes.repository.js';
import { anyOpposed, collisionsOf, openedOver, resolvedBy } from './domain/index.js';

const BATCH = 5_000;

/** Who makes what the registry does by itself. */
const REGISTRY = 'registry';

/**
 * Keeps disputes in step with claims, in the transaction that changes a claim: two verified exclusive
 * ones that meet get a dispute with an id, which receipts can name; one whose sides no longer oppose
 * each other, because a claim was withdrawn or is not proven any more, lapses.
 */
@Injectable()
export class WatchDisputes implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly claims: ClaimsRepository,
    private readonly claimWriter: ClaimWriter,
    private readonly disputes: DisputesRepository,
    private readonly writer: DisputeWriter,
  ) {}

  onModuleInit(): void {
    this.database.on('claims:claim:weighed', async (tx, payloads) => {
      const changes = payloads as { workId: string }[];
      const workIds = [...new Set(changes.map((one) => one.workId))];
      for (let at = 0; at < workIds.length; at += BATCH) {
        await this.settle(tx, workIds.slice(at, at + BATCH));
      }
    });
  }

  private async settle(tx: Transaction, workIds: readonly string[]): Promise<void> {
    await this.claimWriter.hold(tx);
    const open = await this.disputes.listOpen(tx, workIds);
    const touched = new Map(
      (
        await this.claims.listCurrent(
          tx,
          open.flatMap((one) => one.claimIds),
        )
      ).map((claim) => [claim.claimId, claim]),
    );
    const isOver = (one: { claimIds: readonly string[] }) =>
      !anyOpposed(one.claimIds.flatMap((claimId) => touched.get(claimId) ?? []));
    const ending = { how: 'lapsed', reason: null, madeBy: REGISTRY } as const;
    const lapsed = open.filter(isOver);
    const begun = collisionsOf(await this.claims.listRivals(tx, workIds))
      .filter(
        (claims) =>
          !open.some(
            (one) =>
              !lapsed.includes(one) &&
              claims.every(({ claimId }) => one.claimIds.includes(claimId)),
          ),
      )
      .map((claims) =>
        openedOver(claims, {
          disputeId: newId('dispute'),
          ...{ openedBy: null, reason: null, madeBy: REGISTRY },
        }),
      );
    await this.writer.record(tx, [...lapsed.map((one) => resolvedBy(one, ending)), ...begun]);
  }
}
