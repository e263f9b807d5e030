import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('works')
export class WorkEntity {
  @PrimaryColumn({ type: 'text' })
  workId: string;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'text', nullable: true })
  language: string | null;

  @Column({ type: 'date', nullable: true })
  releasedOn: string | null;

  @Column({ type: 'text' })
  registrantPartyId: string;

  @Column({ type: 'integer', default: 1 })
  revision: number;

  @Column({ type: 'timestamptz', precision: 3 })
  recordedAt: Date;

  @Column({ type: 'bigint' })
  leafIndex: string;

  /** When the person behind it was erased; what is left are ids. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  erasedAt: Date | null;
}
