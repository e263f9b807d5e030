import { Injectable } from '@nestjs/common';
import { Database, type PageRequest } from '#platform';
import type { Mandate, MandateSide, MandateState } from './domain/mandate.js';
import { MANDATE_COLUMNS, type MandateRow, mandateOf } from './mandate-row.query.js';

/** A mandate with the names of both sides, as it is shown to them. */
export interface NamedMandate {
  readonly mandate: Mandate;
  readonly principalName: string;
  readonly representativeName: string;
}

interface NamedRow extends MandateRow {
  principal_name: string;
  representative_name: string;
}

const NAMED = `
  SELECT ${MANDATE_COLUMNS}, p.display_name AS principal_name,
    r.display_name AS representative_name
  FROM mandates m
  JOIN parties p ON p.party_id = m.principal_party_id
  JOIN parties r ON r.party_id = m.representative_party_id`;

/** Read-only SQL for showing mandates to their two sides. */
@Injectable()
export class MandatesQuery {
  constructor(private readonly database: Database) {}

  /** The sides of the mandate on which the account stands: none, one or both. */
  async sidesOf(mandate: Mandate, accountId: string): Promise<MandateSide[]> {
    const rows: { party_id: string }[] = await this.database.reader.query(
      `SELECT party_id FROM party_members WHERE account_id = $1 AND party_id = ANY ($2)`,
      [accountId, [mandate.principalPartyId, mandate.representativePartyId]],
    );
    const own = new Set(rows.map((row) => row.party_id));
    const sides: MandateSide[] = [];
    if (own.has(mandate.principalPartyId)) sides.push('principal');
    if (own.has(mandate.representativePartyId)) sides.push('representative');
    return sides;
  }

  async findNamed(mandateId: string): Promise<NamedMandate | null> {
    const rows: NamedRow[] = await this.database.reader.query(`${NAMED} WHERE m.mandate_id = $1`, [
      mandateId,
    ]);
    return rows[0] ? namedOf(rows[0]) : null;
  }

  /** Mandates of one party, on either side unless `side` says which; oldest first, one too many. */
  async listOf(
    partyId: string,
    filter: { side?: MandateSide; state?: MandateState },
    page: PageRequest,
  ): Promise<NamedMandate[]> {
    const rows: NamedRow[] = await this.database.reader.query(
      `${NAMED}
       WHERE ((m.principal_party_id = $1 AND $2::text IS DISTINCT FROM 'representative')
           OR (m.representative_party_id = $1 AND $2::text IS DISTINCT FROM 'principal'))
         AND ($3::text IS NULL OR m.state = $3)
         AND m.mandate_id > $4
       ORDER BY m.mandate_id LIMIT $5`,
      [partyId, filter.side ?? null, filter.state ?? null, page.after, page.limit + 1],
    );
    return rows.map(namedOf);
  }
}

function namedOf(row: NamedRow): NamedMandate {
  return {
    mandate: mandateOf(row),
    principalName: row.principal_name,
    representativeName: row.representative_name,
  };
}
