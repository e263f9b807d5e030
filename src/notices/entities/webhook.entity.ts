import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('webhooks')
export class WebhookEntity {
  @PrimaryColumn({ type: 'text' })
  webhookId: string;

  @Column({ type: 'text' })
  partyId: string;

  @Column({ type: 'text' })
  url: string;

  /** `whsec_…`; kept as it is, because it signs. */
  @Column({ type: 'text' })
  secret: string;

  /** Signs too for a day after a rotation. */
  @Column({ type: 'text', nullable: true })
  previousSecret: string | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  previousUntil: Date | null;

  @Column({ type: 'text' })
  state: 'active' | 'paused';

  /** Index of the last leaf that was delivered. */
  @Column({ type: 'bigint' })
  toldUpTo: string;

  /** Since the last success. */
  @Column({ type: 'integer' })
  failures: number;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  retryAt: Date | null;

  /** A worker is delivering until then. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  leasedUntil: Date | null;

  @Column({ type: 'text' })
  createdBy: string;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt: Date;
}
