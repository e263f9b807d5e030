import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AccountEntity } from './account.entity.js';

@Entity('sessions')
@Unique(['tokenHash'])
export class SessionEntity {
  @PrimaryColumn({ type: 'text' })
  sessionId: string;

  @Index()
  @ForeignKey(() => AccountEntity)
  @Column({ type: 'text' })
  accountId: string;

  /** SHA-256: a fast hash is enough for 256 random bits. */
  @Column({ type: 'bytea' })
  tokenHash: Buffer;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt: Date;

  /** Written at most once a minute. */
  @Column({ type: 'timestamptz', precision: 3 })
  lastUsedAt: Date;

  /** The absolute end, whatever the use. */
  @Column({ type: 'timestamptz', precision: 3 })
  expiresAt: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  revokedAt: Date | null;
}
