import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import { PartyEntity } from './entities/party.entity.js';
import { PartyIdentifierEntity } from './entities/party-identifier.entity.js';
import { PartyMemberEntity } from './entities/party-member.entity.js';

/**
 * Writes of parties, their members and identifiers.
 *
 * Locks are NO KEY UPDATE: a claim's foreign key takes KEY SHARE on its party while it holds the
 * head of the log, and the listeners of a level wait for that head. With FOR UPDATE here those two
 * would wait for each other.
 */
@Injectable()
export class PartiesRepository {
  async insert(
    tx: Transaction,
    party: PartyEntity,
    identifiers: readonly PartyIdentifierEntity[],
  ): Promise<void> {
    await tx.manager.insert(PartyEntity, party);
    await tx.manager.insert(PartyMemberEntity, {
      partyId: party.partyId,
      accountId: party.createdBy,
      addedAt: party.createdAt,
    });
    if (identifiers.length > 0) await tx.manager.insert(PartyIdentifierEntity, [...identifiers]);
  }

  /** Locks a party of which the account is a member until the commit; null if there is none. */
  async lockOwn(
    tx: Transaction,
    own: { partyId: string; accountId: string },
  ): Promise<{ revision: number } | null> {
    const rows: { revision: number }[] = await tx.manager.query(
      `SELECT p.revision FROM parties p
       WHERE p.party_id = $1 AND EXISTS (SELECT FROM party_members m
         WHERE m.party_id = p.party_id AND m.account_id = $2)
       FOR NO KEY UPDATE OF p`,
      [own.partyId, own.accountId],
    );
    return rows[0] ?? null;
  }

  /** Locks any party until the commit, so that changes of its level come one after the other. */
  async lock(tx: Transaction, partyId: string): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      `SELECT FROM parties WHERE party_id = $1 AND erased_at IS NULL FOR NO KEY UPDATE`,
      [partyId],
    );
    return rows.length > 0;
  }

  /** Changes what is given and counts the revision up. */
  async change(
    tx: Transaction,
    partyId: string,
    changes: { displayName?: string; country?: string | null },
  ): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(PartyEntity)
      .set({ ...changes, revision: () => 'revision + 1' })
      .where('partyId = :partyId', { partyId })
      .execute();
  }

  async countIdentifiers(tx: Transaction, partyId: string): Promise<number> {
    return tx.manager.countBy(PartyIdentifierEntity, { partyId });
  }

  /** False if the party has this identifier already. */
  async addIdentifier(tx: Transaction, identifier: PartyIdentifierEntity): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      `INSERT INTO party_identifiers (party_id, scheme, value, typed, added_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING party_id`,
      [
        identifier.partyId,
        identifier.scheme,
        identifier.value,
        identifier.typed,
        identifier.addedAt,
      ],
    );
    return rows.length > 0;
  }

  /** False if the party has no such identifier. */
  async removeIdentifier(
    tx: Transaction,
    identifier: { partyId: string; scheme: string; value: string },
  ): Promise<boolean> {
    const { affected } = await tx.manager.delete(PartyIdentifierEntity, identifier);
    return affected === 1;
  }
}
