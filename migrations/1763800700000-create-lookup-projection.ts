import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The read side of lookups: every identifier points at a work and at its standing (who holds
 * what, in which shape), interned. It can be rebuilt from zero at any time.
 *
 * Size: at 10,000,000 works about 1.5 GB of entries, and as many standings as there are distinct
 * groups of holders.
 */
export class CreateLookupProjection1763800700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lookup_standings (
        standing_id integer GENERATED ALWAYS AS IDENTITY,
        digest bytea NOT NULL,
        shape text NOT NULL,
        refs text[] NOT NULL,
        CONSTRAINT lookup_standings_pkey PRIMARY KEY (standing_id),
        CONSTRAINT lookup_standings_digest_key UNIQUE (digest),
        CONSTRAINT lookup_standings_digest_check CHECK (octet_length(digest) = 32)
      )`);
    // No foreign key to the standing: every new entry of an artist would lock that one row, and
    // standings are only ever dropped by the rebuild, which looks for entries itself.
    await runner.query(`
      CREATE TABLE lookup_entries (
        scheme text NOT NULL,
        value text NOT NULL,
        work_id text NOT NULL,
        standing_id integer NOT NULL,
        confidence_ppm integer NOT NULL,
        released_on date,
        CONSTRAINT lookup_entries_pkey PRIMARY KEY (scheme, value, work_id)
      )`);
    await runner.query(`CREATE INDEX lookup_entries_work_id_idx ON lookup_entries (work_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE lookup_entries`);
    await runner.query(`DROP TABLE lookup_standings`);
  }
}
