import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Erasing a person: ids stay, words go.
 *
 * Why: append-only tables hold words of people (evidence of claims, free text in terms). Inside a
 * transaction that says `fermata.erasing`, those columns alone may become NULL; every other change
 * is refused as before. Whoever is erased can't come back: a request that was under way when the
 * erasure was committed finds the door shut.
 *
 * Locks each table for a moment, rewrites none. Old code runs on until something was erased; then
 * it would stumble over a term set without content.
 */
export class LetErasureBlank1764200300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['accounts', 'parties', 'works']) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN erased_at timestamptz(3)`);
    }
    await runner.query(`ALTER TABLE term_sets ALTER COLUMN content DROP NOT NULL`);
    // Whoever declares the same words later gets a row of their own, not the erased one.
    await runner.query(`ALTER TABLE term_sets DROP CONSTRAINT term_sets_digest_key`);
    await runner.query(
      `CREATE UNIQUE INDEX term_sets_digest_key ON term_sets (digest) WHERE content IS NOT NULL`,
    );
    // Lookups ask whether anything was erased since the log size they know.
    await runner.query(
      `CREATE INDEX log_leaves_leaf_index_idx ON log_leaves (leaf_index)
       WHERE leaf_type = 'erasure'`,
    );
    // An erasure asks where somebody is named, with the log held: never by reading a whole table.
    await runner.query(
      `CREATE INDEX work_contributors_party_id_idx ON work_contributors (party_id)
       WHERE party_id IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX import_rows_work_id_idx ON import_rows (work_id)
       WHERE faults IS NOT NULL OR warnings IS NOT NULL`,
    );
    await this.guardBlanking(runner);
    await this.guardReturn(runner);
  }

  private async guardBlanking(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION refuse_all_but_blanking() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        restored record := NEW;
        personal text;
        blanked boolean;
      BEGIN
        FOREACH personal IN ARRAY TG_ARGV LOOP
          EXECUTE format('SELECT ($1).%I IS NULL', personal) INTO blanked USING NEW;
          IF blanked THEN
            restored := jsonb_populate_record(restored,
              jsonb_build_object(personal, to_jsonb(OLD) -> personal));
          END IF;
        END LOOP;
        IF restored IS DISTINCT FROM OLD THEN
          RAISE EXCEPTION '% on % refused: an erasure blanks % and nothing else',
            TG_OP, TG_TABLE_NAME, array_to_string(TG_ARGV, ', ')
            USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$`);
    for (const [table, personal] of [
      ['claims', 'evidence'],
      ['term_sets', 'content'],
    ]) {
      await runner.query(`DROP TRIGGER ${table}_append_only ON ${table}`);
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
      await runner.query(`
        CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} FOR EACH STATEMENT
        WHEN (current_setting('fermata.erasing', true) IS DISTINCT FROM 'on')
        EXECUTE FUNCTION refuse_change()`);
      await runner.query(`
        CREATE TRIGGER ${table}_blank_only BEFORE UPDATE ON ${table} FOR EACH ROW
        EXECUTE FUNCTION refuse_all_but_blanking('${personal}')`);
    }
  }

  /** After each statement, not for each row: an import stores twenty thousand rows at once. */
  private async guardReturn(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION refuse_erased() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE gone boolean;
      BEGIN
        EXECUTE format(
          'SELECT EXISTS (SELECT FROM added JOIN %I AS owner ON owner.%I = added.%I
             WHERE owner.erased_at IS NOT NULL)', TG_ARGV[1], TG_ARGV[2], TG_ARGV[0]) INTO gone;
        IF gone THEN
          RAISE EXCEPTION '% on % refused: what % names was erased',
            TG_OP, TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'FE410';
        END IF;
        RETURN NULL;
      END $$`);
    for (const [table, column, owners, key] of GUARDED) {
      await runner.query(`
        CREATE TRIGGER ${table}_${column}_not_erased AFTER INSERT ON ${table}
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT
        EXECUTE FUNCTION refuse_erased('${column}', '${owners}', '${key}')`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    const [{ filled }] = await runner.query(`
      SELECT EXISTS (SELECT FROM accounts WHERE erased_at IS NOT NULL)
        OR EXISTS (SELECT FROM parties WHERE erased_at IS NOT NULL)
        OR EXISTS (SELECT FROM term_sets WHERE content IS NULL) AS filled`);
    if (filled) throw new Error('people were erased: what says so is never taken down');
    for (const [table, column] of GUARDED) {
      await runner.query(`DROP TRIGGER ${table}_${column}_not_erased ON ${table}`);
    }
    await runner.query(`DROP FUNCTION refuse_erased()`);
    for (const table of ['claims', 'term_sets']) {
      for (const name of ['append_only', 'no_update', 'blank_only']) {
        await runner.query(`DROP TRIGGER ${table}_${name} ON ${table}`);
      }
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    }
    await runner.query(`DROP FUNCTION refuse_all_but_blanking()`);
    await runner.query(`DROP INDEX import_rows_work_id_idx`);
    await runner.query(`DROP INDEX work_contributors_party_id_idx`);
    await runner.query(`DROP INDEX log_leaves_leaf_index_idx`);
    await runner.query(`DROP INDEX term_sets_digest_key`);
    await runner.query(`ALTER TABLE term_sets ADD CONSTRAINT term_sets_digest_key UNIQUE (digest)`);
    await runner.query(`ALTER TABLE term_sets ALTER COLUMN content SET NOT NULL`);
    for (const table of ['accounts', 'parties', 'works']) {
      await runner.query(`ALTER TABLE ${table} DROP COLUMN erased_at`);
    }
  }
}

/** Where words of people are stored, and by which column those people are known. */
const GUARDED = [
  ['api_keys', 'account_id', 'accounts', 'account_id'],
  ['parties', 'created_by', 'accounts', 'account_id'],
  ['party_members', 'account_id', 'accounts', 'account_id'],
  ['party_identifiers', 'party_id', 'parties', 'party_id'],
  ['party_verifications', 'party_id', 'parties', 'party_id'],
  ['works', 'registrant_party_id', 'parties', 'party_id'],
  ['catalogues', 'party_id', 'parties', 'party_id'],
  ['imports', 'party_id', 'parties', 'party_id'],
  ['claims', 'party_id', 'parties', 'party_id'],
  ['declarations', 'party_id', 'parties', 'party_id'],
  ['work_contributors', 'work_id', 'works', 'work_id'],
  ['work_identifiers', 'work_id', 'works', 'work_id'],
  ['claims', 'work_id', 'works', 'work_id'],
] as const;
