import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('holdings')
export class HoldingEntity {
  @PrimaryColumn({ type: 'text' })
  holdingId: string;

  @Column({ type: 'text' })
  accountId: string;

  /** The webhook that is told; null for whoever asks by themselves. */
  @Column({ type: 'text', nullable: true })
  webhookId: string | null;

  /** Log size from which on changes count. */
  @Column({ type: 'bigint' })
  since: string;

  @Column({ type: 'integer' })
  identifiers: number;

  /** How far the webhook was told, as a cursor. */
  @Column({ type: 'text' })
  told: string;

  /** The log size in it: everything before was told. */
  @Column({ type: 'bigint' })
  toldUpTo: string;

  @Column({ type: 'text' })
  state: 'active' | 'paused';

  /** Since the last success. */
  @Column({ type: 'integer' })
  failures: number;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  retryAt: Date | null;

  /** A worker is telling until then. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  leasedUntil: Date | null;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt: Date;
}
