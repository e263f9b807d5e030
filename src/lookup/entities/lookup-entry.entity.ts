import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An identifier, the work it leads to and that work's standing. */
@Entity('lookup_entries')
export class LookupEntryEntity {
  @PrimaryColumn({ type: 'text' })
  scheme: string;

  @PrimaryColumn({ type: 'text' })
  value: string;

  @PrimaryColumn({ type: 'text' })
  workId: string;

  @Column({ type: 'integer' })
  standingId: number;

  @Column({ type: 'integer' })
  confidencePpm: number;

  @Column({ type: 'date', nullable: true })
  releasedOn: string | null;
}
