import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';

/** Whose passkeys go: those of the parties, and those that the accounts bound for any party. */
export interface ErasedSigners {
  readonly partyIds: readonly string[];
  readonly accountIds: readonly string[];
}

/** A passkey that still signs, as its leaf knows it. */
export interface ActivePasskey {
  readonly passkeyId: string;
  readonly partyId: string;
  readonly commitment: Buffer;
}

const THEIRS = '(party_id = ANY($1) OR account_id = ANY($2))';

/** What an erasure does to passkeys and what they signed: without the rows the log's digests say nothing. */
@Injectable()
export class PasskeyErasureRepository {
  constructor(private readonly database: Database) {}

  /**
   * Locks them, in the order of their ids. Who signs just now locks the passkey and then the log, so
   * do it before the log is held.
   */
  async lock(tx: Transaction, { partyIds, accountIds }: ErasedSigners): Promise<void> {
    await tx.manager.query(`SELECT FROM passkeys WHERE ${THEIRS} ORDER BY passkey_id FOR UPDATE`, [
      partyIds,
      accountIds,
    ]);
  }

  listActive(tx: Transaction, { partyIds, accountIds }: ErasedSigners): Promise<ActivePasskey[]> {
    return tx.manager.query(
      `SELECT passkey_id AS "passkeyId", party_id AS "partyId", commitment FROM passkeys
       WHERE state = 'active' AND ${THEIRS} ORDER BY passkey_id`,
      [partyIds, accountIds],
    );
  }

  async erase(tx: Transaction, { partyIds, accountIds }: ErasedSigners): Promise<void> {
    const gone = [partyIds, accountIds];
    await tx.manager.query(
      `DELETE FROM passkey_assertions
       WHERE passkey_id IN (SELECT passkey_id FROM passkeys WHERE ${THEIRS})`,
      gone,
    );
    await tx.manager.query(`DELETE FROM passkeys WHERE ${THEIRS}`, gone);
    // One that is locked is being taken this moment, by somebody who may wait for the party.
    await tx.manager.query(
      `DELETE FROM passkey_challenges WHERE challenge IN (
         SELECT challenge FROM passkey_challenges WHERE ${THEIRS} FOR UPDATE SKIP LOCKED)`,
      gone,
    );
  }

  /** The passkeys that an account bound, with what they signed. */
  async describe(accountId: string): Promise<Record<string, unknown>> {
    const [row] = await this.database.reader.query(
      `SELECT coalesce(jsonb_agg(to_jsonb(k) || jsonb_build_object(
         'credential_id', encode(k.credential_id, 'hex'),
         'public_key', encode(k.public_key, 'hex'),
         'salt', encode(k.salt, 'hex'),
         'commitment', encode(k.commitment, 'hex'),
         'signed', (SELECT coalesce(jsonb_agg(jsonb_build_object(
              'assertion_id', assertion_id, 'statement', statement,
              'signature', encode(signature, 'hex'), 'origin', origin, 'signed_at', signed_at)
            ORDER BY assertion_id), '[]')
            FROM passkey_assertions a WHERE a.passkey_id = k.passkey_id))
         ORDER BY passkey_id), '[]') AS passkeys
       FROM passkeys k WHERE account_id = $1`,
      [accountId],
    );
    return row;
  }
}
