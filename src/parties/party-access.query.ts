import { Injectable } from '@nestjs/common';
import { Database, ReadTogether, type Transaction } from '#platform';
import type { VerificationLevel } from '#vocabulary';
import type { Mandate, MandateRight } from './domain/mandate.js';
import { MANDATE_COLUMNS, type MandateRow, mandateOf } from './mandate-row.query.js';

/** Read-only SQL behind `PartyAccess`: members, mandates in force, levels. */
@Injectable()
export class PartyAccessQuery {
  private readonly memberships = new ReadTogether(
    (asked: readonly { accountId: string; partyId: string }[]) => this.findMemberships(asked),
  );

  constructor(private readonly database: Database) {}

  /** Whether the account is a member of the party. Requests that come together ask together. */
  async isMember(accountId: string, partyId: string): Promise<boolean> {
    if (this.database.isEnclosed) {
      return (await this.findMemberships([{ accountId, partyId }]))[0]!;
    }
    return this.memberships.find({ accountId, partyId });
  }

  private async findMemberships(
    asked: readonly { accountId: string; partyId: string }[],
  ): Promise<boolean[]> {
    const rows: { place: string }[] = await this.database.reader.query(
      `SELECT asked.place FROM unnest($1::text[], $2::text[]) WITH ORDINALITY
         AS asked (party_id, account_id, place)
       JOIN party_members m USING (party_id, account_id)`,
      [asked.map(({ partyId }) => partyId), asked.map(({ accountId }) => accountId)],
    );
    const found = new Set(rows.map(({ place }) => Number(place)));
    return asked.map((_, at) => found.has(at + 1));
  }

  async listPartiesOf(accountId: string): Promise<string[]> {
    const rows: { party_id: string }[] = await this.database.reader.query(
      `SELECT party_id FROM party_members WHERE account_id = $1 ORDER BY party_id`,
      [accountId],
    );
    return rows.map((row) => row.party_id);
  }

  /**
   * The mandate by which this account speaks for the principal at `at`, the least limited first:
   * of two that fit, the one without purposes and without territory lets the caller do more of
   * what the principal did allow.
   */
  async findMandateInForce(wanted: {
    accountId: string;
    principalPartyId: string;
    right: MandateRight;
    at: number;
  }): Promise<Mandate | null> {
    const rows: MandateRow[] = await this.database.reader.query(
      `SELECT ${MANDATE_COLUMNS} FROM mandates
       WHERE principal_party_id = $1
         AND $2 = ANY (rights)
         AND state IN ('confirmed', 'revoked') AND decided_at <= $3
         AND (revoked_at IS NULL OR revoked_at > $3)
         AND valid_from <= $3 AND (valid_until IS NULL OR valid_until > $3)
         AND representative_party_id IN
           (SELECT party_id FROM party_members WHERE account_id = $4)
       ORDER BY (purposes IS NOT NULL), (territory IS NOT NULL), mandate_id
       LIMIT 1`,
      [wanted.principalPartyId, wanted.right, new Date(wanted.at), wanted.accountId],
    );
    return rows[0] ? mandateOf(rows[0]) : null;
  }

  async findMandate(mandateId: string): Promise<Mandate | null> {
    const rows: MandateRow[] = await this.database.reader.query(
      `SELECT ${MANDATE_COLUMNS} FROM mandates WHERE mandate_id = $1`,
      [mandateId],
    );
    return rows[0] ? mandateOf(rows[0]) : null;
  }

  /** Keeps the levels of these parties from changing until the commit. */
  async shareParties(tx: Transaction, partyIds: readonly string[]): Promise<void> {
    await tx.manager.query(
      `SELECT FROM parties WHERE party_id = ANY ($1) ORDER BY party_id FOR SHARE`,
      [partyIds],
    );
  }

  /** The mandate, kept from being revoked until the commit. */
  async shareMandate(tx: Transaction, mandateId: string): Promise<Mandate | null> {
    const rows: MandateRow[] = await tx.manager.query(
      `SELECT ${MANDATE_COLUMNS} FROM mandates WHERE mandate_id = $1 FOR SHARE`,
      [mandateId],
    );
    return rows[0] ? mandateOf(rows[0]) : null;
  }

  async levelsOf(
    partyIds: readonly string[],
    tx?: Transaction,
  ): Promise<Map<string, VerificationLevel>> {
    const rows: { party_id: string; level: VerificationLevel }[] = await (
      tx?.manager ?? this.database.reader
    ).query(
      `SELECT party_id, max(level) AS level FROM party_verifications
       WHERE party_id = ANY ($1) AND state = 'verified' GROUP BY party_id`,
      [partyIds],
    );
    return new Map(rows.map((row) => [row.party_id, row.level]));
  }

  /** Those of these ids that are parties. */
  async existing(partyIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.reader.query(
      `SELECT party_id FROM parties WHERE party_id = ANY($1) AND erased_at IS NULL`,
      [partyIds],
    );
    return new Set(rows.map((row: { party_id: string }) => row.party_id));
  }
}
