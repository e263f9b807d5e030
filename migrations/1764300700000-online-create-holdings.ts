import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What builders hold, so that they can be told which of it changed.
 *
 * Why: who asked last month must learn of what was declared since, without asking for everything anew.
 * What is held is kept by identifier and not by work: after an erasure nothing here leads to the work,
 * only to the leaf that says that it is gone. A published checkpoint queues one job that looks who
 * waits; where nobody does, it costs one look. Locks log_checkpoints for a moment.
 */
export class OnlineCreateHoldings1764300700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE holdings (
        holding_id text NOT NULL,
        account_id text NOT NULL,
        webhook_id text,
        since bigint NOT NULL,
        identifiers integer NOT NULL,
        told text NOT NULL,
        told_up_to bigint NOT NULL,
        state text NOT NULL,
        failures integer NOT NULL,
        retry_at timestamptz(3),
        leased_until timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT holdings_pkey PRIMARY KEY (holding_id),
        CONSTRAINT holdings_account_id_fkey
          FOREIGN KEY (account_id) REFERENCES accounts (account_id),
        CONSTRAINT holdings_webhook_id_fkey
          FOREIGN KEY (webhook_id) REFERENCES webhooks (webhook_id) ON DELETE SET NULL,
        CONSTRAINT holdings_state_check CHECK (state IN ('active', 'paused'))
      )`);
    await runner.query(`CREATE INDEX holdings_account_id_idx ON holdings (account_id)`);
    await runner.query(
      `CREATE INDEX holdings_webhook_id_idx ON holdings (webhook_id) WHERE webhook_id IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE holding_items (
        holding_id text NOT NULL,
        scheme text NOT NULL,
        value text NOT NULL,
        erased_leaf bigint,
        CONSTRAINT holding_items_pkey PRIMARY KEY (holding_id, scheme, value),
        CONSTRAINT holding_items_holding_id_fkey
          FOREIGN KEY (holding_id) REFERENCES holdings (holding_id) ON DELETE CASCADE
      )`);
    // An erasure asks who holds what goes, with the log held: never by reading a whole table.
    await runner.query(
      `CREATE INDEX holding_items_scheme_value_idx ON holding_items (scheme, value)`,
    );
    await runner.query(
      `CREATE INDEX holding_items_holding_id_erased_leaf_idx
       ON holding_items (holding_id, erased_leaf) WHERE erased_leaf IS NOT NULL`,
    );
    await runner.query(`
      CREATE TRIGGER holdings_account_id_not_erased AFTER INSERT ON holdings
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT
      EXECUTE FUNCTION refuse_erased('account_id', 'accounts', 'account_id')`);
    // Five seconds of checkpoints are told together. Nothing that fails here may keep the log from
    // being signed: the next checkpoint, or the next start, makes it good.
    await runner.query(`
      CREATE FUNCTION tell_holdings() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM holdings WHERE webhook_id IS NOT NULL AND state = 'active') THEN
          PERFORM graphile_worker.add_job('holdings', '{}'::json,
            run_at => now() + interval '5 seconds', job_key => 'holdings',
            job_key_mode => 'preserve_run_at');
        END IF;
        RETURN NULL;
      EXCEPTION WHEN OTHERS THEN
        RAISE WARNING 'holdings are not told: %', SQLERRM;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER log_checkpoints_tell AFTER INSERT ON log_checkpoints
      FOR EACH STATEMENT EXECUTE FUNCTION tell_holdings()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER log_checkpoints_tell ON log_checkpoints`);
    await runner.query(`DROP FUNCTION tell_holdings()`);
    await runner.query(`DROP TABLE holding_items`);
    await runner.query(`DROP TABLE holdings`);
  }
}
