import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The append-only log: one row a leaf, one row for the head.
 *
 * Why: every answer names the log size and root that it was computed at. The guard function is
 * shared by all append-only tables. Locks nothing that exists.
 */
export class CreateTransparencyLog1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% on % refused: the table is append-only', TG_OP, TG_TABLE_NAME
          USING ERRCODE = 'restrict_violation';
      END $$`);
    await runner.query(`
      CREATE TABLE log_leaves (
        leaf_index bigint NOT NULL,
        leaf_hash bytea NOT NULL,
        entry bytea NOT NULL,
        leaf_type text NOT NULL,
        stream_key text NOT NULL,
        stream_version integer NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        CONSTRAINT log_leaves_pkey PRIMARY KEY (leaf_index),
        CONSTRAINT log_leaves_stream_key_stream_version_key UNIQUE (stream_key, stream_version),
        CONSTRAINT log_leaves_leaf_hash_check CHECK (octet_length(leaf_hash) = 32),
        CONSTRAINT log_leaves_entry_check CHECK (octet_length(entry) <= 16384)
      )`);
    await runner.query(`
      CREATE TRIGGER log_leaves_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_leaves
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    // fillfactor 10: the one row is rewritten with every append, so its page keeps room for
    // heap-only updates and stays one page.
    await runner.query(`
      CREATE TABLE log_head (
        only_row boolean NOT NULL DEFAULT true,
        size bigint NOT NULL,
        root bytea NOT NULL,
        frontier bytea NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        CONSTRAINT log_head_pkey PRIMARY KEY (only_row),
        CONSTRAINT log_head_only_row_check CHECK (only_row),
        CONSTRAINT log_head_root_check CHECK (octet_length(root) = 32)
      ) WITH (fillfactor = 10)`);
    await runner.query(`
      INSERT INTO log_head (size, root, frontier, recorded_at)
      VALUES (0, sha256(''), '', '1970-01-01T00:00:00Z')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const [{ size }] = await runner.query(`SELECT size FROM log_head`);
    if (size !== '0') throw new Error('the log has leaves: it is never taken down');
    await runner.query(`DROP TABLE log_head`);
    await runner.query(`DROP TABLE log_leaves`);
    await runner.query(`DROP FUNCTION refuse_change()`);
  }
}
