import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Names of what snapshots say of works, so that a standing keeps its number from one snapshot to the
 * next and only what changed has to be fetched.
 *
 * Size: thousands of rows; those that no kept snapshot uses are removed. Can be emptied at any time: then
 * the next snapshot gives new numbers, and its changes name every identifier. Locks nothing that is in use.
 */
export class SnapshotCreateSnapshotStandings1764300200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE snapshot_standings (
        standing_id integer GENERATED ALWAYS AS IDENTITY,
        digest bytea NOT NULL,
        last_size bigint NOT NULL,
        CONSTRAINT snapshot_standings_pkey PRIMARY KEY (standing_id),
        CONSTRAINT snapshot_standings_digest_key UNIQUE (digest),
        CONSTRAINT snapshot_standings_digest_check CHECK (octet_length(digest) = 32)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE snapshot_standings`);
  }
}
