import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Ambient } from './ambient.js';

/** News inside one transaction: listeners run once, together, just before the commit. */
export type EventListener = (tx: Transaction, payloads: readonly unknown[]) => Promise<void>;

/**
 * One open database transaction, passed on explicitly as the first argument of everything that
 * writes, so that what belongs together can be seen.
 */
export class Transaction {
  private readonly events = new Map<string, unknown[]>();
  private readonly whenCommitted: (() => void)[] = [];

  constructor(readonly manager: EntityManager) {}

  /** Tells the listeners of `tag` before the commit (see {@link Database.on}). */
  emit(tag: string, payload: unknown): void {
    const payloads = this.events.get(tag);
    if (payloads) payloads.push(payload);
    else this.events.set(tag, [payload]);
  }

  /** Calls back once the transaction is committed, and never if it is not. */
  afterCommit(callback: () => void): void {
    this.whenCommitted.push(callback);
  }

  /** For whoever committed the transaction. */
  committed(): void {
    for (const callback of this.whenCommitted.splice(0)) callback();
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
  private readonly outer = new Ambient<Transaction>();

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
    const outer = this.outer.current;
    if (outer) return this.runWithListeners(outer, work);
    return this.commit((tx) => this.runWithListeners(tx, work));
  }

  /**
   * Opens a transaction that every {@link transaction} started within `work` joins. For the
   * idempotency record alone: the first answer to a key is stored with what it answers, or not
   * at all.
   */
  async enclosing<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.commit((tx) => this.outer.run(tx, () => work(tx)));
  }

  private async commit<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    let tx: Transaction | undefined;
    const result = await this.dataSource.transaction((manager) => {
      tx = new Transaction(manager);
      return work(tx);
    });
    tx!.committed();
    return result;
  }

  /** Whether a transaction that {@link enclosing} opened goes on around the caller. */
  get isEnclosed(): boolean {
    return this.outer.current !== undefined;
  }

  /** For reads outside a transaction. Inside {@link enclosing} they see what it wrote. */
  get reader(): EntityManager {
    return this.outer.current?.manager ?? this.dataSource.manager;
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
