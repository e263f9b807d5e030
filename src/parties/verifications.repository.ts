import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import { PartyVerificationEntity } from './entities/party-verification.entity.js';

/** Writes and loads of verifications. */
@Injectable()
export class VerificationsRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Transaction, verification: PartyVerificationEntity): Promise<void> {
    await tx.manager.insert(PartyVerificationEntity, verification);
  }

  /** A verification of a party of which the account is a member. */
  async findOwn(
    accountId: string,
    verificationId: string,
  ): Promise<PartyVerificationEntity | null> {
    return this.database.reader
      .createQueryBuilder(PartyVerificationEntity, 'v')
      .where('v.verificationId = :verificationId', { verificationId })
      .andWhere(
        `EXISTS (SELECT FROM party_members m WHERE m.party_id = v.party_id
           AND m.account_id = :accountId)`,
        { accountId },
      )
      .getOne();
  }

  find(verificationId: string): Promise<PartyVerificationEntity | null> {
    return this.database.reader.findOneBy(PartyVerificationEntity, { verificationId });
  }

  /** The same verification as it is now, locked until the commit. */
  async lock(tx: Transaction, verificationId: string): Promise<PartyVerificationEntity | null> {
    return tx.manager.findOne(PartyVerificationEntity, {
      where: { verificationId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async save(tx: Transaction, verification: PartyVerificationEntity): Promise<void> {
    const { verificationId, ...columns } = verification;
    await tx.manager.update(PartyVerificationEntity, { verificationId }, columns);
  }

  /** How many of the party's verifications, asked for after `since`, still wait for their proof. */
  async countPending(tx: Transaction, partyId: string, since: Date): Promise<number> {
    const [{ pending }]: [{ pending: number }] = await tx.manager.query(
      `SELECT count(*)::int AS pending FROM party_verifications
       WHERE party_id = $1 AND state = 'pending' AND created_at > $2`,
      [partyId, since],
    );
    return pending;
  }

  /** All verifications of a party in the order of their making; one more than the limit. */
  listOf(
    partyId: string,
    page: { after: string; limit: number },
  ): Promise<PartyVerificationEntity[]> {
    return this.database.reader
      .createQueryBuilder(PartyVerificationEntity, 'v')
      .where('v.partyId = :partyId AND v.verificationId > :after', { partyId, after: page.after })
      .orderBy('v.verificationId')
      .limit(page.limit + 1)
      .getMany();
  }
}
