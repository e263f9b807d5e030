import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import type { Step } from './domain/index.js';
import { TriggerStepEntity } from './entities/trigger-step.entity.js';

/** Archives whose identity an operator has proven. */
export const ARCHIVE_LEVEL = 3;

@Injectable()
export class PreservationRepository {
  /** True when it was not held before. */
  async addCustody(
    tx: Transaction,
    custody: { partyId: string; workId: string; declaredBy: string; declaredAt: Date },
  ): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      `INSERT INTO custodies (party_id, work_id, declared_by, declared_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING work_id`,
      [custody.partyId, custody.workId, custody.declaredBy, custody.declaredAt],
    );
    return rows.length > 0;
  }

  async endCustody(tx: Transaction, partyId: string, workId: string): Promise<void> {
    await tx.manager.query(`DELETE FROM custodies WHERE party_id = $1 AND work_id = $2`, [
      partyId,
      workId,
    ]);
  }

  /** The registered archives that hold the work. */
  async listHolders(tx: Transaction, workId: string): Promise<Set<string>> {
    const rows: { party_id: string }[] = await tx.manager.query(
      `SELECT h.party_id FROM custodies h JOIN parties p USING (party_id)
       WHERE h.work_id = $1 AND p.kind = 'archive' AND p.erased_at IS NULL
         AND EXISTS (SELECT FROM party_verifications v WHERE v.party_id = h.party_id
           AND v.state = 'verified' AND v.level >= ${ARCHIVE_LEVEL})`,
      [workId],
    );
    return new Set(rows.map((row) => row.party_id));
  }

  async isRegisteredArchive(tx: Transaction, partyId: string): Promise<boolean> {
    const [row] = await tx.manager.query(
      `SELECT FROM parties p WHERE party_id = $1 AND kind = 'archive' AND erased_at IS NULL
         AND EXISTS (SELECT FROM party_verifications v WHERE v.party_id = p.party_id
           AND v.state = 'verified' AND v.level >= ${ARCHIVE_LEVEL})`,
      [partyId],
    );
    return row !== undefined;
  }

  /** The steps of a trigger in order. Hold the log first. */
  async listSteps(tx: Transaction, workId: string, kind: string): Promise<Step[]> {
    return tx.manager.query(
      `SELECT state, party_id AS "partyId", months,
         (extract(epoch FROM in_effect_at) * 1000)::float8 AS "inEffectAt"
       FROM trigger_steps WHERE work_id = $1 AND kind = $2 ORDER BY step`,
      [workId, kind],
    );
  }

  async insertSteps(tx: Transaction, steps: readonly Partial<TriggerStepEntity>[]): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(TriggerStepEntity)
      .values(steps as never)
      .updateEntity(false)
      .execute();
  }

  /** Forgets what erased parties hold, and where they, or others about erased works, laid evidence. */
  async erase(
    tx: Transaction,
    partyIds: readonly string[],
    workIds: readonly string[],
  ): Promise<void> {
    await tx.manager.query(`DELETE FROM custodies WHERE party_id = ANY($1) OR work_id = ANY($2)`, [
      partyIds,
      workIds,
    ]);
    await tx.manager.query(
      `UPDATE trigger_steps SET evidence_url = NULL, evidence_digest = NULL
       WHERE (evidence_url IS NOT NULL OR evidence_digest IS NOT NULL)
         AND (party_id = ANY($1) OR work_id = ANY($2))`,
      [partyIds, workIds],
    );
  }
}
