import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Identifiers by the leaf that commits to them.
 *
 * Why: the openings of a bundle of 256 leaves are read by leaf index; without an index each bundle
 * would read the whole table. Locks work_identifiers against writes while it is built; old code
 * still runs.
 */
export class IndexOpenings1764200400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX work_identifiers_leaf_index_idx ON work_identifiers (leaf_index)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX work_identifiers_leaf_index_idx`);
  }
}
