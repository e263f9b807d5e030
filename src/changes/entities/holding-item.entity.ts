import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('holding_items')
export class HoldingItemEntity {
  @PrimaryColumn({ type: 'text' })
  holdingId: string;

  @PrimaryColumn({ type: 'text' })
  scheme: string;

  /** Canonical. */
  @PrimaryColumn({ type: 'text' })
  value: string;

  /** Index of the leaf that erased a work behind it. */
  @Column({ type: 'bigint', nullable: true })
  erasedLeaf: string | null;
}
