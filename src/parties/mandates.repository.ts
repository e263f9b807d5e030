import { Injectable } from '@nestjs/common';
import type { Transaction } from '#platform';
import type { Mandate } from './domain/mandate.js';
import { MANDATE_COLUMNS, type MandateRow, mandateOf } from './mandate-row.query.js';

/** Writes of mandates, in and out as domain types. */
@Injectable()
export class MandatesRepository {
  async insert(tx: Transaction, mandate: Mandate, proposedBy: string): Promise<void> {
    const { territory, validUntil } = mandate;
    await tx.manager.query(
      `INSERT INTO mandates (mandate_id, principal_party_id, representative_party_id, rights,
         purposes, territory, valid_from, valid_until, state, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        mandate.mandateId,
        mandate.principalPartyId,
        mandate.representativePartyId,
        mandate.rights,
        mandate.purposes,
        territory === null ? null : JSON.stringify(territory),
        new Date(mandate.validFrom),
        validUntil === null ? null : new Date(validUntil),
        mandate.state,
        proposedBy,
        new Date(mandate.proposedAt),
      ],
    );
  }

  /**
   * Locks the mandate until the commit: of two answers at once, one finds it already answered.
   * NO KEY UPDATE, so that claims which name the mandate are not kept waiting (see parties).
   */
  async lock(tx: Transaction, mandateId: string): Promise<Mandate | null> {
    const rows: MandateRow[] = await tx.manager.query(
      `SELECT ${MANDATE_COLUMNS} FROM mandates WHERE mandate_id = $1 FOR NO KEY UPDATE`,
      [mandateId],
    );
    return rows[0] ? mandateOf(rows[0]) : null;
  }

  /** Whether the party is a collecting society; what kind of party one is never changes. */
  async isSociety(tx: Transaction, partyId: string): Promise<boolean> {
    const [row] = await tx.manager.query(
      `SELECT kind = 'cmo' AS is FROM parties WHERE party_id = $1`,
      [partyId],
    );
    return row.is;
  }

  /** Writes what a step may change; the terms are never touched once proposed. */
  async saveStep(tx: Transaction, mandate: Mandate): Promise<void> {
    const { mandateId, state, decidedAt, revokedAt } = mandate;
    await tx.manager.query(
      `UPDATE mandates SET state = $2, decided_at = $3, revoked_at = $4 WHERE mandate_id = $1`,
      [
        mandateId,
        state,
        decidedAt === null ? null : new Date(decidedAt),
        revokedAt === null ? null : new Date(revokedAt),
      ],
    );
  }
}
