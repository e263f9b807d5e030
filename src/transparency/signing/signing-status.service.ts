import { Injectable } from '@nestjs/common';
import { DomainProblem } from '#kernel';

/**
 * `starting` until the log was compared with what was signed before; `delayed` while something that
 * passes (a full disk, a database that restarts) keeps the next checkpoint back; `stopped` once
 * going on might sign two histories.
 */
export type SigningState = 'starting' | 'signing' | 'delayed' | 'stopped';

/** Going on could put a signature under a second history: an operator has to look first. */
export class SigningStopped extends Error {
  override name = 'SigningStopped';
}

/** Whether the log is being signed, and why not where it is not. */
@Injectable()
export class SigningStatus {
  private known: { state: SigningState; reason: string | null } = {
    state: 'starting',
    reason: null,
  };

  private tell: () => void = () => undefined;
  private readonly told = new Promise<void>((resolve) => (this.tell = resolve));

  /** Settles once the log was compared with what was signed before, or the comparing has failed. */
  get decided(): Promise<void> {
    return this.told;
  }

  get state(): SigningState {
    return this.known.state;
  }

  get reason(): string | null {
    return this.known.reason;
  }

  /** True where the state or its reason is another one than before. */
  set(state: SigningState, reason: string | null = null): boolean {
    const isNews = state !== this.known.state || reason !== this.known.reason;
    this.known = { state, reason };
    if (state !== 'starting') this.tell();
    return isNews;
  }

  /** Refuses a change that could not be acknowledged, before it leaves a trace. */
  refuseWhereStopped(): void {
    if (this.known.state !== 'stopped') return;
    throw new DomainProblem(
      'transparency/signing-stopped',
      `The log is not signed any more, so nothing new can be acknowledged: ${this.known.reason}`,
      { retryAfterSeconds: 600 },
    );
  }
}
