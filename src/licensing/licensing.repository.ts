import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Transaction } from '#platform';
import { LicenceEntity } from './entities/licence.entity.js';
import { LicenceWorkEntity } from './entities/licence-work.entity.js';

@Injectable()
export class LicensingRepository {
  async insert(tx: Transaction, licence: LicenceEntity, workIds: readonly string[]): Promise<void> {
    const { licenceId, granteePartyId } = licence;
    await tx.manager.insert(LicenceEntity, licence as never);
    await tx.manager.insert(
      LicenceWorkEntity,
      workIds.map((workId) => ({ granteePartyId, workId, licenceId })),
    );
  }

  /** Ends a licence now; false when it was ended before. */
  async revoke(tx: Transaction, licenceId: string, revokedAt: Date): Promise<boolean> {
    const done = await tx.manager.update(
      LicenceEntity,
      { licenceId, revokedAt: IsNull() },
      { revokedAt },
    );
    return done.affected === 1;
  }
}
