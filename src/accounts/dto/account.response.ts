import { ROLES, type Role, type Scope, SCOPES, scopesOf } from '../domain/scopes.js';
import { ApiProperty } from '@nestjs/swagger';
import type { AccountEntity } from '../entities/account.entity.js';
import type { Actor } from '../domain/actor.js';

export class AccountResponse {
  /** @example "acc_01k9zj5v9ve8sr2m0g7c4h1xqd" */
  id: string;

  /**
   * As typed at sign-up; null for an API key without the scope account:manage.
   * @example "mara@example.org"
   */
  email: string | null;

  /** @example "Mara Lind" */
  displayName: string;

  /** @example ["artist"] */
  @ApiProperty({ enum: ROLES, isArray: true })
  roles: Role[];

  /**
   * What the credential of this request may do: a session all that the roles allow, an API key
   * what it was created with.
   * @example ["lookup:read"]
   */
  @ApiProperty({ enum: Object.keys(SCOPES), isArray: true })
  scopes: Scope[];

  /** @example "2026-11-22T10:15:00.000Z" */
  createdAt: string;

  /** `scopes` are those of the credential that asks; without one (at sign-up) those of the roles. */
  static from(account: AccountEntity, actor?: Actor): AccountResponse {
    const scopes = actor?.scopes ?? scopesOf(account.roles);
    return Object.assign(new AccountResponse(), {
      id: account.accountId,
      email: scopes.has('account:manage') ? account.email : null,
      displayName: account.displayName,
      roles: account.roles,
      scopes: [...scopes],
      createdAt: account.createdAt.toISOString(),
    });
  }
}
