import type { Territory } from '#vocabulary';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('claims')
export class ClaimEntity {
  @PrimaryColumn({ type: 'text' })
  claimId: string;

  @PrimaryColumn({ type: 'integer' })
  version: number;

  @Column({ type: 'text' })
  workId: string;

  @Column({ type: 'text' })
  partyId: string;

  @Column({ type: 'text' })
  layer: string;

  @Column({ type: 'text' })
  role: string;

  @Column({ type: 'integer' })
  sharePpm: number;

  @Column({ type: 'jsonb', nullable: true })
  territory: Territory | null;

  @Column({ type: 'boolean' })
  exclusive: boolean;

  @Column({ type: 'smallint' })
  level: number;

  @Column({ type: 'text' })
  method: string;

  @Column({ type: 'text', nullable: true })
  evidence: string | null;

  @Column({ type: 'text' })
  state: string;

  @Column({ type: 'text', nullable: true })
  mandateId: string | null;

  @Column({ type: 'text' })
  madeBy: string;

  @Column({ type: 'timestamptz', precision: 3 })
  madeAt: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  recordedAt: Date;

  @Column({ type: 'bigint' })
  leafIndex: string;
}
