import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('parties')
export class PartyEntity {
  @PrimaryColumn({ type: 'text' })
  partyId: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'text' })
  displayName: string;

  @Column({ type: 'text', nullable: true })
  country: string | null;

  @Column({ type: 'integer', default: 1 })
  revision: number;

  @Column({ type: 'text' })
  createdBy: string;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt: Date;

  /** When the person behind it was erased; what is left are ids. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  erasedAt: Date | null;
}
