import { Injectable } from '@nestjs/common';
import { Database, type PageRequest } from '#platform';
import { IDLE_MS } from './domain/session-lifetime.js';

export interface SessionRow {
  sessionId: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
}

@Injectable()
export class SessionsQuery {
  constructor(private readonly database: Database) {}

  /** The sessions of an account that live at `nowMs`, oldest first; one more than the limit. */
  listAlive(accountId: string, page: PageRequest, nowMs: number): Promise<SessionRow[]> {
    return this.database.reader.query(
      `SELECT session_id AS "sessionId", created_at AS "createdAt",
         last_used_at AS "lastUsedAt", expires_at AS "expiresAt"
       FROM sessions
       WHERE account_id = $1 AND session_id > $2 AND revoked_at IS NULL
         AND expires_at > $3 AND last_used_at > $4
       ORDER BY session_id LIMIT $5`,
      [accountId, page.after, new Date(nowMs), new Date(nowMs - IDLE_MS), page.limit + 1],
    );
  }
}
