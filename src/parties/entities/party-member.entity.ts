import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('party_members')
export class PartyMemberEntity {
  @PrimaryColumn({ type: 'text' })
  partyId: string;

  @Index()
  @PrimaryColumn({ type: 'text' })
  accountId: string;

  @Column({ type: 'timestamptz', precision: 3 })
  addedAt: Date;
}
