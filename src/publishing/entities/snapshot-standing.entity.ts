import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** The number that facts go by in snapshots, by the digest of their text. */
@Entity('snapshot_standings')
@Unique(['digest'])
export class SnapshotStandingEntity {
  @PrimaryColumn({ type: 'integer', generated: 'identity', generatedIdentity: 'ALWAYS' })
  standingId: number;

  @Column({ type: 'bytea' })
  digest: Buffer;

  /** Log size of the last snapshot that used it. */
  @Column({ type: 'bigint' })
  lastSize: string;
}
