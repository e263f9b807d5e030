import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock, sha256 } from '#kernel';
import { type CredentialKind, CredentialsRepository } from './credentials.repository.js';
import type { Actor } from './domain/actor.js';
import { isApiKeySecret } from './domain/api-key-secret.js';
import { scopesOf } from './domain/scopes.js';
import { isSessionAlive, isSessionToken, TOUCH_INTERVAL_MS } from './domain/session-lifetime.js';

/**
 * How long a credential is believed without asking the database. A revocation, a disabled account
 * or a changed role takes effect at once in the process where it happens and after at most this
 * long in the others.
 */
export const CREDENTIAL_CACHE_MS = 30_000;

/** About 1 kB each: 10 MB when full. */
const CACHE_MAX = 10_000;

interface KnownCredential {
  readonly actor: Actor;
  readonly expiresAt: number | null;
  readonly readAt: number;
  lastUsedAt: number | null;
}

/** Tells who a session token or an API key stands for, mostly without the database. */
@Injectable()
export class Credentials {
  private readonly logger = new Logger('credentials');
  private readonly known = new LRUCache<string, KnownCredential>({ max: CACHE_MAX });
  /** Counts revocations: what was read while one happened is not remembered. */
  private revocations = 0;

  constructor(
    private readonly repository: CredentialsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The actor of a session token (`fses_…`) or an API key (`fmt_live_…`); null if the text has the
   * form of neither (a wrong checksum never reaches the database), or if it is unknown, expired or
   * revoked, or its account disabled.
   */
  async findActor(secret: string): Promise<Actor | null> {
    const kind = kindOf(secret);
    if (!kind) return null;
    const now = this.clock.now();
    const hash = sha256(secret);
    const key = hash.toString('base64');
    let credential: KnownCredential | null = this.known.get(key) ?? null;
    if (!credential || !isFresh(credential, now) || !isAlive(credential, now)) {
      credential = await this.read(kind, hash, key);
    }
    if (!credential || !isAlive(credential, now)) return null;
    await this.touch(credential, now);
    return credential.actor;
  }

  /** To be called after the commit that revoked this session or key. */
  forgetCredential(credentialId: string): void {
    this.forget((actor) => actor.credentialId === credentialId);
  }

  /** To be called after the commit that disabled this account or changed its roles or sessions. */
  forgetAccount(accountId: string): void {
    this.forget((actor) => actor.accountId === accountId);
  }

  private forget(matches: (actor: Actor) => boolean): void {
    this.revocations += 1;
    for (const [key, { actor }] of this.known.entries()) {
      if (matches(actor)) this.known.delete(key);
    }
  }

  private async read(
    kind: CredentialKind,
    hash: Buffer,
    key: string,
  ): Promise<KnownCredential | null> {
    const before = this.revocations;
    const readAt = this.clock.now();
    const row = await this.repository.findByHash(kind, hash);
    if (!row) {
      this.known.delete(key);
      return null;
    }
    const held = scopesOf(row.roles);
    const credential: KnownCredential = {
      actor: {
        accountId: row.accountId,
        roles: row.roles,
        scopes: row.scopes ? new Set(row.scopes.filter((scope) => held.has(scope))) : held,
        via: kind,
        credentialId: row.credentialId,
      },
      expiresAt: row.expiresAt?.getTime() ?? null,
      lastUsedAt: row.lastUsedAt?.getTime() ?? null,
      readAt,
    };
    if (before === this.revocations) this.known.set(key, credential);
    return credential;
  }

  private async touch(credential: KnownCredential, now: number): Promise<void> {
    if (credential.lastUsedAt !== null && now - credential.lastUsedAt < TOUCH_INTERVAL_MS) return;
    // Set first: of many requests at one moment, one writes.
    credential.lastUsedAt = now;
    const { via, credentialId } = credential.actor;
    try {
      await this.repository.touch(via, credentialId, new Date(now));
    } catch (error) {
      // The time of last use is a convenience; a request is not refused for want of it.
      this.logger.warn(`last use of ${credentialId} was not written: ${String(error)}`);
    }
  }
}

function kindOf(secret: string): CredentialKind | null {
  if (isSessionToken(secret)) return 'session';
  return isApiKeySecret(secret) ? 'api_key' : null;
}

function isFresh(credential: KnownCredential, now: number): boolean {
  return now >= credential.readAt && now - credential.readAt < CREDENTIAL_CACHE_MS;
}

function isAlive({ actor, expiresAt, lastUsedAt }: KnownCredential, now: number): boolean {
  if (actor.via === 'session') {
    return isSessionAlive({ expiresAt: expiresAt!, lastUsedAt: lastUsedAt! }, now);
  }
  return expiresAt === null || now < expiresAt;
}
