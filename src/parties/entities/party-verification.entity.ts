import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('party_verifications')
export class PartyVerificationEntity {
  @PrimaryColumn({ type: 'text' })
  verificationId: string;

  @Index()
  @Column({ type: 'text' })
  partyId: string;

  @Column({ type: 'text' })
  method: string;

  @Column({ type: 'text', nullable: true })
  domain: string | null;

  /** Public by nature: it is published on the domain. It only must not be guessed beforehand. */
  @Column({ type: 'text', nullable: true })
  token: string | null;

  @Column({ type: 'smallint' })
  level: number;

  @Column({ type: 'text' })
  state: string;

  /** What the operator saw. Never shown to the public. */
  @Column({ type: 'text', nullable: true })
  evidence: string | null;

  /** Why the operator decided so. Never shown to the public. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'text' })
  requestedBy: string;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  checkedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  checkResult: string | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  verifiedAt: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  revokedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  revokedBy: string | null;

  @Column({ type: 'text', nullable: true })
  revocationReason: string | null;
}
