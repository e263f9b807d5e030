import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What signing the log needs beside the leaves: the checkpoints that were published, the registry's
 * keys, whom each leaf concerns, and whether signing goes on.
 *
 * Why: an answer is proof only under a signature, and nobody is told that a change is in before one
 * covers it. Locks nothing that exists. Code from before does not know the tables and works on.
 */
export class SignTheLog1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE log_checkpoints (
        size bigint NOT NULL,
        root bytea NOT NULL,
        note text NOT NULL,
        signed_at timestamptz(3) NOT NULL,
        CONSTRAINT log_checkpoints_pkey PRIMARY KEY (size),
        CONSTRAINT log_checkpoints_root_check CHECK (octet_length(root) = 32)
      )`);
    await runner.query(`
      CREATE TABLE log_concerns (
        party_id text NOT NULL,
        leaf_index bigint NOT NULL,
        CONSTRAINT log_concerns_pkey PRIMARY KEY (party_id, leaf_index)
      )`);
    // One row for each step of a key's life; the private halves never come near the database.
    await runner.query(`
      CREATE TABLE registry_keys (
        kid text NOT NULL,
        state text NOT NULL,
        use text NOT NULL,
        public_key bytea NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        leaf_index bigint NOT NULL,
        CONSTRAINT registry_keys_pkey PRIMARY KEY (kid, state),
        CONSTRAINT registry_keys_use_check CHECK (use IN ('log', 'receipt')),
        CONSTRAINT registry_keys_state_check CHECK (state IN ('added', 'active', 'ended')),
        CONSTRAINT registry_keys_public_key_check CHECK (octet_length(public_key) = 32)
      )`);
    for (const table of ['log_checkpoints', 'log_concerns', 'registry_keys']) {
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    }
    await runner.query(`
      CREATE TABLE log_signing (
        only_row boolean NOT NULL DEFAULT true,
        state text NOT NULL,
        reason text,
        since timestamptz(3) NOT NULL,
        CONSTRAINT log_signing_pkey PRIMARY KEY (only_row),
        CONSTRAINT log_signing_only_row_check CHECK (only_row),
        CONSTRAINT log_signing_state_check CHECK (state IN ('starting', 'signing', 'delayed', 'stopped'))
      ) WITH (fillfactor = 10)`);
    await runner.query(`INSERT INTO log_signing (state, since) VALUES ('starting', now())`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const [{ filled }] = await runner.query(
      `SELECT EXISTS (SELECT FROM log_checkpoints) AS filled`,
    );
    if (filled) throw new Error('checkpoints were signed: they are never taken down');
    for (const table of ['log_signing', 'registry_keys', 'log_concerns', 'log_checkpoints']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
