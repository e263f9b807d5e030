import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets lookups be answered from the primary key of lookup_entries alone.
 *
 * Why: at 100,000,000 identifiers a lookup read a page of the key and a page of the table, out of 16 GB that no
 * memory held; now a page of 9 GB (docs/decisions/0023). Size: 17 bytes an entry. Building it keeps everything
 * else waiting: 10 minutes for 100,000,000 entries on 2 cores.
 */
export class CoverEntries1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE lookup_entries DROP CONSTRAINT lookup_entries_pkey,
        ADD CONSTRAINT lookup_entries_pkey PRIMARY KEY (scheme, value, work_id)
          INCLUDE (standing_id, confidence_ppm, released_on)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE lookup_entries DROP CONSTRAINT lookup_entries_pkey,
        ADD CONSTRAINT lookup_entries_pkey PRIMARY KEY (scheme, value, work_id)`);
  }
}
