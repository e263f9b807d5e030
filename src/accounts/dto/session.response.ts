import type { Page } from '#platform';
import type { Actor } from '../domain/actor.js';
import type { AccountEntity } from '../entities/account.entity.js';
import type { SessionRow } from '../sessions.query.js';
import type { OpenedSession } from '../sessions.service.js';
import { AccountResponse } from './account.response.js';

/** A session just opened. */
export class OpenedSessionResponse {
  /** @example "ses_01k9zj5v9ve8sr2m0g7c4h1xqd" */
  id: string;

  /**
   * Send it as `Authorization: Bearer …`; browsers have it in a cookie already. It is shown once.
   * @example "fses_mZ1tQ0kq6m3s8n2b7v4c1x9z5a0d6f3g8h2j7k4l1qA"
   */
  token: string;

  /**
   * The session ends here at the latest, and sooner after 30 minutes without use.
   * @example "2026-11-22T22:15:00.000Z"
   */
  expiresAt: string;

  account: AccountResponse;

  static from(opened: { account: AccountEntity; session: OpenedSession }): OpenedSessionResponse {
    return Object.assign(new OpenedSessionResponse(), {
      id: opened.session.sessionId,
      token: opened.session.token,
      expiresAt: opened.session.expiresAt.toISOString(),
      account: AccountResponse.from(opened.account),
    });
  }
}

export class SessionResponse {
  /** @example "ses_01k9zj5v9ve8sr2m0g7c4h1xqd" */
  id: string;

  /** True for the session of this request. */
  current: boolean;

  /** @example "2026-11-22T10:15:00.000Z" */
  createdAt: string;

  /**
   * To the minute.
   * @example "2026-11-22T10:20:00.000Z"
   */
  lastUsedAt: string;

  /** @example "2026-11-22T22:15:00.000Z" */
  expiresAt: string;

  static from(session: SessionRow, actor: Actor): SessionResponse {
    return Object.assign(new SessionResponse(), {
      id: session.sessionId,
      current: session.sessionId === actor.credentialId,
      createdAt: session.createdAt.toISOString(),
      lastUsedAt: session.lastUsedAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
    });
  }
}

export class SessionPageResponse {
  items: SessionResponse[];

  /** Send it as `cursor` to get the next page; null on the last. */
  nextCursor: string | null;

  static from(page: Page<SessionRow>, actor: Actor): SessionPageResponse {
    return Object.assign(new SessionPageResponse(), {
      items: page.items.map((session) => SessionResponse.from(session, actor)),
      nextCursor: page.nextCursor,
    });
  }
}
