import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('log_checkpoints')
export class LogCheckpointEntity {
  @PrimaryColumn({ type: 'bigint' })
  size: string;

  @Column({ type: 'bytea' })
  root: Buffer;

  /** The signed note as it is served. */
  @Column({ type: 'text' })
  note: string;

  @Column({ type: 'timestamptz', precision: 3 })
  signedAt: Date;
}
