import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ImportColumn } from '../imported.js';

@Entity('imports')
export class ImportEntity {
  @PrimaryColumn({ type: 'text' })
  importId: string;

  @Column({ type: 'text' })
  partyId: string;

  @Column({ type: 'text', nullable: true })
  fileName: string | null;

  @Column({ type: 'bytea' })
  fileDigest: Buffer;

  @Column({ type: 'text' })
  encoding: string;

  @Column({ type: 'text' })
  delimiter: string;

  @Column({ type: 'jsonb' })
  columns: readonly ImportColumn[];

  @Column({ type: 'jsonb' })
  notes: readonly string[];

  @Column({ type: 'integer' })
  rowsTotal: number;

  @Column({ type: 'integer' })
  rowsRegistered: number;

  @Column({ type: 'integer' })
  rowsJoined: number;

  @Column({ type: 'integer' })
  rowsUnchanged: number;

  @Column({ type: 'integer' })
  rowsRefused: number;

  @Column({ type: 'integer' })
  rowsWarned: number;

  @Column({ type: 'text', nullable: true })
  catalogueId: string | null;

  @Column({ type: 'text' })
  importedBy: string;

  @Column({ type: 'timestamptz', precision: 3 })
  importedAt: Date;
}
