import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Being told: who wants to hear of the leaves that concern a party, and how far each has heard.
 *
 * Why: nobody should have to come and look whether something was said in their name. The trigger is
 * the outbox: in the transaction of the leaves it queues one job for each webhook and mailbox of the
 * parties concerned, whoever wrote the leaves, and without a statement more under the log's lock. The
 * queue's own tables stand in the schema graphile_worker; a party that nobody listens for never
 * touches it. Locks nothing that is in use.
 */
export class CreateNotices1764200200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notice_settings (
        account_id text NOT NULL,
        party_id text NOT NULL,
        mail text NOT NULL,
        read_up_to bigint NOT NULL,
        mailed_up_to bigint NOT NULL,
        leased_until timestamptz(3),
        CONSTRAINT notice_settings_pkey PRIMARY KEY (account_id, party_id),
        CONSTRAINT notice_settings_account_id_fkey
          FOREIGN KEY (account_id) REFERENCES accounts (account_id),
        CONSTRAINT notice_settings_party_id_fkey
          FOREIGN KEY (party_id) REFERENCES parties (party_id),
        CONSTRAINT notice_settings_mail_check CHECK (mail IN ('off', 'immediate', 'daily'))
      )`);
    await runner.query(
      `CREATE INDEX notice_settings_party_id_idx ON notice_settings (party_id)
       WHERE mail <> 'off'`,
    );
    await runner.query(`
      CREATE TABLE webhooks (
        webhook_id text NOT NULL,
        party_id text NOT NULL,
        url text NOT NULL,
        secret text NOT NULL,
        previous_secret text,
        previous_until timestamptz(3),
        state text NOT NULL,
        told_up_to bigint NOT NULL,
        failures integer NOT NULL,
        retry_at timestamptz(3),
        leased_until timestamptz(3),
        created_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT webhooks_pkey PRIMARY KEY (webhook_id),
        CONSTRAINT webhooks_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties (party_id),
        CONSTRAINT webhooks_created_by_fkey
          FOREIGN KEY (created_by) REFERENCES accounts (account_id),
        CONSTRAINT webhooks_state_check CHECK (state IN ('active', 'paused'))
      )`);
    await runner.query(`CREATE INDEX webhooks_party_id_idx ON webhooks (party_id)`);
    await runner.query(`
      CREATE TABLE webhook_attempts (
        attempt_id bigint GENERATED ALWAYS AS IDENTITY,
        webhook_id text NOT NULL,
        event_id text NOT NULL,
        at timestamptz(3) NOT NULL,
        status integer,
        failure text,
        duration_ms integer NOT NULL,
        CONSTRAINT webhook_attempts_pkey PRIMARY KEY (attempt_id),
        CONSTRAINT webhook_attempts_webhook_id_fkey
          FOREIGN KEY (webhook_id) REFERENCES webhooks (webhook_id) ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE INDEX webhook_attempts_webhook_id_attempt_id_idx
       ON webhook_attempts (webhook_id, attempt_id)`,
    );
    await runner.query(`
      CREATE FUNCTION queue_webhook(webhook text, not_before timestamptz) RETURNS void
      LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM graphile_worker.add_job('webhook', json_build_object('webhook', webhook),
          run_at => greatest(now(), not_before), job_key => 'webhook:' || webhook);
      END $$`);
    // A day's mail goes out at seven in the morning, UTC, the day after.
    await runner.query(`
      CREATE FUNCTION queue_mail(account text, party text, how text, not_before timestamptz)
      RETURNS void
      LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM graphile_worker.add_job('mail', json_build_object('account', account, 'party', party),
          run_at => CASE how WHEN 'daily'
            THEN (date_trunc('day', now() AT TIME ZONE 'UTC') + interval '31 hours') AT TIME ZONE 'UTC'
            ELSE greatest(now(), not_before) END,
          job_key => 'mail:' || account || ':' || party);
      END $$`);
    await runner.query(`
      CREATE FUNCTION tell_of_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM told JOIN webhooks USING (party_id) WHERE state = 'active') THEN
          PERFORM queue_webhook(webhook_id, retry_at) FROM webhooks
          WHERE state = 'active' AND party_id IN (SELECT party_id FROM told);
        END IF;
        IF EXISTS (SELECT FROM told JOIN notice_settings USING (party_id) WHERE mail <> 'off') THEN
          PERFORM queue_mail(account_id, party_id, mail, leased_until) FROM notice_settings
          WHERE mail <> 'off' AND party_id IN (SELECT party_id FROM told);
        END IF;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER log_concerns_tell AFTER INSERT ON log_concerns
      REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION tell_of_leaves()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER log_concerns_tell ON log_concerns`);
    await runner.query(`DROP FUNCTION tell_of_leaves()`);
    await runner.query(`DROP FUNCTION queue_mail(text, text, text, timestamptz)`);
    await runner.query(`DROP FUNCTION queue_webhook(text, timestamptz)`);
    await runner.query(`DROP TABLE webhook_attempts`);
    await runner.query(`DROP TABLE webhooks`);
    await runner.query(`DROP TABLE notice_settings`);
  }
}
