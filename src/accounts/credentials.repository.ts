import { Injectable } from '@nestjs/common';
import { Database } from '#platform';
import type { Role, Scope } from './domain/scopes.js';

export type CredentialKind = 'session' | 'api_key';

/** A credential that is not revoked, of an account that is not disabled. */
export interface CredentialRow {
  credentialId: string;
  accountId: string;
  roles: Role[];
  /** The scopes of an API key; null for a session, which has all of its account's. */
  scopes: Scope[] | null;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

const SELECT: Record<CredentialKind, string> = {
  session: `
    SELECT s.session_id AS "credentialId", a.account_id AS "accountId", a.roles,
      NULL AS scopes, s.last_used_at AS "lastUsedAt", s.expires_at AS "expiresAt"
    FROM sessions s JOIN accounts a USING (account_id)
    WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND a.disabled_at IS NULL`,
  api_key: `
    SELECT k.api_key_id AS "credentialId", a.account_id AS "accountId", a.roles,
      k.scopes, k.last_used_at AS "lastUsedAt", k.expires_at AS "expiresAt"
    FROM api_keys k JOIN accounts a USING (account_id)
    WHERE k.secret_hash = $1 AND k.revoked_at IS NULL AND a.disabled_at IS NULL`,
};

const TOUCH: Record<CredentialKind, string> = {
  session: `UPDATE sessions SET last_used_at = $2 WHERE session_id = $1 AND last_used_at < $2`,
  api_key: `
    UPDATE api_keys SET last_used_at = $2
    WHERE api_key_id = $1 AND (last_used_at IS NULL OR last_used_at < $2)`,
};

/** The two statements that stand behind every request with a credential. */
@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: Database) {}

  /** One statement, by unique index on the hash. */
  async findByHash(kind: CredentialKind, hash: Buffer): Promise<CredentialRow | null> {
    const rows: CredentialRow[] = await this.database.reader.query(SELECT[kind], [hash]);
    return rows[0] ?? null;
  }

  /** Writes down that the credential was used. */
  async touch(kind: CredentialKind, credentialId: string, at: Date): Promise<void> {
    await this.database.reader.query(TOUCH[kind], [credentialId, at]);
  }
}
