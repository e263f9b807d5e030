import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import { PasskeyAssertionEntity } from './entities/passkey-assertion.entity.js';
import type { PasskeyChallengeEntity } from './entities/passkey-challenge.entity.js';
import { PasskeyEntity } from './entities/passkey.entity.js';

/** An account may have this many challenges waiting; the oldest make room. */
const WAITING_MAX = 20;

/** Writes and loads of passkeys, their challenges and assertions. */
@Injectable()
export class PasskeysRepository {
  constructor(private readonly database: Database) {}

  /** Keeps a challenge until it is taken or has expired; clears away what nobody came back for. */
  async keepChallenge(challenge: PasskeyChallengeEntity, now: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.manager.query(
        `DELETE FROM passkey_challenges
         WHERE account_id = $1 AND (expires_at <= $2 OR challenge IN (
           SELECT challenge FROM passkey_challenges WHERE account_id = $1
           ORDER BY expires_at DESC, challenge OFFSET ${WAITING_MAX - 1}))`,
        [challenge.accountId, now],
      );
      await tx.manager.query(
        `INSERT INTO passkey_challenges (challenge, account_id, party_id, act, expires_at)
         VALUES ($1, $2, $3, $4, $5)`,
        [
          challenge.challenge,
          challenge.accountId,
          challenge.partyId,
          challenge.act,
          challenge.expiresAt,
        ],
      );
    });
  }

  /** Takes a challenge: true once, for whom and what it was given out, and in time. */
  async takeChallenge(
    tx: Transaction,
    wanted: Omit<PasskeyChallengeEntity, 'expiresAt'>,
    now: Date,
  ): Promise<boolean> {
    const [rows] = await tx.manager.query(
      `DELETE FROM passkey_challenges
       WHERE challenge = $1 AND account_id = $2 AND party_id = $3 AND act = $4 AND expires_at > $5
       RETURNING challenge`,
      [wanted.challenge, wanted.accountId, wanted.partyId, wanted.act, now],
    );
    return rows.length > 0;
  }

  async insert(tx: Transaction, passkey: PasskeyEntity): Promise<void> {
    await tx.manager.insert(PasskeyEntity, passkey);
  }

  /** The party's passkeys, locked until the commit, so that two bindings count each other. */
  async lockOfParty(tx: Transaction, partyId: string): Promise<PasskeyEntity[]> {
    await tx.manager.query(`SELECT FROM parties WHERE party_id = $1 FOR NO KEY UPDATE`, [partyId]);
    return tx.manager.find(PasskeyEntity, { where: { partyId }, order: { passkeyId: 'ASC' } });
  }

  /** The active passkey of this credential, locked until the commit: its counter only goes up. */
  async lockActive(
    tx: Transaction,
    wanted: { partyId: string; accountId: string; credentialId: Buffer },
  ): Promise<PasskeyEntity | null> {
    return tx.manager.findOne(PasskeyEntity, {
      where: { ...wanted, state: 'active' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async noteUse(tx: Transaction, passkeyId: string, counter: number, at: Date): Promise<void> {
    await tx.manager.update(PasskeyEntity, { passkeyId }, { counter: String(counter), usedAt: at });
  }

  async revoke(tx: Transaction, passkeyId: string, by: string, at: Date): Promise<void> {
    await tx.manager.update(
      PasskeyEntity,
      { passkeyId },
      { state: 'revoked', revokedAt: at, revokedBy: by },
    );
  }

  async insertAssertion(tx: Transaction, assertion: PasskeyAssertionEntity): Promise<void> {
    await tx.manager.insert(PasskeyAssertionEntity, assertion);
  }

  async requireFor(tx: Transaction, partyId: string, since: Date): Promise<void> {
    await tx.manager.query(
      `INSERT INTO passkey_policies (party_id, required_since) VALUES ($1, $2)
       ON CONFLICT (party_id) DO NOTHING`,
      [partyId, since],
    );
  }

  async loosen(tx: Transaction, partyId: string): Promise<void> {
    await tx.manager.query(`DELETE FROM passkey_policies WHERE party_id = $1`, [partyId]);
  }
}
