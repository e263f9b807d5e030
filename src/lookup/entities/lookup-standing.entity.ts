import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** The position of one or of millions of works: who holds what, by shape and ids. Immutable. */
@Entity('lookup_standings')
@Unique(['digest'])
export class LookupStandingEntity {
  @PrimaryColumn({ type: 'integer', generated: 'identity', generatedIdentity: 'ALWAYS' })
  standingId: number;

  @Column({ type: 'bytea' })
  digest: Buffer;

  @Column({ type: 'text' })
  shape: string;

  @Column({ type: 'text', array: true })
  refs: string[];
}
