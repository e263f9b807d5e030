import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import { PasskeyEntity } from './entities/passkey.entity.js';

/** A signed statement with the key that signed it: all that an auditor needs. */
export interface SignedStatementRow {
  passkeyId: string;
  publicKey: Buffer;
  salt: Buffer;
  /** The leaf that bound the key. */
  keyLogIndex: number;
  statement: string;
  nonce: Buffer;
  authenticatorData: Buffer;
  clientData: Buffer;
  signature: Buffer;
  origin: string;
  rpId: string;
}

/** Read-only SQL over passkeys. */
@Injectable()
export class PasskeysQuery {
  constructor(private readonly database: Database) {}

  /** All of a party, revoked ones too, in the order of their binding. */
  listOfParty(partyId: string): Promise<PasskeyEntity[]> {
    return this.database.reader.find(PasskeyEntity, {
      where: { partyId },
      order: { passkeyId: 'ASC' },
    });
  }

  async listActive(partyId: string, accountId: string): Promise<PasskeyEntity[]> {
    return this.database.reader.findBy(PasskeyEntity, { partyId, accountId, state: 'active' });
  }

  async nameOf(partyId: string): Promise<string> {
    const [row] = await this.database.reader.query(
      `SELECT display_name FROM parties WHERE party_id = $1`,
      [partyId],
    );
    return row.display_name;
  }

  /** Since when only signed declarations widen what the party allows; null: they need not be. */
  async requiredSince(partyId: string): Promise<Date | null> {
    const [row] = await this.database.reader.query(
      `SELECT required_since FROM passkey_policies WHERE party_id = $1`,
      [partyId],
    );
    return row?.required_since ?? null;
  }

  /** Those of these parties that let only signed declarations widen what they allow. */
  async listRequiring(tx: Transaction, partyIds: readonly string[]): Promise<Set<string>> {
    if (partyIds.length === 0) return new Set();
    const rows: { party_id: string }[] = await tx.manager.query(
      `SELECT party_id FROM passkey_policies WHERE party_id = ANY($1)`,
      [partyIds],
    );
    return new Set(rows.map((row) => row.party_id));
  }

  async findAssertion(assertionId: string): Promise<SignedStatementRow | null> {
    const [row] = await this.database.reader.query(
      `SELECT k.passkey_id AS "passkeyId", k.public_key AS "publicKey", k.salt,
         k.leaf_index::float8 AS "keyLogIndex", a.statement,
         a.nonce, a.authenticator_data AS "authenticatorData", a.client_data AS "clientData",
         a.signature, a.origin, a.rp_id AS "rpId"
       FROM passkey_assertions a JOIN passkeys k USING (passkey_id) WHERE a.assertion_id = $1`,
      [assertionId],
    );
    return row ?? null;
  }
}
