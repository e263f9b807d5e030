import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { DomainProblem } from '#kernel';

/** Of all clients together: each holds some memory for as long as it is open. */
const OPEN_MAX = 256;

/** A place among the open streams; `signal` says that the stream has to end. */
export interface OpenStream {
  readonly signal: AbortSignal;
  /** Ends the waiting of this stream, and gives its place to others. May be called twice. */
  readonly close: () => void;
}

/**
 * Answers that stay open: streamed lookups, long polls and event streams. Counted, so that nobody
 * opens them without end, and told to end when the server stops.
 */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  private readonly open = new Set<AbortController>();
  private readonly byClient = new Map<string, number>();
  private isStopping = false;

  get count(): number {
    return this.open.size;
  }

  /** Takes a place for this client, who may have so many. Throws `request/too-many-streams`. */
  take(client: string, ownMax: number): OpenStream {
    if (this.isStopping) throw new DomainProblem('server/overloaded', 'The server is stopping.');
    const own = this.byClient.get(client) ?? 0;
    if (own >= ownMax || this.open.size >= OPEN_MAX) {
      const whose = own >= ownMax ? `You have ${own}` : `The server has ${this.open.size}`;
      throw new DomainProblem('request/too-many-streams', `${whose} open at the same time.`, {
        retryAfterSeconds: 5,
      });
    }
    const controller = new AbortController();
    this.open.add(controller);
    this.byClient.set(client, own + 1);
    return { signal: controller.signal, close: () => this.give(controller, client) };
  }

  /** Nobody waits for what will not come any more: every stream ends by itself. */
  beforeApplicationShutdown(): void {
    this.isStopping = true;
    for (const controller of this.open) controller.abort();
  }

  private give(controller: AbortController, client: string): void {
    if (!this.open.delete(controller)) return;
    controller.abort();
    const own = this.byClient.get(client)! - 1;
    if (own === 0) this.byClient.delete(client);
    else this.byClient.set(client, own);
  }
}
