import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DomainProblem } from '#kernel';
import type { Transaction } from '#platform';
import { Checkpoints, type SignedCheckpoint } from './checkpoints.service.js';
import { SigningStatus } from './signing/signing-status.service.js';

/** How much may wait for a signature before nothing more is taken in. */
const UNSIGNED_LEAVES_MAX = 50_000;
const UNSIGNED_MS_MAX = 30_000;

/** What a request has appended, and what became of it. */
interface Written {
  size: number;
}

/**
 * Holds back the answer to a change until a signed checkpoint covers its leaves: what was
 * acknowledged can't be taken out of the log any more without everybody noticing.
 */
@Injectable()
export class Acknowledgements {
  /** How long an answer is held back for its checkpoint before it says that it has not come yet. */
  patienceMs = 5_000;
  private readonly requests = new AsyncLocalStorage<Written>();
  /** Sizes that this process appended up to and when, oldest first, one for each second. */
  private unsigned: { size: number; readonly at: number }[] = [];

  constructor(
    private readonly checkpoints: Checkpoints,
    private readonly status: SigningStatus,
  ) {}

  /** Runs a request so that {@link written} knows afterwards what it appended. */
  watch<T>(request: () => T): T {
    return this.requests.run({ size: 0 }, request);
  }

  /** The log size that the running request needs a checkpoint for; 0 where it appended nothing. */
  get written(): number {
    return this.requests.getStore()?.size ?? 0;
  }

  /** Called by whoever appends, within the transaction. */
  expect(tx: Transaction, size: number): void {
    this.holdUntil(size);
    tx.afterCommit(() => this.committed(size));
  }

  /** Holds the answer to the running request back until a checkpoint covers this size. */
  holdUntil(size: number): void {
    const request = this.requests.getStore();
    if (request) request.size = Math.max(request.size, size);
  }

  /**
   * Refuses changes that nobody could acknowledge soon, before they leave a trace. A request that comes
   * while the log is still compared with what was signed before waits for what comes of it.
   */
  async refuseWhereHopeless(): Promise<void> {
    if (this.status.state === 'starting' && this.requests.getStore()) {
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

  /** A checkpoint that covers `size`; null where none comes in time. */
  covering(size: number): Promise<SignedCheckpoint | null> {
    return this.checkpoints.covering(size, this.patienceMs);
  }

  private committed(size: number): void {
    const last = this.unsigned.at(-1);
    const now = performance.now();
    if (last && now - last.at < 1_000) last.size = Math.max(last.size, size);
    else this.unsigned.push({ size, at: now });
  }
}
