import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('work_contributors')
export class WorkContributorEntity {
  @PrimaryColumn({ type: 'text' })
  workId: string;

  @PrimaryColumn({ type: 'smallint' })
  position: number;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  role: string;

  @Column({ type: 'text', nullable: true })
  partyId: string | null;
}
