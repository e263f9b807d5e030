import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Works of every kind, their contributors, identifiers and links, and the catalogues parties keep.
 *
 * Rows that an answer can depend on carry when they were recorded and when they were removed, so
 * that any past moment can be asked about; they are closed once and never deleted.
 */
export class CreateWorks1763800300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE works (
        work_id text NOT NULL,
        kind text NOT NULL,
        title text NOT NULL,
        language text,
        released_on date,
        registrant_party_id text NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        recorded_at timestamptz(3) NOT NULL,
        leaf_index bigint NOT NULL,
        CONSTRAINT works_pkey PRIMARY KEY (work_id),
        CONSTRAINT works_registrant_party_id_fkey
          FOREIGN KEY (registrant_party_id) REFERENCES parties (party_id),
        CONSTRAINT works_kind_check CHECK (kind IN
          ('recording', 'composition', 'release', 'artwork', 'text', 'image', 'video'))
      )`);
    await runner.query(
      `CREATE INDEX works_registrant_party_id_work_id_idx ON works (registrant_party_id, work_id)`,
    );
    await runner.query(`
      CREATE TABLE work_contributors (
        work_id text NOT NULL,
        position smallint NOT NULL,
        name text NOT NULL,
        role text NOT NULL,
        party_id text,
        CONSTRAINT work_contributors_pkey PRIMARY KEY (work_id, position),
        CONSTRAINT work_contributors_work_id_fkey FOREIGN KEY (work_id) REFERENCES works (work_id),
        CONSTRAINT work_contributors_party_id_fkey
          FOREIGN KEY (party_id) REFERENCES parties (party_id)
      )`);
    await runner.query(`
      CREATE TABLE work_identifiers (
        scheme text NOT NULL,
        value text NOT NULL,
        work_id text NOT NULL,
        typed text NOT NULL,
        salt bytea NOT NULL,
        confidence_ppm integer NOT NULL DEFAULT 1000000,
        recorded_at timestamptz(3) NOT NULL,
        removed_at timestamptz(3),
        leaf_index bigint NOT NULL,
        CONSTRAINT work_identifiers_pkey PRIMARY KEY (scheme, value, work_id, recorded_at),
        CONSTRAINT work_identifiers_work_id_fkey FOREIGN KEY (work_id) REFERENCES works (work_id),
        CONSTRAINT work_identifiers_confidence_ppm_check
          CHECK (confidence_ppm BETWEEN 0 AND 1000000)
      )`);
    await runner.query(`CREATE INDEX work_identifiers_work_id_idx ON work_identifiers (work_id)`);
    await runner.query(`
      CREATE TABLE work_links (
        from_work_id text NOT NULL,
        to_work_id text NOT NULL,
        kind text NOT NULL,
        verified boolean NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        removed_at timestamptz(3),
        leaf_index bigint NOT NULL,
        CONSTRAINT work_links_pkey PRIMARY KEY (from_work_id, to_work_id, kind, recorded_at),
        CONSTRAINT work_links_from_work_id_fkey
          FOREIGN KEY (from_work_id) REFERENCES works (work_id),
        CONSTRAINT work_links_to_work_id_fkey FOREIGN KEY (to_work_id) REFERENCES works (work_id),
        CONSTRAINT work_links_kind_check
          CHECK (kind IN ('embodies', 'contains', 'samples', 'illustrated_by')),
        CONSTRAINT work_links_to_work_id_check CHECK (from_work_id <> to_work_id)
      )`);
    await runner.query(`CREATE INDEX work_links_to_work_id_idx ON work_links (to_work_id)`);
    await runner.query(`
      CREATE TABLE catalogues (
        catalogue_id text NOT NULL,
        party_id text NOT NULL,
        name text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT catalogues_pkey PRIMARY KEY (catalogue_id),
        CONSTRAINT catalogues_party_id_name_key UNIQUE (party_id, name),
        CONSTRAINT catalogues_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties (party_id)
      )`);
    await runner.query(`
      CREATE TABLE catalogue_works (
        catalogue_id text NOT NULL,
        work_id text NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        removed_at timestamptz(3),
        leaf_index bigint NOT NULL,
        CONSTRAINT catalogue_works_pkey PRIMARY KEY (catalogue_id, work_id, recorded_at),
        CONSTRAINT catalogue_works_catalogue_id_fkey
          FOREIGN KEY (catalogue_id) REFERENCES catalogues (catalogue_id),
        CONSTRAINT catalogue_works_work_id_fkey FOREIGN KEY (work_id) REFERENCES works (work_id)
      )`);
    await runner.query(`CREATE INDEX catalogue_works_work_id_idx ON catalogue_works (work_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'catalogue_works',
      'catalogues',
      'work_links',
      'work_identifiers',
      'work_contributors',
      'works',
    ];
    for (const table of tables) await runner.query(`DROP TABLE ${table}`);
  }
}
