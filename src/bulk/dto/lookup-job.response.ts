import { ApiProperty } from '@nestjs/swagger';
import type { LookupJobEntity } from '../entities/lookup-job.entity.js';

const STATES = ['receiving', 'queued', 'running', 'finished', 'failed'] as const;

export class LookupJobResponse {
  /** @example ljb_01kaq9x3n6fq2s7v4c8b5d0e1g */
  id: string;

  @ApiProperty({ enum: STATES })
  state: (typeof STATES)[number];

  /** How the file is written, and its result. */
  @ApiProperty({ enum: ['ndjson', 'csv', 'tsv'] })
  format: string;

  /** Size of the file. */
  inputBytes: number;

  /** How much of it is answered. */
  inputBytesDone: number;

  /** Rows that are answered. */
  rows: number;

  /** Chunks that they were answered in, each at one moment. */
  chunks: number;

  /** Where the result is; null until all of it is there. */
  result: string | null;

  resultBytes: number | null;

  /** Why the job failed. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  problem: object | null;

  createdAt: string;
  endedAt: string | null;

  /** When the job and its result are deleted. */
  expiresAt: string | null;

  static from(job: LookupJobEntity): LookupJobResponse {
    const isFinished = job.state === 'finished';
    const isRunning = job.state === 'queued' && Number(job.rowsDone) > 0;
    return Object.assign(new LookupJobResponse(), {
      id: job.jobId,
      state: isRunning ? 'running' : job.state,
      format: job.format,
      inputBytes: Number(job.inputBytes),
      inputBytesDone: isFinished ? Number(job.inputBytes) : Number(job.inputOffset),
      rows: Number(job.rowsDone),
      chunks: job.chunks,
      result: isFinished ? `/v1/lookup-jobs/${job.jobId}/result` : null,
      resultBytes: isFinished ? Number(job.resultBytes) : null,
      problem: job.problem,
      createdAt: job.createdAt.toISOString(),
      endedAt: job.endedAt?.toISOString() ?? null,
      expiresAt: job.expiresAt?.toISOString() ?? null,
    });
  }
}

export class LookupJobsResponse {
  /** Newest first. */
  jobs: LookupJobResponse[];
}
