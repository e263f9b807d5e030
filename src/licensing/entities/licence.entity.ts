import type { Territory } from '#vocabulary';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('licences')
export class LicenceEntity {
  @PrimaryColumn({ type: 'text' })
  licenceId: string;

  @Column({ type: 'text' })
  grantorPartyId: string;

  @Column({ type: 'text' })
  granteePartyId: string;

  @Column({ type: 'text', array: true })
  purposes: string[];

  @Column({ type: 'text', array: true })
  layers: string[];

  @Column({ type: 'jsonb', nullable: true })
  territory: Territory | null;

  @Column({ type: 'timestamptz', precision: 3 })
  validFrom: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  validUntil: Date | null;

  @Column({ type: 'text' })
  grantedBy: string;

  @Column({ type: 'timestamptz', precision: 3 })
  grantedAt: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  revokedAt: Date | null;
}
