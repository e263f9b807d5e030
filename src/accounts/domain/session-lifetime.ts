/** A session nobody uses ends after this. */
export const IDLE_MS = 30 * 60_000;

/** A session ends after this, however busy it is. */
export const ABSOLUTE_MS = 12 * 60 * 60_000;

/** Use of a credential is written down at most this often, so that reading costs no write. */
export const TOUCH_INTERVAL_MS = 60_000;

export const SESSION_PREFIX = 'fses_';

const SESSION_TOKEN = /^fses_[A-Za-z0-9_-]{43}$/;

/** A new session token of 256 bits. `randomBytes` must be a cryptographic source. */
export function newSessionToken(randomBytes: (size: number) => Uint8Array): string {
  return SESSION_PREFIX + Buffer.from(randomBytes(32)).toString('base64url');
}

/** True if the text has the form of a session token. */
export function isSessionToken(text: string): boolean {
  return SESSION_TOKEN.test(text);
}

/**
 * True while a session lives. All in epoch milliseconds. Because use is written at most once a
 * minute, an idle session ends between 29 and 30 minutes after its last use.
 */
export function isSessionAlive(
  session: { lastUsedAt: number; expiresAt: number },
  now: number,
): boolean {
  return now < session.expiresAt && now < session.lastUsedAt + IDLE_MS;
}
