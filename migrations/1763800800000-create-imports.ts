import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Catalogue imports and the report of each row, kept so that it can be read again later. */
export class CreateImports1763800800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE imports (
        import_id text NOT NULL,
        party_id text NOT NULL,
        file_name text,
        file_digest bytea NOT NULL,
        encoding text NOT NULL,
        delimiter text NOT NULL,
        columns jsonb NOT NULL,
        notes jsonb NOT NULL,
        rows_total integer NOT NULL,
        rows_registered integer NOT NULL,
        rows_joined integer NOT NULL,
        rows_unchanged integer NOT NULL,
        rows_refused integer NOT NULL,
        rows_warned integer NOT NULL,
        catalogue_id text,
        imported_by text NOT NULL,
        imported_at timestamptz(3) NOT NULL,
        CONSTRAINT imports_pkey PRIMARY KEY (import_id),
        CONSTRAINT imports_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties (party_id),
        CONSTRAINT imports_catalogue_id_fkey
          FOREIGN KEY (catalogue_id) REFERENCES catalogues (catalogue_id)
      )`);
    await runner.query(
      `CREATE INDEX imports_party_id_import_id_idx ON imports (party_id, import_id)`,
    );
    await runner.query(`
      CREATE TABLE import_rows (
        import_id text NOT NULL,
        line integer NOT NULL,
        outcome text NOT NULL,
        work_id text,
        faults jsonb,
        warnings jsonb,
        CONSTRAINT import_rows_pkey PRIMARY KEY (import_id, line),
        CONSTRAINT import_rows_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports (import_id),
        CONSTRAINT import_rows_work_id_fkey FOREIGN KEY (work_id) REFERENCES works (work_id),
        CONSTRAINT import_rows_outcome_check
          CHECK (outcome IN ('registered', 'joined', 'unchanged', 'refused'))
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE import_rows`);
    await runner.query(`DROP TABLE imports`);
  }
}
