import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('log_leaves')
export class LogLeafEntity {
  @PrimaryColumn({ type: 'bigint' })
  leafIndex: string;

  @Column({ type: 'bytea' })
  leafHash: Buffer;

  @Column({ type: 'bytea' })
  entry: Buffer;

  @Column({ type: 'text' })
  leafType: string;

  @Column({ type: 'text' })
  streamKey: string;

  @Column({ type: 'integer' })
  streamVersion: number;

  @Column({ type: 'timestamptz', precision: 3 })
  recordedAt: Date;
}
