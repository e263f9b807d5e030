import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#platform';

/** What an erasure does to licences: those that the party granted or holds end. No words are in them. */
@Injectable()
export class LicenceErasure {
  constructor(private readonly database: Database) {}

  async end(tx: Transaction, partyIds: readonly string[], at: Date): Promise<void> {
    await tx.manager.query(
      `UPDATE licences SET revoked_at = $2 WHERE revoked_at IS NULL
         AND (grantor_party_id = ANY($1) OR grantee_party_id = ANY($1))`,
      [partyIds, at],
    );
  }

  /** Every licence that parties granted or hold, with its works. */
  async describe(partyIds: readonly string[]): Promise<Record<string, unknown>> {
    const [row] = await this.database.reader.query(
      `SELECT coalesce(jsonb_agg(to_jsonb(l) || jsonb_build_object('works', ARRAY(
         SELECT work_id FROM licence_works lw WHERE lw.licence_id = l.licence_id ORDER BY 1))
         ORDER BY licence_id), '[]') AS licences
       FROM licences l WHERE grantor_party_id = ANY($1) OR grantee_party_id = ANY($1)`,
      [partyIds],
    );
    return row;
  }
}
