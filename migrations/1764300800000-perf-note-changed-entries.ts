import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Notes which identifiers lead elsewhere than before.
 *
 * Why: a process that keeps the entries of lookups in memory has to know exactly whether it has the ones
 * that a statement would see, and which to read again. The notes are numbered under the log's lock, so
 * that a number that is seen has all smaller ones before it. A statement that changes many entries, as a
 * rebuild does, notes one row without an identifier: read everything anew. Notes beyond the last 20,000
 * are dropped. Old code runs on: triggers write the notes.
 */
export class NoteChangedEntries1764300800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lookup_changes (
        change bigint GENERATED ALWAYS AS IDENTITY,
        scheme text,
        value text,
        CONSTRAINT lookup_changes_pkey PRIMARY KEY (change),
        CONSTRAINT lookup_changes_check CHECK ((scheme IS NULL) = (value IS NULL))
      )`);
    await runner.query(`INSERT INTO lookup_changes (scheme, value) VALUES (NULL, NULL)`);
    await runner.query(`
      CREATE FUNCTION note_changed_entries() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'TRUNCATE' THEN
          INSERT INTO lookup_changes (scheme, value) VALUES (NULL, NULL);
          RETURN NULL;
        END IF;
        IF NOT EXISTS (SELECT FROM changed) THEN RETURN NULL; END IF;
        PERFORM FROM log_head FOR UPDATE;
        IF (SELECT count(*) FROM (SELECT FROM changed LIMIT 1001) AS first) > 1000 THEN
          INSERT INTO lookup_changes (scheme, value) VALUES (NULL, NULL);
        ELSE
          INSERT INTO lookup_changes (scheme, value) SELECT DISTINCT scheme, value FROM changed;
        END IF;
        DELETE FROM lookup_changes
        WHERE change <= (SELECT max(change) FROM lookup_changes) - 20000;
        RETURN NULL;
      END $$`);
    for (const [event, table] of EVENTS) {
      await runner.query(`
        CREATE TRIGGER lookup_entries_note_${event} AFTER ${event} ON lookup_entries
        REFERENCING ${table} TABLE AS changed FOR EACH STATEMENT
        EXECUTE FUNCTION note_changed_entries()`);
    }
    await runner.query(`
      CREATE TRIGGER lookup_entries_note_truncate AFTER TRUNCATE ON lookup_entries
      FOR EACH STATEMENT EXECUTE FUNCTION note_changed_entries()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [event] of [...EVENTS, ['truncate']]) {
      await runner.query(`DROP TRIGGER lookup_entries_note_${event} ON lookup_entries`);
    }
    await runner.query(`DROP FUNCTION note_changed_entries()`);
    await runner.query(`DROP TABLE lookup_changes`);
  }
}

const EVENTS = [
  ['insert', 'NEW'],
  ['update', 'NEW'],
  ['delete', 'OLD'],
] as const;
