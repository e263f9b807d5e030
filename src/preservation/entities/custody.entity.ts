import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('custodies')
export class CustodyEntity {
  @PrimaryColumn({ type: 'text' })
  workId: string;

  @PrimaryColumn({ type: 'text' })
  partyId: string;

  @Column({ type: 'text' })
  declaredBy: string;

  @Column({ type: 'timestamptz', precision: 3 })
  declaredAt: Date;
}
