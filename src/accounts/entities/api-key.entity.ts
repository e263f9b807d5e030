import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Scope } from '../domain/scopes.js';
import { AccountEntity } from './account.entity.js';

@Entity('api_keys')
@Unique(['secretHash'])
export class ApiKeyEntity {
  @PrimaryColumn({ type: 'text' })
  apiKeyId: string;

  @Index()
  @ForeignKey(() => AccountEntity)
  @Column({ type: 'text' })
  accountId: string;

  @Column({ type: 'text' })
  name: string;

  /** SHA-256: a fast hash is enough for 178 random bits. */
  @Column({ type: 'bytea' })
  secretHash: Buffer;

  /** The end of the secret, by which its owner tells keys apart. */
  @Column({ type: 'text' })
  lastFour: string;

  @Column({ type: 'text', array: true })
  scopes: Scope[];

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  expiresAt: Date | null;

  /** Written at most once a minute. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  lastUsedAt: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  revokedAt: Date | null;
}
