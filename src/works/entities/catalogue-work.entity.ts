import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('catalogue_works')
export class CatalogueWorkEntity {
  @PrimaryColumn({ type: 'text' })
  catalogueId: string;

  @PrimaryColumn({ type: 'text' })
  workId: string;

  @PrimaryColumn({ type: 'timestamptz', precision: 3 })
  recordedAt: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  removedAt: Date | null;

  @Column({ type: 'bigint' })
  leafIndex: string;
}
