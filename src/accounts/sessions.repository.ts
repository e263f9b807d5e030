import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import type { SessionEntity } from './entities/session.entity.js';

@Injectable()
export class SessionsRepository {
  /**
   * Inserts a session if the account still has the password that was checked and is not disabled;
   * false otherwise. The row lock orders it against a change of password or a disabling that runs
   * at the same time: whichever comes second sees the other, so no session slips through.
   */
  async insertFor(tx: Transaction, session: SessionEntity, passwordHash: string): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      `INSERT INTO sessions (session_id, account_id, token_hash, created_at, last_used_at, expires_at)
       SELECT $1, account_id, $2, $3, $3, $4 FROM accounts
       WHERE account_id = $5 AND password_hash = $6 AND disabled_at IS NULL FOR SHARE
       RETURNING session_id`,
      [
        session.sessionId,
        session.tokenHash,
        session.createdAt,
        session.expiresAt,
        session.accountId,
        passwordHash,
      ],
    );
    return rows.length === 1;
  }

  /** Ends one session of the account; false if the account has no such session that lives. */
  async revoke(
    tx: Transaction,
    session: { accountId: string; sessionId: string },
    at: Date,
  ): Promise<boolean> {
    const [, count]: [unknown, number] = await tx.manager.query(
      `UPDATE sessions SET revoked_at = $3
       WHERE session_id = $1 AND account_id = $2 AND revoked_at IS NULL`,
      [session.sessionId, session.accountId, at],
    );
    return count === 1;
  }

  /** Ends all sessions of the account but the one named. */
  async revokeAll(
    tx: Transaction,
    account: { accountId: string; except?: string },
    at: Date,
  ): Promise<void> {
    await tx.manager.query(
      `UPDATE sessions SET revoked_at = $3
       WHERE account_id = $1 AND session_id IS DISTINCT FROM $2 AND revoked_at IS NULL`,
      [account.accountId, account.except ?? null, at],
    );
  }
}
