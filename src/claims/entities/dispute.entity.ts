import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('disputes')
export class DisputeEntity {
  @PrimaryColumn({ type: 'text' })
  disputeId: string;

  @PrimaryColumn({ type: 'smallint' })
  version: number;

  @Column({ type: 'text' })
  workId: string;

  @Column({ type: 'text' })
  layer: string;

  @Column({ type: 'text', array: true })
  claimIds: string[];

  @Column({ type: 'text', array: true })
  partyIds: string[];

  @Column({ type: 'text', nullable: true })
  openedBy: string | null;

  @Column({ type: 'text' })
  state: string;

  @Column({ type: 'text', nullable: true })
  how: string | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'text' })
  madeBy: string;

  @Column({ type: 'timestamptz', precision: 3 })
  recordedAt: Date;

  @Column({ type: 'bigint' })
  leafIndex: string;
}
