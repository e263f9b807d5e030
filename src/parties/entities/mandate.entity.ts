import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Purpose, Territory } from '#vocabulary';

@Entity('mandates')
export class MandateEntity {
  @PrimaryColumn({ type: 'text' })
  mandateId: string;

  @Index()
  @Column({ type: 'text' })
  principalPartyId: string;

  @Index()
  @Column({ type: 'text' })
  representativePartyId: string;

  @Column({ type: 'text', array: true })
  rights: string[];

  @Column({ type: 'text', array: true, nullable: true })
  purposes: Purpose[] | null;

  @Column({ type: 'jsonb', nullable: true })
  territory: Territory | null;

  @Column({ type: 'timestamptz', precision: 3 })
  validFrom: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  validUntil: Date | null;

  @Column({ type: 'text' })
  state: string;

  @Column({ type: 'text' })
  proposedBy: string;

  @Column({ type: 'timestamptz', precision: 3 })
  proposedAt: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  decidedAt: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  revokedAt: Date | null;
}
