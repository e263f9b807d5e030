import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One try to deliver one event; the last hundred of a webhook are kept. */
@Entity('webhook_attempts')
export class WebhookAttemptEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  attemptId: string;

  @Column({ type: 'text' })
  webhookId: string;

  @Column({ type: 'text' })
  eventId: string;

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date;

  @Column({ type: 'integer', nullable: true })
  status: number | null;

  /** Null for a success. */
  @Column({ type: 'text', nullable: true })
  failure: string | null;

  @Column({ type: 'integer' })
  durationMs: number;
}
