import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The artist's own key: passkeys that an account bound for a party, the challenges that wait for
 * one, and the assertions by which declarations were signed.
 *
 * Why: a declaration signed with a key that the registry does not have is one that the registry
 * cannot invent. Nothing here is append-only: it opens what the log holds as commitments, and goes
 * when the person is erased. For the same reason no foreign key binds a declaration to its
 * assertion. Adds a column without a default to declarations, which locks it for a moment; old
 * code still runs.
 */
export class CreatePasskeys1764200100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE passkeys (
        passkey_id text NOT NULL,
        party_id text NOT NULL,
        account_id text NOT NULL,
        label text NOT NULL,
        credential_id bytea NOT NULL,
        public_key bytea NOT NULL,
        counter bigint NOT NULL,
        transports text[] NOT NULL,
        salt bytea NOT NULL,
        commitment bytea NOT NULL,
        state text NOT NULL,
        bound_at timestamptz(3) NOT NULL,
        leaf_index bigint NOT NULL,
        used_at timestamptz(3),
        revoked_at timestamptz(3),
        revoked_by text,
        CONSTRAINT passkeys_pkey PRIMARY KEY (passkey_id),
        CONSTRAINT passkeys_party_id_credential_id_key UNIQUE (party_id, credential_id),
        CONSTRAINT passkeys_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties (party_id),
        CONSTRAINT passkeys_account_id_fkey
          FOREIGN KEY (account_id) REFERENCES accounts (account_id),
        CONSTRAINT passkeys_state_check CHECK (state IN ('active', 'revoked')),
        CONSTRAINT passkeys_salt_check CHECK (octet_length(salt) = 32),
        CONSTRAINT passkeys_commitment_check CHECK (octet_length(commitment) = 32)
      )`);
    await runner.query(`
      CREATE TABLE passkey_challenges (
        challenge bytea NOT NULL,
        account_id text NOT NULL,
        party_id text NOT NULL,
        act text NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        CONSTRAINT passkey_challenges_pkey PRIMARY KEY (challenge),
        CONSTRAINT passkey_challenges_challenge_check CHECK (octet_length(challenge) = 32)
      )`);
    await runner.query(
      `CREATE INDEX passkey_challenges_account_id_expires_at_idx
       ON passkey_challenges (account_id, expires_at)`,
    );
    await runner.query(`
      CREATE TABLE passkey_assertions (
        assertion_id text NOT NULL,
        passkey_id text NOT NULL,
        nonce bytea NOT NULL,
        statement text NOT NULL,
        authenticator_data bytea NOT NULL,
        client_data bytea NOT NULL,
        signature bytea NOT NULL,
        origin text NOT NULL,
        rp_id text NOT NULL,
        signed_at timestamptz(3) NOT NULL,
        CONSTRAINT passkey_assertions_pkey PRIMARY KEY (assertion_id),
        CONSTRAINT passkey_assertions_passkey_id_fkey
          FOREIGN KEY (passkey_id) REFERENCES passkeys (passkey_id),
        CONSTRAINT passkey_assertions_nonce_check CHECK (octet_length(nonce) = 32)
      )`);
    await runner.query(
      `CREATE INDEX passkey_assertions_passkey_id_idx ON passkey_assertions (passkey_id)`,
    );
    await runner.query(`
      CREATE TABLE passkey_policies (
        party_id text NOT NULL,
        required_since timestamptz(3) NOT NULL,
        CONSTRAINT passkey_policies_pkey PRIMARY KEY (party_id),
        CONSTRAINT passkey_policies_party_id_fkey
          FOREIGN KEY (party_id) REFERENCES parties (party_id)
      )`);
    await runner.query(`ALTER TABLE declarations ADD COLUMN assertion_id text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE declarations DROP COLUMN assertion_id`);
    await runner.query(`DROP TABLE passkey_policies`);
    await runner.query(`DROP TABLE passkey_assertions`);
    await runner.query(`DROP TABLE passkey_challenges`);
    await runner.query(`DROP TABLE passkeys`);
  }
}
