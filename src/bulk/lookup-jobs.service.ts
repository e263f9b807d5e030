import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { canonicalJson, Clock, DomainProblem, isId, newId, sha256 } from '#kernel';
import type { Ask } from '#lookup';
import { Config, Database, type StreamedBody } from '#platform';
import { LookupJobEntity } from './entities/lookup-job.entity.js';
import { JobFiles } from './job-files.service.js';
import { LookupJobsRepository } from './lookup-jobs.repository.js';
import type { BulkFormat } from './rows.js';

const MIB = 1024 * 1024;

export interface NewLookupJob {
  readonly ask: Ask;
  readonly format: BulkFormat;
  readonly body: StreamedBody;
  readonly idempotencyKey: string | null;
}

/** An account's lookup jobs. */
@Injectable()
export class LookupJobsService {
  constructor(
    private readonly database: Database,
    private readonly jobs: LookupJobsRepository,
    private readonly files: JobFiles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Takes in a file and queues it. Under a key that was used before it gives the same job again, where
   * the request and the file are the same (`isReplay`). A file that does not arrive whole leaves nothing.
   */
  async create(
    actor: Actor,
    wanted: NewLookupJob,
  ): Promise<{ job: LookupJobEntity; isReplay: boolean }> {
    const { ask, format, body, idempotencyKey } = wanted;
    const max = this.config.LOOKUP_JOB_MIB_MAX * MIB;
    if ((body.length ?? 0) > max) {
      const detail = `The file of a lookup job may have ${max / MIB} MiB at most.`;
      throw new DomainProblem('request/too-large', detail);
    }
    const job: LookupJobEntity = Object.assign(new LookupJobEntity(), {
      ...{ jobId: newId('lookupJob'), accountId: actor.accountId, idempotencyKey },
      requestDigest: sha256(canonicalJson(JSON.parse(JSON.stringify([ask, format])))),
      ...{ state: 'receiving' as const, ask, format, header: null },
      ...{ inputBytes: '0', inputDigest: null, inputOffset: '0', rowsDone: '0', chunks: 0 },
      ...{ resultBytes: '0', resultEpoch: 0, epoch: 0, leasedUntil: null, firstLogSize: null },
      ...{ problem: null, createdAt: new Date(this.clock.now()), endedAt: null, expiresAt: null },
    });
    const known = await this.begin(job);
    if (known) return { job: await this.replay(known, job, body, max), isReplay: true };
    const { jobId } = job;
    try {
      const input = await this.files.receive(jobId, body.pieces(), max);
      if (input.bytes === 0) throw empty();
      if (!(await this.jobs.received(jobId, input))) throw notFound();
    } catch (refusal) {
      await this.jobs.delete(jobId);
      await this.files.delete(jobId);
      throw refusal;
    }
    return { job: await this.get(actor, jobId), isReplay: false };
  }

  list(actor: Actor): Promise<LookupJobEntity[]> {
    return this.jobs.listOf(actor.accountId);
  }

  async get(actor: Actor, jobId: string): Promise<LookupJobEntity> {
    const job = isId('lookupJob', jobId) ? await this.jobs.findOf(actor.accountId, jobId) : null;
    if (!job) throw notFound();
    return job;
  }

  /** A job with a result. Throws `bulk/job-not-finished`. */
  async getFinished(actor: Actor, jobId: string): Promise<LookupJobEntity> {
    const job = await this.get(actor, jobId);
    if (job.state === 'finished') return job;
    const again = job.state === 'failed' ? {} : { retryAfterSeconds: 2 };
    const why = job.state === 'failed' ? 'it has failed' : `${job.rowsDone} rows are answered`;
    throw new DomainProblem('bulk/job-not-finished', `There is no result: ${why}.`, again);
  }

  async delete(actor: Actor, jobId: string): Promise<void> {
    await this.get(actor, jobId);
    await this.jobs.delete(jobId);
    await this.files.delete(jobId);
  }

  /** Stores the job, unless its key belongs to another already: then that one. */
  private begin(job: LookupJobEntity): Promise<LookupJobEntity | null> {
    return this.database.transaction(async (tx) => {
      const own = await this.jobs.lockOfAccount(tx, job.accountId);
      const key = job.idempotencyKey;
      const known = key === null ? undefined : own.find((one) => one.idempotencyKey === key);
      if (known) return known;
      if (own.length >= this.config.LOOKUP_JOBS_MAX) {
        throw new DomainProblem('bulk/too-many-jobs', `The account has ${own.length}.`);
      }
      await this.jobs.insert(tx, job);
      return null;
    });
  }

  private async replay(
    known: LookupJobEntity,
    wanted: LookupJobEntity,
    body: StreamedBody,
    max: number,
  ): Promise<LookupJobEntity> {
    if (known.state === 'receiving') {
      throw new DomainProblem('request/idempotency-in-progress', 'Its file is still arriving.', {
        retryAfterSeconds: 1,
      });
    }
    const isSame = known.requestDigest.equals(wanted.requestDigest);
    if (!isSame || !known.inputDigest!.equals(await digestOf(body, max))) {
      throw new DomainProblem(
        'request/idempotency-key-reused',
        'This key was sent before with another query or file.',
      );
    }
    return known;
  }
}

async function digestOf(body: StreamedBody, max: number): Promise<Buffer> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of body.pieces()) {
    bytes += piece.length;
    if (bytes > max) break;
    hash.update(piece);
  }
  return hash.digest();
}

function notFound(): DomainProblem {
  return new DomainProblem('bulk/job-not-found', 'This account has no lookup job of this id.');
}

function empty(): DomainProblem {
  return new DomainProblem('bulk/unreadable', 'The file is empty.');
}
