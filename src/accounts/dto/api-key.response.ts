import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '#platform';
import { type Scope, SCOPES } from '../domain/scopes.js';
import type { ApiKeyEntity } from '../entities/api-key.entity.js';

export class ApiKeyResponse {
  /** @example "key_01k9zj5v9ve8sr2m0g7c4h1xqd" */
  id: string;

  /** @example "nightly crawl, machine 3" */
  name: string;

  /**
   * The end of the secret.
   * @example "dzPh"
   */
  lastFour: string;

  /** @example ["lookup:read"] */
  @ApiProperty({ enum: Object.keys(SCOPES), isArray: true })
  scopes: Scope[];

  /** @example "2026-11-22T10:15:00.000Z" */
  createdAt: string;

  /** @example "2031-01-01T00:00:00.000Z" */
  expiresAt: string | null;

  /**
   * To the minute; null if it never was.
   * @example "2026-11-22T10:20:00.000Z"
   */
  lastUsedAt: string | null;

  static from(key: ApiKeyEntity): ApiKeyResponse {
    return Object.assign(new ApiKeyResponse(), wireForm(key));
  }
}

/** A key just created, with its secret. */
export class CreatedApiKeyResponse extends ApiKeyResponse {
  /**
   * The key itself, shown in this answer only. Null where the answer is repeated for an
   * Idempotency-Key: the secret is not kept. If it was lost, revoke the key and create another.
   * @example "fmt_live_0123456789ABCDEFGHIJKLMNOPQRST3vGxAs"
   */
  secret: string | null;

  static override from(key: ApiKeyEntity, secret: string | null = null): CreatedApiKeyResponse {
    return Object.assign(new CreatedApiKeyResponse(), wireForm(key), { secret });
  }

  /** What is kept to be repeated for an Idempotency-Key: everything but the secret. */
  toReplay(): CreatedApiKeyResponse {
    return Object.assign(new CreatedApiKeyResponse(), this, { secret: null });
  }
}

export class ApiKeyPageResponse {
  items: ApiKeyResponse[];

  /** Send it as `cursor` to get the next page; null on the last. */
  nextCursor: string | null;

  static from(page: Page<ApiKeyEntity>): ApiKeyPageResponse {
    return Object.assign(new ApiKeyPageResponse(), {
      items: page.items.map((key) => ApiKeyResponse.from(key)),
      nextCursor: page.nextCursor,
    });
  }
}

function wireForm(key: ApiKeyEntity): ApiKeyResponse {
  return {
    id: key.apiKeyId,
    name: key.name,
    lastFour: key.lastFour,
    scopes: key.scopes,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  };
}
