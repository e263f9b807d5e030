import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';
import type { Mandate } from './domain/mandate.js';
import { MANDATE_COLUMNS, type MandateRow, mandateOf } from './mandate-row.query.js';

/** A party that can be erased, with the name by which other rows may know it. */
export interface ErasableParty {
  readonly partyId: string;
  readonly displayName: string;
}

/** What an erasure does to parties and all that hangs on them: the id stays, the words go. */
@Injectable()
export class PartyErasureRepository {
  constructor(private readonly database: Database) {}

  /** The parties of an account; `sole` where nobody else is a member. */
  async listOfMember(
    accountId: string,
    tx?: Transaction,
  ): Promise<(ErasableParty & { sole: boolean })[]> {
    return (tx?.manager ?? this.database.reader).query(
      `SELECT p.party_id AS "partyId", p.display_name AS "displayName",
         NOT EXISTS (SELECT FROM party_members o
           WHERE o.party_id = m.party_id AND o.account_id <> m.account_id) AS sole
       FROM party_members m JOIN parties p USING (party_id)
       WHERE m.account_id = $1 AND p.erased_at IS NULL ORDER BY p.party_id`,
      [accountId],
    );
  }

  /** Accounts that are members of these parties and of no other. */
  async listSoleMembers(tx: Transaction, partyIds: readonly string[]): Promise<string[]> {
    const rows: { account_id: string }[] = await tx.manager.query(
      `SELECT DISTINCT account_id FROM party_members m
       WHERE party_id = ANY($1) AND NOT EXISTS (SELECT FROM party_members o
         WHERE o.account_id = m.account_id AND o.party_id <> ALL($1))
       ORDER BY account_id`,
      [partyIds],
    );
    return rows.map((row) => row.account_id);
  }

  /** Locks those of these parties that are not erased, in the order of their ids. */
  lock(tx: Transaction, partyIds: readonly string[]): Promise<ErasableParty[]> {
    return tx.manager.query(
      `SELECT party_id AS "partyId", display_name AS "displayName" FROM parties
       WHERE party_id = ANY($1) AND erased_at IS NULL ORDER BY party_id FOR NO KEY UPDATE`,
      [partyIds],
    );
  }

  /**
   * Keeps out every new row that would name these parties, until the commit tells them why. Only with
   * the log held (see PartiesRepository): who names a party there holds the log too.
   */
  async shut(tx: Transaction, partyIds: readonly string[]): Promise<void> {
    await tx.manager.query(
      `SELECT FROM parties WHERE party_id = ANY($1) ORDER BY party_id FOR UPDATE`,
      [partyIds],
    );
  }

  /** Locks the mandates of these parties, on either side, that can still have an effect. */
  async lockMandates(tx: Transaction, partyIds: readonly string[]): Promise<Mandate[]> {
    const rows: MandateRow[] = await tx.manager.query(
      `SELECT ${MANDATE_COLUMNS} FROM mandates
       WHERE (principal_party_id = ANY($1) OR representative_party_id = ANY($1))
         AND state IN ('proposed', 'confirmed') ORDER BY mandate_id FOR NO KEY UPDATE`,
      [partyIds],
    );
    return rows.map(mandateOf);
  }

  /** Ends mandates, blanks parties and removes everything else that is kept of them. */
  async erase(
    tx: Transaction,
    gone: { partyIds: readonly string[]; accountIds: readonly string[] },
    at: Date,
  ): Promise<void> {
    const { partyIds, accountIds } = gone;
    await tx.manager.query(
      `UPDATE mandates SET state = 'revoked', revoked_at = $2
       WHERE (principal_party_id = ANY($1) OR representative_party_id = ANY($1))
         AND state IN ('proposed', 'confirmed')`,
      [partyIds, at],
    );
    for (const table of ['party_identifiers', 'party_verifications']) {
      await tx.manager.query(`DELETE FROM ${table} WHERE party_id = ANY($1)`, [partyIds]);
    }
    await tx.manager.query(
      `DELETE FROM party_members WHERE party_id = ANY($1) OR account_id = ANY($2)`,
      [partyIds, accountIds],
    );
    await tx.manager.query(
      `UPDATE parties SET display_name = 'erased', country = NULL, revision = revision + 1,
         erased_at = $2
       WHERE party_id = ANY($1) AND erased_at IS NULL`,
      [partyIds, at],
    );
  }

  async listErased(): Promise<{ id: string; erasedAt: Date }[]> {
    return this.database.reader.query(
      `SELECT party_id AS id, erased_at AS "erasedAt" FROM parties
       WHERE erased_at IS NOT NULL ORDER BY party_id`,
    );
  }

  /** Everything kept of parties. */
  async describe(partyIds: readonly string[]): Promise<Record<string, unknown>> {
    const [row] = await this.database.reader.query(
      `SELECT
         (SELECT coalesce(jsonb_agg(to_jsonb(p) ORDER BY party_id), '[]')
          FROM parties p WHERE party_id = ANY($1)) AS parties,
         (SELECT coalesce(jsonb_agg(to_jsonb(i) ORDER BY party_id, scheme, value), '[]')
          FROM party_identifiers i WHERE party_id = ANY($1)) AS party_identifiers,
         (SELECT coalesce(jsonb_agg(to_jsonb(v) ORDER BY verification_id), '[]')
          FROM party_verifications v WHERE party_id = ANY($1)) AS party_verifications,
         (SELECT coalesce(jsonb_agg(to_jsonb(m) ORDER BY mandate_id), '[]') FROM mandates m
          WHERE principal_party_id = ANY($1) OR representative_party_id = ANY($1)) AS mandates`,
      [partyIds],
    );
    return row;
  }
}
