import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What may be done with a work, who said so and since when: append-only declarations whose terms
 * are interned, because thousands of distinct wishes cover hundreds of millions of works.
 */
export class CreateConsent1763800500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE term_sets (
        term_set_id bigint GENERATED ALWAYS AS IDENTITY,
        digest bytea NOT NULL,
        content jsonb NOT NULL,
        CONSTRAINT term_sets_pkey PRIMARY KEY (term_set_id),
        CONSTRAINT term_sets_digest_key UNIQUE (digest),
        CONSTRAINT term_sets_digest_check CHECK (octet_length(digest) = 32)
      )`);
    await runner.query(`
      CREATE TABLE declarations (
        declaration_id text NOT NULL,
        party_id text NOT NULL,
        layer text NOT NULL,
        subject_kind text NOT NULL,
        subject_id text NOT NULL,
        version integer NOT NULL,
        term_set_id bigint NOT NULL,
        effective_from timestamptz(3),
        effective_until timestamptz(3),
        withdraws text,
        template text,
        declared_by text NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        leaf_index bigint NOT NULL,
        CONSTRAINT declarations_pkey PRIMARY KEY (declaration_id),
        CONSTRAINT declarations_subject_id_party_id_layer_subject_kind_version_key
          UNIQUE (subject_id, party_id, layer, subject_kind, version),
        CONSTRAINT declarations_party_id_fkey FOREIGN KEY (party_id) REFERENCES parties (party_id),
        CONSTRAINT declarations_term_set_id_fkey
          FOREIGN KEY (term_set_id) REFERENCES term_sets (term_set_id),
        CONSTRAINT declarations_withdraws_fkey
          FOREIGN KEY (withdraws) REFERENCES declarations (declaration_id),
        CONSTRAINT declarations_layer_check CHECK (layer IN
          ('recording', 'performance', 'composition', 'artwork', 'text', 'image', 'video')),
        CONSTRAINT declarations_subject_kind_check
          CHECK (subject_kind IN ('work', 'release', 'catalogue', 'party'))
      )`);
    await runner.query(
      `CREATE INDEX declarations_party_id_declaration_id_idx
       ON declarations (party_id, declaration_id)`,
    );
    // Lookups ask "whose broad statements changed since the log size I know?".
    await runner.query(`CREATE INDEX declarations_leaf_index_idx ON declarations (leaf_index)`);
    for (const table of ['term_sets', 'declarations']) {
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    const [{ filled }] = await runner.query(`SELECT EXISTS (SELECT FROM declarations) AS filled`);
    if (filled) throw new Error('declarations exist: they are append-only and never taken down');
    await runner.query(`DROP TABLE declarations`);
    await runner.query(`DROP TABLE term_sets`);
  }
}
