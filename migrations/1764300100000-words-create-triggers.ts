import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which archives hold which works, and what they declare about the state of a work: the triggers that
 * terms of preservation wait for. Steps are append-only; an erasure alone blanks where evidence lies.
 *
 * Locks nothing that is in use. Old code runs on; it knows no trigger, so nothing opens by one.
 */
export class WordsCreateTriggers1764300100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE custodies (
        party_id text NOT NULL,
        work_id text NOT NULL,
        declared_by text NOT NULL,
        declared_at timestamptz(3) NOT NULL,
        CONSTRAINT custodies_pkey PRIMARY KEY (work_id, party_id),
        CONSTRAINT custodies_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties (party_id),
        CONSTRAINT custodies_work_id_fkey FOREIGN KEY (work_id) REFERENCES works (work_id)
      )`);
    await runner.query(`CREATE INDEX custodies_party_id_idx ON custodies (party_id)`);
    await runner.query(`
      CREATE TABLE trigger_steps (
        work_id text NOT NULL,
        kind text NOT NULL,
        step integer NOT NULL,
        state text NOT NULL,
        party_id text,
        months integer,
        evidence_url text,
        evidence_digest text,
        holders integer,
        in_effect_at timestamptz(3),
        made_by text NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        leaf_index bigint NOT NULL,
        CONSTRAINT trigger_steps_pkey PRIMARY KEY (work_id, kind, step),
        CONSTRAINT trigger_steps_work_id_fkey FOREIGN KEY (work_id) REFERENCES works (work_id),
        CONSTRAINT trigger_steps_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties (party_id),
        CONSTRAINT trigger_steps_kind_check CHECK (kind IN ('delisted_everywhere', 'label_ceased',
          'rightsholder_unreachable', 'platform_failure', 'custodian_failure')),
        CONSTRAINT trigger_steps_state_check CHECK (state IN
          ('declared', 'dissented', 'in_effect', 'objected', 'dropped')
          AND (state = 'in_effect') = (in_effect_at IS NOT NULL))
      )`);
    await runner.query(`CREATE INDEX trigger_steps_party_id_idx ON trigger_steps (party_id)`);
    await runner.query(`
      CREATE TRIGGER trigger_steps_append_only BEFORE DELETE OR TRUNCATE ON trigger_steps
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await runner.query(`
      CREATE TRIGGER trigger_steps_no_update BEFORE UPDATE ON trigger_steps FOR EACH STATEMENT
      WHEN (current_setting('fermata.erasing', true) IS DISTINCT FROM 'on')
      EXECUTE FUNCTION refuse_change()`);
    await runner.query(`
      CREATE TRIGGER trigger_steps_blank_only BEFORE UPDATE ON trigger_steps FOR EACH ROW
      EXECUTE FUNCTION refuse_all_but_blanking('evidence_url', 'evidence_digest')`);
    for (const table of ['custodies', 'trigger_steps']) {
      await runner.query(`
        CREATE TRIGGER ${table}_party_id_not_erased AFTER INSERT ON ${table}
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT
        EXECUTE FUNCTION refuse_erased('party_id', 'parties', 'party_id')`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    const [{ filled }] = await runner.query(`SELECT EXISTS (SELECT FROM trigger_steps) AS filled`);
    if (filled) throw new Error('triggers exist: the table is append-only and never taken down');
    await runner.query(`DROP TABLE trigger_steps`);
    await runner.query(`DROP TABLE custodies`);
  }
}
