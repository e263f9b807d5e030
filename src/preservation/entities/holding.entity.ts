import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('holdings')
export class HoldingEntity {
  @PrimaryColumn({ type: 'text' })
  workId: string;

  @PrimaryColumn({ type: 'text' })
  partyId: string;

  @Column({ type: 'text' })
  declaredBy: string;

  @Column({ type: 'timestamptz', precision: 3 })
  declaredAt: Date;
}
