import type { TermSetContent } from '../term-set.js';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('term_sets')
export class TermSetEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  termSetId: string;

  @Column({ type: 'bytea' })
  digest: Buffer;

  @Column({ type: 'jsonb' })
  content: TermSetContent;
}
