import { Injectable } from '@nestjs/common';
import { Database, type PageRequest, type Transaction } from '#platform';
import { ApiKeyEntity } from './entities/api-key.entity.js';

@Injectable()
export class ApiKeysRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Transaction, key: ApiKeyEntity): Promise<void> {
    await tx.manager.insert(ApiKeyEntity, key);
  }

  /** How many keys of the account are not revoked, expired ones among them. */
  async countKept(tx: Transaction, accountId: string): Promise<number> {
    const [{ kept }]: [{ kept: number }] = await tx.manager.query(
      `SELECT count(*)::int AS kept FROM api_keys WHERE account_id = $1 AND revoked_at IS NULL`,
      [accountId],
    );
    return kept;
  }

  /** The keys of an account that are not revoked, oldest first; one more than the limit. */
  listKept(accountId: string, page: PageRequest): Promise<ApiKeyEntity[]> {
    return this.database.reader
      .createQueryBuilder(ApiKeyEntity, 'key')
      .where('key.accountId = :accountId AND key.apiKeyId > :after AND key.revokedAt IS NULL', {
        accountId,
        after: page.after,
      })
      .orderBy('key.apiKeyId')
      .limit(page.limit + 1)
      .getMany();
  }

  /** Revokes one key of the account; false if the account has no such key. */
  async revoke(
    tx: Transaction,
    key: { accountId: string; apiKeyId: string },
    at: Date,
  ): Promise<boolean> {
    const [, count]: [unknown, number] = await tx.manager.query(
      `UPDATE api_keys SET revoked_at = $3
       WHERE api_key_id = $1 AND account_id = $2 AND revoked_at IS NULL`,
      [key.apiKeyId, key.accountId, at],
    );
    return count === 1;
  }
}
