import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Ask } from '#lookup';
import type { BulkFormat } from '../rows.js';

export type JobState = 'receiving' | 'queued' | 'finished' | 'failed';

@Entity('lookup_jobs')
export class LookupJobEntity {
  @PrimaryColumn({ type: 'text' })
  jobId: string;

  @Column({ type: 'text' })
  accountId: string;

  @Column({ type: 'text', nullable: true })
  idempotencyKey: string | null;

  /** Of what was asked beside the file, to tell another request under the same key. */
  @Column({ type: 'bytea' })
  requestDigest: Buffer;

  @Column({ type: 'text' })
  state: JobState;

  @Column({ type: 'jsonb' })
  ask: Ask;

  @Column({ type: 'text' })
  format: BulkFormat;

  /** Of a table: its header, once it was read. */
  @Column({ type: 'jsonb', nullable: true })
  header: string[] | null;

  @Column({ type: 'bigint' })
  inputBytes: string;

  /** SHA-256 of the file; null while it arrives. */
  @Column({ type: 'bytea', nullable: true })
  inputDigest: Buffer | null;

  /** Where the first row begins that is not answered yet. */
  @Column({ type: 'bigint' })
  inputOffset: string;

  @Column({ type: 'bigint' })
  rowsDone: string;

  @Column({ type: 'integer' })
  chunks: number;

  /** What of the result counts; what stands behind it was written by somebody who was killed. */
  @Column({ type: 'bigint' })
  resultBytes: string;

  /** Names the file of the result. */
  @Column({ type: 'integer' })
  resultEpoch: number;

  /** How often the job was taken up. */
  @Column({ type: 'integer' })
  epoch: number;

  /** A worker is at it until then. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  leasedUntil: Date | null;

  /** Log size that the first chunk was answered at. */
  @Column({ type: 'bigint', nullable: true })
  firstLogSize: string | null;

  @Column({ type: 'jsonb', nullable: true })
  problem: object | null;

  @Column({ type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  endedAt: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  expiresAt: Date | null;
}
