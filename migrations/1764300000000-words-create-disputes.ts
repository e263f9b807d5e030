import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Disputes over a layer of a work: version 1 opens one, version 2 ends it, and neither ever changes. An
 * erasure alone blanks the reason.
 *
 * Locks nothing that is in use. Old code runs on; it answers as if there were no recorded dispute, and
 * finds two exclusive claims by itself as before.
 */
export class WordsCreateDisputes1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE disputes (
        dispute_id text NOT NULL,
        version smallint NOT NULL,
        work_id text NOT NULL,
        layer text NOT NULL,
        claim_ids text[] NOT NULL,
        party_ids text[] NOT NULL,
        opened_by text,
        state text NOT NULL,
        how text,
        reason text,
        made_by text NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        leaf_index bigint NOT NULL,
        CONSTRAINT disputes_pkey PRIMARY KEY (dispute_id, version),
        CONSTRAINT disputes_work_id_fkey FOREIGN KEY (work_id) REFERENCES works (work_id),
        CONSTRAINT disputes_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES parties (party_id),
        CONSTRAINT disputes_layer_check CHECK (layer IN
          ('recording', 'performance', 'composition', 'artwork', 'text', 'image', 'video')),
        CONSTRAINT disputes_state_check CHECK
          ((version, state) IN ((1, 'opened'), (2, 'resolved')) AND (state = 'resolved') = (how IS NOT NULL)),
        CONSTRAINT disputes_how_check CHECK (how IN ('withdrawn', 'upheld', 'dismissed', 'lapsed'))
      )`);
    await runner.query(`CREATE INDEX disputes_work_id_idx ON disputes (work_id)`);
    await runner.query(`CREATE INDEX disputes_party_ids_idx ON disputes USING gin (party_ids)`);
    await runner.query(`
      CREATE TRIGGER disputes_append_only BEFORE DELETE OR TRUNCATE ON disputes
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await runner.query(`
      CREATE TRIGGER disputes_no_update BEFORE UPDATE ON disputes FOR EACH STATEMENT
      WHEN (current_setting('fermata.erasing', true) IS DISTINCT FROM 'on')
      EXECUTE FUNCTION refuse_change()`);
    await runner.query(`
      CREATE TRIGGER disputes_blank_only BEFORE UPDATE ON disputes FOR EACH ROW
      EXECUTE FUNCTION refuse_all_but_blanking('reason')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const [{ filled }] = await runner.query(`SELECT EXISTS (SELECT FROM disputes) AS filled`);
    if (filled) throw new Error('disputes exist: the table is append-only and never taken down');
    await runner.query(`DROP TABLE disputes`);
  }
}
