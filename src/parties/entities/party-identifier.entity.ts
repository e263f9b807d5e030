import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('party_identifiers')
@Index(['scheme', 'value'])
export class PartyIdentifierEntity {
  @PrimaryColumn({ type: 'text' })
  partyId: string;

  @PrimaryColumn({ type: 'text' })
  scheme: string;

  /** The canonical form. */
  @PrimaryColumn({ type: 'text' })
  value: string;

  /** What was given, to the letter. */
  @Column({ type: 'text' })
  typed: string;

  @Column({ type: 'timestamptz', precision: 3 })
  addedAt: Date;
}
