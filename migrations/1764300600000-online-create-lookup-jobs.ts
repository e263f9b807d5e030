import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lookups of large files that go on without their client.
 *
 * Why: a million identifiers take longer than a connection may last. The files stand in DATA_DIR; how
 * far each is answered stands here, so that a killed process loses nothing and repeats nothing. The
 * epoch counts the takings of a job: whoever held it before can't write down anything any more.
 * Locks nothing that is in use.
 */
export class OnlineCreateLookupJobs1764300600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lookup_jobs (
        job_id text NOT NULL,
        account_id text NOT NULL,
        idempotency_key text,
        request_digest bytea NOT NULL,
        state text NOT NULL,
        ask jsonb NOT NULL,
        format text NOT NULL,
        header jsonb,
        input_bytes bigint NOT NULL,
        input_digest bytea,
        input_offset bigint NOT NULL,
        rows_done bigint NOT NULL,
        chunks integer NOT NULL,
        result_bytes bigint NOT NULL,
        result_epoch integer NOT NULL,
        epoch integer NOT NULL,
        leased_until timestamptz(3),
        first_log_size bigint,
        problem jsonb,
        created_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3),
        expires_at timestamptz(3),
        CONSTRAINT lookup_jobs_pkey PRIMARY KEY (job_id),
        CONSTRAINT lookup_jobs_account_id_idempotency_key_key UNIQUE (account_id, idempotency_key),
        CONSTRAINT lookup_jobs_account_id_fkey
          FOREIGN KEY (account_id) REFERENCES accounts (account_id),
        CONSTRAINT lookup_jobs_state_check
          CHECK (state IN ('receiving', 'queued', 'finished', 'failed')),
        CONSTRAINT lookup_jobs_format_check CHECK (format IN ('ndjson', 'csv', 'tsv'))
      )`);
    await runner.query(`
      CREATE TRIGGER lookup_jobs_account_id_not_erased AFTER INSERT ON lookup_jobs
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT
      EXECUTE FUNCTION refuse_erased('account_id', 'accounts', 'account_id')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE lookup_jobs`);
  }
}
