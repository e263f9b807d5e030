import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * A value that goes along with one piece of asynchronous work, as AsyncLocalStorage carries it, at
 * no cost while no such work runs: before Node 24 a storage that was entered once makes every promise
 * of the process dearer from then on. A lookup took a third more once anybody had changed anything.
 */
export class Ambient<T> {
  private readonly storage = new AsyncLocalStorage<T>();
  private inside = 0;

  /** What the running work carries; undefined outside of all. */
  get current(): T | undefined {
    return this.inside === 0 ? undefined : this.storage.getStore();
  }

  /** Runs work that carries `value` until it is settled. */
  async run<R>(value: T, work: () => Promise<R>): Promise<R> {
    const leave = this.enter();
    try {
      return await this.storage.run(value, work);
    } finally {
      leave();
    }
  }

  /**
   * Runs what begins a longer piece of work, and returns how to end that: whatever still goes on
   * then may find nothing carried any more.
   */
  begin(value: T, start: () => void): () => void {
    const leave = this.enter();
    this.storage.run(value, start);
    return leave;
  }

  private enter(): () => void {
    this.inside += 1;
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      this.inside -= 1;
      if (this.inside === 0) this.storage.disable();
    };
  }
}
