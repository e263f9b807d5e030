import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';

/** An account that can be erased, with the words by which other rows may name it. */
export interface ErasableAccount {
  readonly accountId: string;
  readonly displayName: string;
  readonly isOperator: boolean;
}

/** What an erasure does to accounts, sessions and keys: the id stays, for other rows name it. */
@Injectable()
export class AccountErasureRepository {
  constructor(private readonly database: Database) {}

  /**
   * Locks those of these accounts that are not erased, in the order of their ids. Nobody opens a
   * session or registers a party with them until the commit.
   */
  lock(tx: Transaction, accountIds: readonly string[]): Promise<ErasableAccount[]> {
    return tx.manager.query(
      `SELECT account_id AS "accountId", display_name AS "displayName",
         'operator' = ANY (roles) AS "isOperator"
       FROM accounts WHERE account_id = ANY($1) AND erased_at IS NULL
       ORDER BY account_id FOR UPDATE`,
      [accountIds],
    );
  }

  async erase(tx: Transaction, accountIds: readonly string[], at: Date): Promise<void> {
    await tx.manager.query(`DELETE FROM sessions WHERE account_id = ANY($1)`, [accountIds]);
    await tx.manager.query(`DELETE FROM api_keys WHERE account_id = ANY($1)`, [accountIds]);
    await tx.manager.query(
      `UPDATE accounts SET email = '', email_key = account_id, password_hash = '',
         display_name = 'erased', roles = '{}', disabled_at = coalesce(disabled_at, $2),
         erased_at = $2
       WHERE account_id = ANY($1) AND erased_at IS NULL`,
      [accountIds, at],
    );
  }

  /** All accounts that were erased, by id. */
  async listErased(): Promise<{ id: string; erasedAt: Date }[]> {
    return this.database.reader.query(
      `SELECT account_id AS id, erased_at AS "erasedAt" FROM accounts
       WHERE erased_at IS NOT NULL ORDER BY account_id`,
    );
  }

  /** Everything kept of an account but what only proves a secret. */
  async describe(accountId: string): Promise<Record<string, unknown>> {
    const [row] = await this.database.reader.query(
      `SELECT to_jsonb(a) - 'password_hash' - 'email_key' AS account,
         (SELECT coalesce(jsonb_agg(to_jsonb(s) - 'token_hash' ORDER BY session_id), '[]')
          FROM sessions s WHERE s.account_id = a.account_id) AS sessions,
         (SELECT coalesce(jsonb_agg(to_jsonb(k) - 'secret_hash' ORDER BY api_key_id), '[]')
          FROM api_keys k WHERE k.account_id = a.account_id) AS api_keys
       FROM accounts a WHERE account_id = $1`,
      [accountId],
    );
    return row;
  }
}
