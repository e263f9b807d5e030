import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('work_links')
export class WorkLinkEntity {
  @PrimaryColumn({ type: 'text' })
  fromWorkId: string;

  @PrimaryColumn({ type: 'text' })
  toWorkId: string;

  @PrimaryColumn({ type: 'text' })
  kind: string;

  @Column({ type: 'boolean' })
  verified: boolean;

  @PrimaryColumn({ type: 'timestamptz', precision: 3 })
  recordedAt: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  removedAt: Date | null;

  @Column({ type: 'bigint' })
  leafIndex: string;
}
