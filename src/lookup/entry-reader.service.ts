import { Injectable } from '@nestjs/common';
import type { EntryRow } from './domain/entry.js';
import { type LogMark, LookupQuery } from './lookup.query.js';

/** Where an identifier leads, and the log that this was seen at. */
export interface FoundEntries {
  readonly mark: LogMark;
  readonly entries: readonly EntryRow[];
}

interface Waiting {
  readonly scheme: string;
  readonly value: string;
  readonly resolve: (found: FoundEntries) => void;
  readonly reject: (error: unknown) => void;
}

/** Enough to keep the database busy while this process works on what came back. */
const STATEMENTS_AT_ONCE = 2;

const IDENTIFIERS_MAX = 128;

/**
 * Reads the entries of single lookups. Those that arrive while a statement is under way share the
 * next one: a statement costs the database and this process more than an identifier in it, so the
 * busier it is, the cheaper each lookup becomes. Nobody is answered from a statement that was sent
 * before the request arrived.
 */
@Injectable()
export class EntryReader {
  private waiting: Waiting[] = [];
  private running = 0;
  private isDue = false;

  constructor(private readonly query: LookupQuery) {}

  find(scheme: string, value: string): Promise<FoundEntries> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ scheme, value, resolve, reject });
      if (this.isDue || this.running >= STATEMENTS_AT_ONCE) return;
      this.isDue = true;
      // Requests that arrived in one turn of the event loop travel together.
      setImmediate(() => {
        this.isDue = false;
        if (this.running < STATEMENTS_AT_ONCE) void this.send();
      });
    });
  }

  private async send(): Promise<void> {
    const batch = this.waiting.splice(0, IDENTIFIERS_MAX);
    if (batch.length === 0) return;
    this.running += 1;
    try {
      const { mark, entries } = await this.query.findEntries(batch);
      batch.forEach(({ resolve }, at) => resolve({ mark, entries: entries[at]! }));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.running -= 1;
      void this.send();
    }
  }
}
