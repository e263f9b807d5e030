import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may act: accounts, their sessions and their API keys. Secrets are stored as hashes only. */
export class CreateAccounts1763800100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts (
        account_id text NOT NULL,
        email text NOT NULL,
        email_key text NOT NULL,
        password_hash text NOT NULL,
        display_name text NOT NULL,
        roles text[] NOT NULL,
        created_at timestamptz(3) NOT NULL,
        disabled_at timestamptz(3),
        CONSTRAINT accounts_pkey PRIMARY KEY (account_id),
        CONSTRAINT accounts_email_key_key UNIQUE (email_key)
      )`);
    await runner.query(`
      CREATE TABLE sessions (
        session_id text NOT NULL,
        account_id text NOT NULL,
        token_hash bytea NOT NULL,
        created_at timestamptz(3) NOT NULL,
        last_used_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        revoked_at timestamptz(3),
        CONSTRAINT sessions_pkey PRIMARY KEY (session_id),
        CONSTRAINT sessions_token_hash_key UNIQUE (token_hash),
        CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (account_id)
      )`);
    await runner.query(`CREATE INDEX sessions_account_id_idx ON sessions (account_id)`);
    await runner.query(`
      CREATE TABLE api_keys (
        api_key_id text NOT NULL,
        account_id text NOT NULL,
        name text NOT NULL,
        secret_hash bytea NOT NULL,
        last_four text NOT NULL,
        scopes text[] NOT NULL,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3),
        last_used_at timestamptz(3),
        revoked_at timestamptz(3),
        CONSTRAINT api_keys_pkey PRIMARY KEY (api_key_id),
        CONSTRAINT api_keys_secret_hash_key UNIQUE (secret_hash),
        CONSTRAINT api_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (account_id)
      )`);
    await runner.query(`CREATE INDEX api_keys_account_id_idx ON api_keys (account_id)`);
    await runner.query(`
      CREATE TABLE idempotency_keys (
        client_id text NOT NULL,
        idempotency_key text NOT NULL,
        request_digest bytea NOT NULL,
        response_headers jsonb,
        response_body text,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT idempotency_keys_pkey PRIMARY KEY (client_id, idempotency_key)
      )`);
    await runner.query(
      `CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['idempotency_keys', 'api_keys', 'sessions', 'accounts']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
