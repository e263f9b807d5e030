import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Parties (artists, groups, labels, publishers, estates and the rest), who may act for them, the
 * mandates between them and the proofs of who they are.
 */
export class CreateParties1763800200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE parties (
        party_id text NOT NULL,
        kind text NOT NULL,
        display_name text NOT NULL,
        country text,
        revision integer NOT NULL DEFAULT 1,
        created_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT parties_pkey PRIMARY KEY (party_id),
        CONSTRAINT parties_created_by_fkey FOREIGN KEY (created_by) REFERENCES accounts (account_id)
      )`);
    await runner.query(`
      CREATE TABLE party_members (
        party_id text NOT NULL,
        account_id text NOT NULL,
        added_at timestamptz(3) NOT NULL,
        CONSTRAINT party_members_pkey PRIMARY KEY (party_id, account_id),
        CONSTRAINT party_members_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties (party_id),
        CONSTRAINT party_members_account_id_fkey
          FOREIGN KEY (account_id) REFERENCES accounts (account_id)
      )`);
    await runner.query(`CREATE INDEX party_members_account_id_idx ON party_members (account_id)`);
    await runner.query(`
      CREATE TABLE party_identifiers (
        party_id text NOT NULL,
        scheme text NOT NULL,
        value text NOT NULL,
        typed text NOT NULL,
        added_at timestamptz(3) NOT NULL,
        CONSTRAINT party_identifiers_pkey PRIMARY KEY (party_id, scheme, value),
        CONSTRAINT party_identifiers_party_id_fkey
          FOREIGN KEY (party_id) REFERENCES parties (party_id)
      )`);
    await runner.query(
      `CREATE INDEX party_identifiers_scheme_value_idx ON party_identifiers (scheme, value)`,
    );
    await runner.query(`
      CREATE TABLE mandates (
        mandate_id text NOT NULL,
        principal_party_id text NOT NULL,
        representative_party_id text NOT NULL,
        rights text[] NOT NULL,
        purposes text[],
        territory jsonb,
        valid_from timestamptz(3) NOT NULL,
        valid_until timestamptz(3),
        state text NOT NULL,
        proposed_by text NOT NULL,
        proposed_at timestamptz(3) NOT NULL,
        decided_at timestamptz(3),
        revoked_at timestamptz(3),
        CONSTRAINT mandates_pkey PRIMARY KEY (mandate_id),
        CONSTRAINT mandates_principal_party_id_fkey
          FOREIGN KEY (principal_party_id) REFERENCES parties (party_id),
        CONSTRAINT mandates_representative_party_id_fkey
          FOREIGN KEY (representative_party_id) REFERENCES parties (party_id),
        CONSTRAINT mandates_state_check
          CHECK (state IN ('proposed', 'confirmed', 'declined', 'revoked'))
      )`);
    await runner.query(
      `CREATE INDEX mandates_principal_party_id_idx ON mandates (principal_party_id)`,
    );
    await runner.query(
      `CREATE INDEX mandates_representative_party_id_idx ON mandates (representative_party_id)`,
    );
    await runner.query(`
      CREATE TABLE party_verifications (
        verification_id text NOT NULL,
        party_id text NOT NULL,
        method text NOT NULL,
        domain text,
        token text,
        level smallint NOT NULL,
        state text NOT NULL,
        evidence text,
        reason text,
        requested_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        checked_at timestamptz(3),
        check_result text,
        verified_at timestamptz(3),
        revoked_at timestamptz(3),
        revoked_by text,
        revocation_reason text,
        CONSTRAINT party_verifications_pkey PRIMARY KEY (verification_id),
        CONSTRAINT party_verifications_party_id_fkey
          FOREIGN KEY (party_id) REFERENCES parties (party_id),
        CONSTRAINT party_verifications_method_check
          CHECK (method IN ('dns', 'well_known', 'operator')),
        CONSTRAINT party_verifications_state_check
          CHECK (state IN ('pending', 'verified', 'revoked')),
        CONSTRAINT party_verifications_level_check CHECK (level BETWEEN 0 AND 4)
      )`);
    await runner.query(
      `CREATE INDEX party_verifications_party_id_idx ON party_verifications (party_id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'party_verifications',
      'mandates',
      'party_identifiers',
      'party_members',
      'parties',
    ];
    for (const table of tables) await runner.query(`DROP TABLE ${table}`);
  }
}
