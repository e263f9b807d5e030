import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How the signer is doing, for the processes that follow it. */
@Entity('log_signing')
export class LogSigningEntity {
  @PrimaryColumn({ type: 'boolean', default: true })
  onlyRow: boolean;

  @Column({ type: 'text' })
  state: string;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'timestamptz', precision: 3 })
  since: Date;
}
