import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Licences that holders granted to one inquirer. They never change the public answer. */
export class CreateLicences1763800600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE licences (
        licence_id text NOT NULL,
        grantor_party_id text NOT NULL,
        grantee_party_id text NOT NULL,
        purposes text[] NOT NULL,
        layers text[] NOT NULL,
        territory jsonb,
        valid_from timestamptz(3) NOT NULL,
        valid_until timestamptz(3),
        granted_by text NOT NULL,
        granted_at timestamptz(3) NOT NULL,
        revoked_at timestamptz(3),
        CONSTRAINT licences_pkey PRIMARY KEY (licence_id),
        CONSTRAINT licences_grantor_party_id_fkey
          FOREIGN KEY (grantor_party_id) REFERENCES parties (party_id),
        CONSTRAINT licences_grantee_party_id_fkey
          FOREIGN KEY (grantee_party_id) REFERENCES parties (party_id)
      )`);
    await runner.query(
      `CREATE INDEX licences_grantor_party_id_licence_id_idx
       ON licences (grantor_party_id, licence_id)`,
    );
    await runner.query(`
      CREATE TABLE licence_works (
        grantee_party_id text NOT NULL,
        work_id text NOT NULL,
        licence_id text NOT NULL,
        CONSTRAINT licence_works_pkey PRIMARY KEY (grantee_party_id, work_id, licence_id),
        CONSTRAINT licence_works_licence_id_fkey
          FOREIGN KEY (licence_id) REFERENCES licences (licence_id),
        CONSTRAINT licence_works_work_id_fkey FOREIGN KEY (work_id) REFERENCES works (work_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE licence_works`);
    await runner.query(`DROP TABLE licences`);
  }
}
