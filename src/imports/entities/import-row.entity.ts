import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RowFault, RowWarning } from '../domain/index.js';

@Entity('import_rows')
export class ImportRowEntity {
  @PrimaryColumn({ type: 'text' })
  importId: string;

  @PrimaryColumn({ type: 'integer' })
  line: number;

  @Column({ type: 'text' })
  outcome: string;

  @Column({ type: 'text', nullable: true })
  workId: string | null;

  @Column({ type: 'jsonb', nullable: true })
  faults: readonly RowFault[] | null;

  @Column({ type: 'jsonb', nullable: true })
  warnings: readonly RowWarning[] | null;
}
