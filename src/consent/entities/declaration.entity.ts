import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('declarations')
export class DeclarationEntity {
  @PrimaryColumn({ type: 'text' })
  declarationId: string;

  @Column({ type: 'text' })
  partyId: string;

  @Column({ type: 'text' })
  layer: string;

  @Column({ type: 'text' })
  subjectKind: string;

  @Column({ type: 'text' })
  subjectId: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'bigint' })
  termSetId: string;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  effectiveFrom: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  effectiveUntil: Date | null;

  @Column({ type: 'text', nullable: true })
  withdraws: string | null;

  @Column({ type: 'text', nullable: true })
  template: string | null;

  @Column({ type: 'text' })
  declaredBy: string;

  @Column({ type: 'timestamptz', precision: 3 })
  recordedAt: Date;

  @Column({ type: 'bigint' })
  leafIndex: string;

  /** The assertion that signed it; null: the registry alone saw who it was. */
  @Column({ type: 'text', nullable: true })
  assertionId: string | null;
}
