import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('trigger_steps')
export class TriggerStepEntity {
  @PrimaryColumn({ type: 'text' })
  workId: string;

  @PrimaryColumn({ type: 'text' })
  kind: string;

  @PrimaryColumn({ type: 'integer' })
  step: number;

  @Column({ type: 'text' })
  state: string;

  @Column({ type: 'text', nullable: true })
  partyId: string | null;

  @Column({ type: 'integer', nullable: true })
  months: number | null;

  @Column({ type: 'text', nullable: true })
  evidenceUrl: string | null;

  @Column({ type: 'text', nullable: true })
  evidenceDigest: string | null;

  @Column({ type: 'integer', nullable: true })
  holders: number | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  inEffectAt: Date | null;

  @Column({ type: 'text' })
  madeBy: string;

  @Column({ type: 'timestamptz', precision: 3 })
  recordedAt: Date;

  @Column({ type: 'bigint' })
  leafIndex: string;
}
