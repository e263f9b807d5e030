import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('work_identifiers')
export class WorkIdentifierEntity {
  @PrimaryColumn({ type: 'text' })
  scheme: string;

  @PrimaryColumn({ type: 'text' })
  value: string;

  @PrimaryColumn({ type: 'text' })
  workId: string;

  @Column({ type: 'text' })
  typed: string;

  @Column({ type: 'bytea' })
  salt: Buffer;

  @Column({ type: 'integer', default: 1_000_000 })
  confidencePpm: number;

  @PrimaryColumn({ type: 'timestamptz', precision: 3 })
  recordedAt: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  removedAt: Date | null;

  @Column({ type: 'bigint' })
  leafIndex: string;
}
