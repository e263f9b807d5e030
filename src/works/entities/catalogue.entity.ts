import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('catalogues')
export class CatalogueEntity {
  @PrimaryColumn({ type: 'text' })
  catalogueId: string;

  @Column({ type: 'text' })
  partyId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt: Date;
}
