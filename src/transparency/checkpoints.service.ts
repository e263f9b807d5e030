import { Injectable } from '@nestjs/common';

/** A published checkpoint: what the log was when it was signed. */
export interface SignedCheckpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  /** The signed note as it is served. */
  readonly note: string;
}

interface Waiting {
  readonly size: number;
  readonly resolve: (checkpoint: SignedCheckpoint | null) => void;
}

/** The checkpoint that was published last, as this process knows it, and who waits for the next. */
@Injectable()
export class Checkpoints {
  private current: SignedCheckpoint | null = null;
  private waiting: Waiting[] = [];
  private readonly listeners: (() => void)[] = [];
  private readonly onlookers = new Set<() => void>();

  get latest(): SignedCheckpoint | null {
    return this.current;
  }

  /** Whether somebody waits for a checkpoint that is not there yet. */
  get isAwaited(): boolean {
    return this.waiting.length > 0;
  }

  /** Takes in a published checkpoint; one that is not larger than the known one changes nothing. */
  publish(checkpoint: SignedCheckpoint): void {
    if (this.current && checkpoint.size <= this.current.size) return;
    this.current = checkpoint;
    for (const look of this.onlookers) look();
    const reached = this.waiting.filter(({ size }) => size <= checkpoint.size);
    this.waiting = this.waiting.filter(({ size }) => size > checkpoint.size);
    for (const { resolve } of reached) resolve(checkpoint);
  }

  /** Calls back whenever somebody begins to wait for a checkpoint that is not there. */
  onWaiting(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** A published checkpoint over at least `size` leaves; null when none comes in time. */
  async covering(size: number, timeoutMs: number): Promise<SignedCheckpoint | null> {
    if (this.current && this.current.size >= size) return this.current;
    return new Promise((resolve) => {
      const entry: Waiting = {
        size,
        resolve: (checkpoint) => {
          clearTimeout(timer);
          resolve(checkpoint);
        },
      };
      const timer = setTimeout(() => {
        this.waiting = this.waiting.filter((one) => one !== entry);
        resolve(null);
      }, timeoutMs);
      this.waiting.push(entry);
      for (const listener of this.listeners) listener();
    });
  }

  /**
   * Settles once a checkpoint over more than `size` leaves is published, the time is over or `signal`
   * says that nobody waits any more. Unlike {@link covering} it hurries no signer.
   */
  async beyond(size: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || (this.current && this.current.size > size)) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.onlookers.delete(look);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const look = (): void => {
        if (this.current!.size > size) end();
      };
      const timer = setTimeout(end, timeoutMs);
      this.onlookers.add(look);
      signal.addEventListener('abort', end);
    });
  }
}
