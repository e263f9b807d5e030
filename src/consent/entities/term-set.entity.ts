import type { TermSetContent } from '../term-set.js';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('term_sets')
export class TermSetEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  termSetId: string;

  @Column({ type: 'bytea' })
  digest: Buffer;

  /** Null: erased with the party that declared it; its digest stays in the log. */
  @Column({ type: 'jsonb', nullable: true })
  content: TermSetContent | null;
}
