import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** News inside one transaction: listeners run once, together, just before the commit. */
export type EventListener = (tx: Transaction, payloads: readonly unknown[]) => Promise<void>;

/**
 * One open database transaction, passed on explicitly as the first argument of everything that
 * writes, so that what belongs together can be seen.
 */
export class Transaction {
  private readonly events = new Map<string, unknown[]>();

  constructor(readonly manager: EntityManager) {}

  /** Tells the listeners of `tag` before the commit (see {@link Database.on}). */
  emit(tag: string, payload: unknown): void {
    const payloads = this.events.get(tag);
    if (payloads) payloads.push(payload);
    else this.events.set(tag, [payload]);
  }

  /** Takes the events that wait, leaving none. */
  takeEvents(): Map<string, unknown[]> {
    const taken = new Map(this.events);
    this.events.clear();
    return taken;
  }
}

/**
 * Transactions over the write pool. A listener of an event works inside the transaction that
 * emitted it: a projection is therefore never older than the fact it is made from
 * (docs/decisions/0003).
 */
@Injectable()
export class Database {
  private readonly listeners = new Map<string, EventListener[]>();
  private readonly outer = new AsyncLocalStorage<Transaction>();

  constructor(readonly dataSource: DataSource) {}

  /** Registers a listener; module names stand in `tag` as `source:subject:action`. */
  on(tag: string, listener: EventListener): void {
    this.listeners.set(tag, [...(this.listeners.get(tag) ?? []), listener]);
  }

  /**
   * Runs `work` in one READ COMMITTED transaction, then the listeners, then commits. Inside
   * {@link enclosing} it joins the transaction that is open there.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const outer = this.outer.getStore();
    if (outer) return this.runWithListeners(outer, work);
    return this.dataSource.transaction((manager) =>
      this.runWithListeners(new Transaction(manager), work),
    );
  }

  /**
   * Opens a transaction that every {@link transaction} started within `work` joins. For the
   * idempotency record alone: the first answer to a key is stored with what it answers, or not
   * at all.
   */
  async enclosing<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.dataSource.transaction((manager) => {
      const tx = new Transaction(manager);
      return this.outer.run(tx, () => work(tx));
    });
  }

  /** For reads outside a transaction. Inside {@link enclosing} they see what it wrote. */
  get reader(): EntityManager {
    return this.outer.getStore()?.manager ?? this.dataSource.manager;
  }

  /** Whether the server answers at all; a refused connection is an answer of no. */
  async isReachable(): Promise<boolean> {
    return this.dataSource.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  private async runWithListeners<T>(
    tx: Transaction,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    const result = await work(tx);
    for (let events = tx.takeEvents(); events.size > 0; events = tx.takeEvents()) {
      for (const [tag, payloads] of events) {
        for (const listener of this.listeners.get(tag) ?? []) await listener(tx, payloads);
      }
    }
    return result;
  }
}
