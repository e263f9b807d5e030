import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DomainProblem } from '#kernel';
import { Ambient, ReadTogether, type Transaction } from '#platform';
import { Checkpoints, type SignedCheckpoint } from './checkpoints.service.js';
import { LogQuery, type SoughtLeaf } from './log.query.js';
import { SigningStatus } from './signing/signing-status.service.js';

/** How much may wait for a signature before nothing more is taken in. */
const UNSIGNED_LEAVES_MAX = 50_000;
const UNSIGNED_MS_MAX = 30_000;

/** What a request has appended, and what became of it. */
interface Written {
  size: number;
  /** Hash of the last leaf, to tell it from another that took its place. */
  lastHash: Buffer | null;
}

/**
 * Holds back the answer to a change until a signed checkpoint covers its leaves: what was
 * acknowledged can't be taken out of the log any more without everybody noticing.
 */
@Injectable()
export class Acknowledgements {
  /** How long an answer is held back for its checkpoint before it says that it has not come yet. */
  patienceMs = 5_000;
  private readonly requests = new Ambient<Written>();
  /** Sizes that this process appended up to and when, oldest first, one for each second. */
  private unsigned: { size: number; readonly at: number }[] = [];

  /** Log sizes that clients of this process were told of after their changes. */
  private readonly told = new LRUCache<string, number>({ max: 10_000 });

  /** Requests that one checkpoint covers look for their leaves together. */
  private readonly leaves: ReadTogether<SoughtLeaf, Buffer | null>;

  constructor(
    private readonly checkpoints: Checkpoints,
    private readonly status: SigningStatus,
    private readonly query: LogQuery,
  ) {
    this.leaves = new ReadTogether((sought) => query.findLeafHashes(sought));
  }

  /** Runs work so that {@link settle} within it knows what it appended. */
  watch<T>(work: () => Promise<T>): Promise<T> {
    return this.requests.run({ size: 0, lastHash: null }, work);
  }

  /** The same for a request that goes on by itself; call the result once its answer is out. */
  watchFrom(begin: () => void): () => void {
    return this.requests.begin({ size: 0, lastHash: null }, begin);
  }

  /**
   * Lets the running request wait for all that is in the log now: what it repeats the answer to was
   * appended by an earlier request, and may not have been signed yet.
   */
  async awaitHead(): Promise<void> {
    const head = await this.query.findHead();
    if (head) this.holdUntil(head.size, head.lastHash);
  }

  /** The log size that the running request waits for; 0 where it appended nothing. */
  get awaited(): number {
    return this.requests.current?.size ?? 0;
  }

  /** Remembers which log a client was told of, so that its next lookup is not from an older one. */
  acknowledged(clientId: string, size: number): void {
    this.told.set(clientId, Math.max(size, this.told.get(clientId) ?? 0));
  }

  /** The log size that a client was told of after its last change through this process; 0 for none. */
  toldTo(clientId: string): number {
    return this.told.get(clientId) ?? 0;
  }

  /** Called by whoever appends, within the transaction. */
  expect(tx: Transaction, size: number, lastHash: Buffer): void {
    this.holdUntil(size, lastHash);
    tx.afterCommit(() => this.committed(size));
  }

  /** Holds the answer to the running request back until a checkpoint covers this size. */
  holdUntil(size: number, lastHash: Buffer): void {
    const request = this.requests.current;
    if (request && size > request.size) Object.assign(request, { size, lastHash });
  }

  /**
   * Refuses changes that nobody could acknowledge soon, before they leave a trace. A request that comes
   * while the log is still compared with what was signed before waits for what comes of it.
   */
  async refuseWhereHopeless(): Promise<void> {
    if (this.status.state === 'starting' && this.requests.current) {
      const late = sleep(this.patienceMs, undefined, { ref: false });
      await Promise.race([this.status.decided, late]);
    }
    this.status.refuseWhereStopped();
    const signed = this.checkpoints.latest?.size ?? 0;
    while (this.unsigned.length > 0 && this.unsigned[0]!.size <= signed) this.unsigned.shift();
    if (this.unsigned.length === 0) return;
    const waiting = this.unsigned.at(-1)!.size - signed;
    const late = performance.now() - this.unsigned[0]!.at;
    if (waiting <= UNSIGNED_LEAVES_MAX && late <= UNSIGNED_MS_MAX) return;
    throw new DomainProblem(
      'transparency/behind',
      `Signing is behind (${waiting} leaves${this.status.reason ? `; ${this.status.reason}` : ''}).`,
      { retryAfterSeconds: 5 },
    );
  }

  /**
   * The checkpoint that covers what the running request appended; null where it appended nothing, and
   * `pending` where none comes in time. Refuses where the database lost the leaves before they were
   * signed, as one that crashes may: others have taken their place, or will.
   */
  async settle(): Promise<SignedCheckpoint | 'pending' | null> {
    const request = this.requests.current;
    if (!request || request.size === 0) return null;
    const { size, lastHash } = request;
    const checkpoint = await this.checkpoints.covering(size, this.patienceMs);
    const kept = await this.leaves
      .find({ index: size - 1, flushed: checkpoint === null })
      .catch(() => null);
    if (kept && lastHash?.equals(kept)) return checkpoint ?? 'pending';
    throw new DomainProblem(
      'transparency/not-stored',
      kept
        ? 'The database lost the change before it was signed.'
        : 'The database is out of reach, so that nobody knows whether it kept the change.',
      { retryAfterSeconds: 2 },
    );
  }

  private committed(size: number): void {
    const last = this.unsigned.at(-1);
    const now = performance.now();
    if (last && now - last.at < 1_000) last.size = Math.max(last.size, size);
    else this.unsigned.push({ size, at: now });
  }
}
