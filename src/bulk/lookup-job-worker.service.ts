import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, DomainProblem, isId } from '#kernel';
import { ITEMS_MAX, LookupDatabases } from '#lookup';
import { Config, JobWorker } from '#platform';
import { BulkAnswers } from './bulk-answers.service.js';
import { writerOf } from './bulk-writer.js';
import { chunksOf } from './chunks.js';
import type { LookupJobEntity } from './entities/lookup-job.entity.js';
import { isAbsent, JobFiles, type ResultFile } from './job-files.service.js';
import { type JobEnd, type LeasedJob, LookupJobsRepository } from './lookup-jobs.repository.js';
import { readRows } from './rows.js';

/** After this time a job lets others have their turn, and goes on later. */
const TURN_MS = 3_000;
const DAY_MS = 86_400_000;

/**
 * Works at lookup jobs chunk by chunk. A chunk is first on the disk and then written down in the
 * database: whoever is killed in between leaves bytes that do not count, and the next one goes on at
 * the first row that is not written down. So no row is answered twice in a result, and none is missing.
 */
@Injectable()
export class LookupJobWorker implements OnModuleInit {
  /** Rows that are answered at a time. */
  chunkRows = ITEMS_MAX;
  private readonly logger = new Logger('bulk');

  constructor(
    private readonly worker: JobWorker,
    private readonly jobs: LookupJobsRepository,
    private readonly files: JobFiles,
    private readonly answers: BulkAnswers,
    private readonly databases: LookupDatabases,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.worker.on('lookup-job', ({ job }, signal) => this.work(String(job), signal));
    this.worker.on('lookup-jobs-sweep', () => this.sweep());
    this.worker.onStart(async () => {
      await this.jobs.queuePending(null);
      await this.sweep();
    });
  }

  private async work(jobId: string, signal: AbortSignal | undefined): Promise<void> {
    if (!isId('lookupJob', jobId)) return;
    const leased = await this.jobs.lease(jobId);
    if (leased) {
      try {
        await this.takeTurn(leased, signal);
      } catch (error) {
        const problem = problemOf(error);
        if (problem === null) throw error;
        await this.end(leased.job, { state: 'failed', resultBytes: 0, resultEpoch: 0, problem });
      } finally {
        await this.jobs.release(leased.job);
      }
    }
    // What is left of it, or somebody who was killed will never finish.
    await this.jobs.queuePending(jobId);
  }

  private async takeTurn({ job, isTakenOver }: LeasedJob, signal?: AbortSignal): Promise<void> {
    const { jobId } = job;
    const [bytes, before] = [Number(job.resultBytes), job.resultEpoch];
    const isNew = isTakenOver || bytes === 0;
    const epoch = isNew ? job.epoch : before;
    const result = await this.files.openResult(jobId, {
      ...{ epoch, bytes, copyFrom: isTakenOver ? before : null },
    });
    try {
      const came = await this.answerRows(job, { result, epoch, signal });
      if (came === 'lost') return;
      if (came === 'done') {
        const resultBytes = result.bytes;
        await this.end(job, { state: 'finished', resultBytes, resultEpoch: epoch, problem: null });
      }
      if (before > 0 && before !== epoch) await this.files.deleteResult(jobId, before);
    } finally {
      await result.close();
    }
  }

  /** Whether every row is answered and the result ends, rows are left, or the job is another's by now. */
  private async answerRows(
    job: LookupJobEntity,
    { result, epoch, signal }: { result: ResultFile; epoch: number; signal?: AbortSignal },
  ): Promise<'done' | 'more' | 'lost'> {
    const { jobId, ask, format } = job;
    const from = Number(job.inputOffset);
    let { chunks } = job;
    let rowsDone = Number(job.rowsDone);
    const until = performance.now() + TURN_MS;
    // Whoever uploads a file may just have changed something, over whatever connection.
    let seenSize = await this.databases.newestSize();
    const input = this.files.input(jobId, from);
    const reader = readRows(format, input, {
      ...{ offset: from, index: rowsDone, header: job.header ?? undefined },
    });
    try {
      const patience = { max: this.chunkRows, patienceMs: 10_000, from };
      for await (const rows of chunksOf(reader.batches, patience)) {
        const chunk = await this.answers.answer(ask, rows, rowsDone, seenSize);
        seenSize = Math.max(seenSize, chunk.answers.log.size);
        const columns = reader.columns();
        const writer = writerOf(format, ask, columns);
        if (result.bytes === 0) await result.append(writer.begin());
        for (const piece of writer.chunk(chunk)) await result.append(piece);
        await result.flush();
        rowsDone += rows.length;
        chunks += 1;
        const isOurs = await this.jobs.noteChunk(job, {
          ...{ inputOffset: rows.at(-1)!.end, rowsDone, chunks, header: columns?.header ?? null },
          ...{ resultBytes: result.bytes, resultEpoch: epoch },
          firstLogSize: chunk.answers.log.size,
        });
        if (!isOurs) return 'lost';
        if (signal?.aborted || performance.now() > until) return 'more';
      }
      const writer = writerOf(format, ask, reader.columns());
      if (result.bytes === 0) await result.append(writer.begin());
      await result.append(writer.end({ rows: rowsDone, chunks }));
      await result.flush();
      return 'done';
    } finally {
      input.destroy();
    }
  }

  private async end(job: LookupJobEntity, end: JobEnd): Promise<void> {
    const now = this.clock.now();
    const expiresAt = new Date(now + this.config.LOOKUP_JOB_DAYS * DAY_MS);
    await this.jobs.end(job, end, { endedAt: new Date(now), expiresAt });
  }

  /** Deletes what is over, and folders that no job knows. */
  private async sweep(): Promise<void> {
    for (const jobId of await this.jobs.sweep(new Date(this.clock.now()))) {
      await this.files.delete(jobId);
    }
    const here = await this.files.list();
    const known = await this.jobs.listKnown(here);
    for (const jobId of here) {
      if (known.has(jobId)) continue;
      this.logger.log(`The files of ${jobId} belong to no job and are deleted.`);
      await this.files.delete(jobId);
    }
  }
}

/** What ends a job for good; null for what may be another time. */
function problemOf(error: unknown): object | null {
  const type = '/problems/bulk/unreadable';
  if (isAbsent(error)) return { type, detail: 'The file is lost; upload it again.' };
  const isFinal = error instanceof DomainProblem && error.code === 'bulk/unreadable';
  return isFinal ? { type, detail: error.detail } : null;
}
