import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { Database } from '#platform';
import type { Role } from './domain/scopes.js';
import { AccountEntity } from './entities/account.entity.js';

@Injectable()
export class AccountsRepository {
  constructor(private readonly database: Database) {}

  findByEmailKey(emailKey: string): Promise<AccountEntity | null> {
    return this.database.reader.findOneBy(AccountEntity, { emailKey });
  }

  find(accountId: string): Promise<AccountEntity | null> {
    return this.database.reader.findOneBy(AccountEntity, { accountId });
  }

  /**
   * Inserts a new account; false if another has the e-mail key. ON CONFLICT instead of a caught
   * error, because an error would spoil the transaction of the idempotency record around it.
   */
  async insert(tx: Transaction, account: AccountEntity): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      `INSERT INTO accounts (account_id, email, email_key, password_hash, display_name, roles,
         created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (email_key) DO NOTHING RETURNING account_id`,
      [
        account.accountId,
        account.email,
        account.emailKey,
        account.passwordHash,
        account.displayName,
        account.roles,
        account.createdAt,
      ],
    );
    return rows.length === 1;
  }

  async setPasswordHash(tx: Transaction, accountId: string, passwordHash: string): Promise<void> {
    await tx.manager.update(AccountEntity, { accountId }, { passwordHash });
  }

  async setDisabled(tx: Transaction, accountId: string, disabledAt: Date): Promise<boolean> {
    const { affected } = await tx.manager
      .createQueryBuilder()
      .update(AccountEntity)
      .set({ disabledAt })
      .where('account_id = :accountId AND disabled_at IS NULL', { accountId })
      .execute();
    return affected === 1;
  }

  /** Adds a role if the account lacks it. Returns the account's id, or null if there is none. */
  async addRole(tx: Transaction, emailKey: string, role: Role): Promise<string | null> {
    const [rows]: [{ account_id: string }[], number] = await tx.manager.query(
      `UPDATE accounts
       SET roles = CASE WHEN $2 = ANY(roles) THEN roles ELSE array_append(roles, $2) END
       WHERE email_key = $1 RETURNING account_id`,
      [emailKey, role],
    );
    return rows[0]?.account_id ?? null;
  }
}
