import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Config, LookupPool, ReadTogether } from '#platform';
import { IdentifierIndex } from './domain/identifier-index.js';
import { LookupMemory } from './lookup-memory.service.js';
import { type LogMark, LookupQuery } from './lookup.query.js';
import { inSnapshot } from './snapshot.js';

/** A process that was asked about fewer identifiers reads no registry into its memory. */
const ASKED_MIN = 20_000;

/** Between two readings of all entries, so that a rebuild does not set off one after the other. */
const PAUSE_MS = 5_000;

/** What an entry takes at most but for long values: record and slots, while these are doubled. */
const BYTES_AN_ENTRY = 90;

/**
 * All entries of the registry in this process's memory, where they fit into LOOKUP_INDEX_MB. Nothing is
 * answered from it before a statement has said that no entry changed since the last change that it
 * includes, so that it is as fresh as the database; where it is behind, the database answers and the
 * index follows. It is read when the process has been asked much, and can be thrown away at any time.
 */
@Injectable()
export class LookupIndex implements OnApplicationShutdown {
  private readonly logger = new Logger('LookupIndex');
  private readonly bytesMax: number;
  private readonly marks: ReadTogether<undefined, { mark: LogMark; change: string }>;
  private index: IdentifierIndex | null = null;
  /** The last change of entries that the index includes. */
  private change = '';
  /** The history of the log that the index belongs to. */
  private history = -1;
  private asked = 0;
  private following: Promise<void> | null = null;
  private readonly stopping = new AbortController();

  constructor(
    private readonly pool: LookupPool,
    private readonly query: LookupQuery,
    private readonly memory: LookupMemory,
    config: Config,
  ) {
    this.bytesMax = config.LOOKUP_INDEX_MB * 1_000_000;
    this.marks = new ReadTogether(async (asked) => {
      const seen = await query.readMark();
      return asked.map(() => seen);
    });
  }

  /**
   * What `use` finds in the index, with the log that this is true of; null where the index can't be
   * used. `use` may return null as well.
   */
  async read<T>(
    identifiers: number,
    use: (index: IdentifierIndex) => T | null,
  ): Promise<{ mark: LogMark; found: T } | null> {
    if (this.bytesMax === 0) return null;
    if (this.index === null) {
      this.asked += identifiers;
      if (this.asked >= ASKED_MIN) this.follow();
      return null;
    }
    const { mark, change } = await this.marks.find(undefined);
    const { index } = this;
    if (index === null || change !== this.change || this.history !== this.memory.history) {
      this.follow();
      return null;
    }
    const found = use(index);
    return found === null ? null : { mark, found };
  }

  /** Brings the index up to date, beside everything else. */
  follow(): void {
    this.following ??= this.catchUp()
      .catch((error: unknown) => {
        this.index = null;
        if (!this.isStopping) this.logger.warn(`The entries could not be read: ${String(error)}`);
        return this.pause();
      })
      .finally(() => (this.following = null));
  }

  /** Settled once nothing is being read any more. */
  async settled(): Promise<void> {
    await this.following;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.index = null;
    await this.following;
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async catchUp(): Promise<void> {
    const { index, change } = this;
    if (index === null || this.history !== this.memory.history) return this.readAll();
    const { last, changed } = await this.query.listChanges(change);
    if (changed === null || index.bytes > this.bytesMax) return this.readAll();
    for (const { scheme, value } of changed) index.remove(scheme, value);
    for (const { scheme, value, entry } of changed) if (entry) index.add(scheme, value, entry);
    if (index.isUnfit) return this.readAll();
    this.change = last;
  }

  private async readAll(): Promise<void> {
    this.index = null;
    const known = this.memory.knownLog;
    this.memory.observe(known, await this.query.readHead(this.pool, known));
    const { history } = this.memory;
    if ((await this.query.countEntries()) * BYTES_AN_ENTRY > this.bytesMax) return this.pause();
    const index = new IdentifierIndex(randomInt(2 ** 32));
    const last = await inSnapshot(this.pool, (client) =>
      this.query.readAllEntries(client, (rows) => {
        for (const { scheme, value, entry } of rows) index.add(scheme, value, entry!);
        return index.bytes <= this.bytesMax && !index.isUnfit && !this.isStopping;
      }),
    );
    if (last === null) return this.pause();
    Object.assign(this, { index, change: last, history });
  }

  /** The database goes on answering meanwhile. */
  private async pause(): Promise<void> {
    await sleep(PAUSE_MS, undefined, { ref: false, signal: this.stopping.signal }).catch(() => {});
  }
}
