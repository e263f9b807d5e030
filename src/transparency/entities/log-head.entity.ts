import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('log_head')
export class LogHeadEntity {
  @PrimaryColumn({ type: 'boolean', default: true })
  onlyRow: boolean;

  @Column({ type: 'bigint' })
  size: string;

  @Column({ type: 'bytea' })
  root: Buffer;

  /** The frontier's hashes one after the other, 32 bytes each. */
  @Column({ type: 'bytea' })
  frontier: Buffer;

  @Column({ type: 'timestamptz', precision: 3 })
  recordedAt: Date;
}
