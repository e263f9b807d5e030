import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import type { Claim, Dispute } from './domain/index.js';
import { DisputeEntity } from './entities/dispute.entity.js';

/** The columns of a {@link Dispute}. */
export const DISPUTE_COLUMNS = `dispute_id AS "disputeId", version, work_id AS "workId", layer,
  claim_ids AS "claimIds", party_ids AS "partyIds", opened_by AS "openedBy", state, how, reason,
  made_by AS "madeBy"`;

@Injectable()
export class DisputesRepository {
  async insert(
    tx: Transaction,
    disputes: readonly Dispute[],
    place: { recordedAt: number; leafIndexes: readonly number[] },
  ): Promise<void> {
    const rows = disputes.map((dispute, at) => ({
      ...dispute,
      recordedAt: new Date(place.recordedAt),
      leafIndex: String(place.leafIndexes[at]),
    }));
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(DisputeEntity)
      .values(rows as never)
      .updateEntity(false)
      .execute();
  }

  /** The last version of a dispute. Hold the log first, or another may come before the next one. */
  async findCurrent(tx: Transaction, disputeId: string): Promise<Dispute | null> {
    const [row] = await tx.manager.query(
      `SELECT ${DISPUTE_COLUMNS} FROM disputes WHERE dispute_id = $1 ORDER BY version DESC LIMIT 1`,
      [disputeId],
    );
    return row ?? null;
  }

  /** The open disputes over these works, in order of id. */
  async listOpen(tx: Transaction, workIds: readonly string[]): Promise<Dispute[]> {
    return tx.manager.query(
      `SELECT ${DISPUTE_COLUMNS} FROM disputes d WHERE work_id = ANY($1) AND version = 1
         AND NOT EXISTS (SELECT FROM disputes e WHERE e.dispute_id = d.dispute_id AND e.version = 2)
       ORDER BY dispute_id`,
      [workIds],
    );
  }

  /**
   * The last dispute over one of these claims that this claim's party opened and that was dismissed,
   * unless an operator has weighed evidence for the party's claim since. Hold the log first.
   */
  async findDismissed(
    tx: Transaction,
    own: Pick<Claim, 'claimId' | 'partyId' | 'workId' | 'layer'>,
    claimIds: readonly string[],
  ): Promise<Dispute | null> {
    const [row] = await tx.manager.query(
      `SELECT ${DISPUTE_COLUMNS} FROM disputes d
       WHERE work_id = $1 AND layer = $2 AND opened_by = $3 AND how = 'dismissed'
         AND claim_ids && $4::text[]
         AND NOT EXISTS (SELECT FROM claims c WHERE c.claim_id = $5 AND c.method = 'operator'
           AND c.leaf_index > d.leaf_index)
       ORDER BY leaf_index DESC LIMIT 1`,
      [own.workId, own.layer, own.partyId, claimIds, own.claimId],
    );
    return row ?? null;
  }
}
