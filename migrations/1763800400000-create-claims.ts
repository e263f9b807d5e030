import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who holds which share of which layer. One row a version, append-only: a change of level, share
 * or state is a new version, so that any past moment can be asked about.
 */
export class CreateClaims1763800400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE claims (
        claim_id text NOT NULL,
        version integer NOT NULL,
        work_id text NOT NULL,
        party_id text NOT NULL,
        layer text NOT NULL,
        role text NOT NULL,
        share_ppm integer NOT NULL,
        territory jsonb,
        exclusive boolean NOT NULL,
        level smallint NOT NULL,
        method text NOT NULL,
        evidence text,
        state text NOT NULL,
        mandate_id text,
        made_by text NOT NULL,
        made_at timestamptz(3) NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        leaf_index bigint NOT NULL,
        CONSTRAINT claims_pkey PRIMARY KEY (claim_id, version),
        CONSTRAINT claims_work_id_fkey FOREIGN KEY (work_id) REFERENCES works (work_id),
        CONSTRAINT claims_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties (party_id),
        CONSTRAINT claims_mandate_id_fkey FOREIGN KEY (mandate_id) REFERENCES mandates (mandate_id),
        CONSTRAINT claims_layer_check CHECK (layer IN
          ('recording', 'performance', 'composition', 'artwork', 'text', 'image', 'video')),
        CONSTRAINT claims_share_ppm_check CHECK (share_ppm BETWEEN 1 AND 1000000),
        CONSTRAINT claims_level_check CHECK (level BETWEEN 0 AND 4),
        CONSTRAINT claims_state_check CHECK (state IN ('active', 'disputed', 'withdrawn'))
      )`);
    await runner.query(`CREATE INDEX claims_work_id_idx ON claims (work_id)`);
    await runner.query(`CREATE INDEX claims_party_id_claim_id_idx ON claims (party_id, claim_id)`);
    await runner.query(`
      CREATE INDEX claims_mandate_id_idx ON claims (mandate_id) WHERE mandate_id IS NOT NULL`);
    await runner.query(`
      CREATE TRIGGER claims_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claims
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const [{ filled }] = await runner.query(`SELECT EXISTS (SELECT FROM claims) AS filled`);
    if (filled) throw new Error('claims exist: the table is append-only and never taken down');
    await runner.query(`DROP TABLE claims`);
  }
}
