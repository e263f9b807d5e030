import { Injectable } from '@nestjs/common';
import { Database, type PageRequest } from '#platform';
import type { VerificationLevel } from '#vocabulary';
import type { PartyKind } from './domain/party.js';
import type { VerificationMethod } from './domain/verification.js';
import type { PartyProfile } from './party-profile.js';

interface PartyRow {
  party_id: string;
  kind: PartyKind;
  display_name: string;
  country: string | null;
  revision: number;
  created_at: Date;
}

interface IdentifierRow {
  party_id: string;
  scheme: string;
  value: string;
  typed: string;
}

interface VerificationRow {
  party_id: string;
  method: VerificationMethod;
  domain: string | null;
  level: VerificationLevel;
  verified_at: Date;
}

const PARTY_COLUMNS = 'p.party_id, p.kind, p.display_name, p.country, p.revision, p.created_at';

/** What parties look like from outside. Three statements, however many parties. */
@Injectable()
export class PartiesQuery {
  constructor(private readonly database: Database) {}

  async findProfile(partyId: string): Promise<PartyProfile | null> {
    const rows: PartyRow[] = await this.database.reader.query(
      `SELECT ${PARTY_COLUMNS} FROM parties p WHERE p.party_id = $1 AND p.erased_at IS NULL`,
      [partyId],
    );
    const [profile] = await this.profilesOf(rows);
    return profile ?? null;
  }

  async isErased(partyId: string): Promise<boolean> {
    const rows = await this.database.reader.query(
      `SELECT FROM parties WHERE party_id = $1 AND erased_at IS NOT NULL`,
      [partyId],
    );
    return rows.length > 0;
  }

  /** The account's own parties, oldest first; one more than the limit. */
  async listOfMember(accountId: string, page: PageRequest): Promise<PartyProfile[]> {
    const rows: PartyRow[] = await this.database.reader.query(
      `SELECT ${PARTY_COLUMNS} FROM party_members m JOIN parties p USING (party_id)
       WHERE m.account_id = $1 AND m.party_id > $2 ORDER BY m.party_id LIMIT $3`,
      [accountId, page.after, page.limit + 1],
    );
    return this.profilesOf(rows);
  }

  private async profilesOf(rows: readonly PartyRow[]): Promise<PartyProfile[]> {
    if (rows.length === 0) return [];
    const partyIds = rows.map((row) => row.party_id);
    const identifiers: IdentifierRow[] = await this.database.reader.query(
      `SELECT party_id, scheme, value, typed FROM party_identifiers
       WHERE party_id = ANY ($1) ORDER BY scheme, value`,
      [partyIds],
    );
    const verifications: VerificationRow[] = await this.database.reader.query(
      `SELECT party_id, method, domain, level, verified_at FROM party_verifications
       WHERE party_id = ANY ($1) AND state = 'verified' ORDER BY verified_at, verification_id`,
      [partyIds],
    );
    return rows.map((row) => profileOf(row, identifiers, verifications));
  }
}

function profileOf(
  row: PartyRow,
  identifiers: readonly IdentifierRow[],
  verifications: readonly VerificationRow[],
): PartyProfile {
  const own = <T extends { party_id: string }>(all: readonly T[]) =>
    all.filter((one) => one.party_id === row.party_id);
  const proofs = own(verifications);
  return {
    partyId: row.party_id,
    kind: row.kind,
    displayName: row.display_name,
    country: row.country,
    identifiers: own(identifiers).map(({ scheme, value, typed }) => ({ scheme, value, typed })),
    level: proofs.reduce<VerificationLevel>((top, { level }) => (level > top ? level : top), 0),
    verifications: proofs.map(({ method, domain, level, verified_at }) => ({
      method,
      domain,
      level,
      verifiedAt: verified_at,
    })),
    revision: row.revision,
    createdAt: row.created_at,
  };
}
