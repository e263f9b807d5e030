import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Keys and notices of somebody who was erased can't come back.
 *
 * Why: a request that was under way when an erasure was committed must find the door shut at these
 * tables too, or a telephone's name or an address would stay for good. The challenges get the foreign
 * keys that make such a request wait for the erasure. Locks each table for a moment and reads the
 * challenges, which live five minutes. Old code runs on.
 */
export class ShutDoorsOfKeysAndNotices1764200500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE passkey_challenges
        ADD CONSTRAINT passkey_challenges_account_id_fkey
          FOREIGN KEY (account_id) REFERENCES accounts (account_id),
        ADD CONSTRAINT passkey_challenges_party_id_fkey
          FOREIGN KEY (party_id) REFERENCES parties (party_id)`);
    for (const [table, column, owners, key] of GUARDED) {
      await runner.query(`
        CREATE TRIGGER ${table}_${column}_not_erased AFTER INSERT ON ${table}
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT
        EXECUTE FUNCTION refuse_erased('${column}', '${owners}', '${key}')`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of GUARDED) {
      await runner.query(`DROP TRIGGER ${table}_${column}_not_erased ON ${table}`);
    }
    await runner.query(`
      ALTER TABLE passkey_challenges
        DROP CONSTRAINT passkey_challenges_account_id_fkey,
        DROP CONSTRAINT passkey_challenges_party_id_fkey`);
  }
}

const GUARDED = [
  ['passkeys', 'account_id', 'accounts', 'account_id'],
  ['passkeys', 'party_id', 'parties', 'party_id'],
  ['passkey_challenges', 'account_id', 'accounts', 'account_id'],
  ['passkey_challenges', 'party_id', 'parties', 'party_id'],
  ['webhooks', 'created_by', 'accounts', 'account_id'],
  ['webhooks', 'party_id', 'parties', 'party_id'],
  ['notice_settings', 'account_id', 'accounts', 'account_id'],
  ['notice_settings', 'party_id', 'parties', 'party_id'],
] as const;
