import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Licence } from '#consent/domain';
import { Clock } from '#kernel';
import { LookupPool } from '#platform';
import type { Answered } from './domain/answered.js';
import { Answerer, type Found, type LicensedWork } from './domain/answerer.js';
import type { Ask } from './domain/ask.js';
import { EntryReader } from './entry-reader.service.js';
import type { EntryRow } from './domain/entry.js';
import { type Item, readIdentified } from './domain/items.js';
import { numberStandings } from './domain/number-standings.js';
import { bitsFor, digestsOf, refuseBits } from './domain/range.js';
import type { WorkStanding } from './domain/standing.js';
import { Gathered, type Reading } from './gathered.js';
import { type Moment, Moments } from './moments.js';
import { LookupMemory } from './lookup-memory.service.js';
import { type Entries, headOf, type LogHead, LookupQuery, type Runner } from './lookup.query.js';
import type { RunSql } from './projection/run-sql.js';
import { loadStandings } from './projection/standings.query.js';

/** When and on what an answer was computed. */
export interface Computed {
  /** Epoch ms. */
  readonly asOf: number;
  readonly log: LogHead;
}

export interface OneAnswer extends Computed {
  readonly item: Item;
  /** What `writeComputed` gives for it, where it was worked out for several requests. */
  readonly computed?: string;
  /** Absent where the item could not be read. */
  readonly found?: Found;
}

export interface ManyAnswers extends Computed {
  /** What a readable item came to; worked out when it is asked for. */
  find(item: Extract<Item, { result: 'readable' }>): Found;
}

/** A range of digests that was asked for. */
export interface RangeAsked {
  readonly bits: number;
  /** Hex, as `rangePrefix` writes it. */
  readonly prefix: string;
}

export interface RangeAnswers extends Computed, RangeAsked {
  /** What an identifier comes to of which nothing is registered. */
  readonly nothing: Answered;
  readonly rows: readonly { readonly digest: string; readonly answered: Answered }[];
}

type ReadableItem = Extract<Item, { result: 'readable' }>;

const NOTHING: readonly EntryRow[] = [];
const NO_LICENCES: ReadonlyMap<string, Licence[]> = new Map();

/** How long the number of entries is taken to be what it was. */
const COUNT_AGAIN_MS = 60_000;

/** Far enough ahead for "everything that was recorded". */
const LATEST = new Date('9999-12-31T00:00:00Z');

/**
 * Answers what may be done with works, now or as of a past moment. The current answer is read
 * from the projection; an answer about the past from the base tables. Both go through the same
 * standings, so that they can be compared.
 */
@Injectable()
export class LookupService {
  /** No leaf can appear any more that was recorded at or before this moment. Epoch ms. */
  private settledUntil = -Infinity;
  /** How many bits ranges have, and until when (epoch ms) that is taken to be so. */
  private counted: { readonly bits: number; readonly until: number } | null = null;
  private catchingUp: Promise<LogHead> | null = null;
  private readonly moments: Moments;

  constructor(
    private readonly pool: LookupPool,
    private readonly query: LookupQuery,
    private readonly entries: EntryReader,
    private readonly memory: LookupMemory,
    private readonly clock: Clock,
  ) {
    this.moments = new Moments(memory);
  }

  /** One identifier. In one round trip to the database where everything else is remembered. */
  async lookupOne(ask: Ask, scheme: string, value: string): Promise<OneAnswer> {
    const item = readIdentified(scheme, value);
    const isPlain = ask.asOf === undefined && ask.inquiry.inquirer === undefined;
    if (isPlain && item.result === 'readable') {
      const quick = await this.lookupFromMemory(ask, item);
      if (quick) return quick;
    }
    const many = await this.lookupMany(ask, [item]);
    const found = item.result === 'readable' ? many.find(item) : undefined;
    return { item, found, asOf: many.asOf, log: many.log };
  }

  /** Null when the log moved on while this was read: then a snapshot is needed. */
  private async lookupFromMemory(ask: Ask, item: ReadableItem): Promise<OneAnswer | null> {
    const { scheme, value } = item.identifier;
    const asked = this.memory.knownLog;
    const { mark, entries } = await this.entries.find(scheme, value);
    const isCovered = this.memory.covers(asked, mark) || (await this.catchUp(Number(mark.size)));
    if (!isCovered) return null;
    const log = mark.root === asked.mark.root ? asked.head : headOf(mark);
    const moment = this.moments.at(ask, mark, log, this.clock.now());
    const isReady = moment.answerer.isReadyFor(entries);
    if (!isReady && !(await this.prepare(moment, entries))) return null;
    const found = moment.answerer.find(scheme, entries);
    const { asOf, log: at, computed } = moment;
    return { item, asOf, log: at, computed, found };
  }

  /** Brings into the moment what these entries need; false when there is no snapshot to read it from. */
  private async prepare(moment: Moment, entries: readonly EntryRow[]): Promise<boolean> {
    const byId = await this.findStandings(this.pool, entries);
    if (byId === null) return false;
    const reading: Reading = { run: this.pool, logSize: moment.log.size, isSnapshot: false };
    if (!(await moment.gathered.gather(byId.values(), reading, this.query, this.memory)))
      return false;
    // Only now may the answerer meet them: another request may be waiting for the same.
    for (const [standingId, standing] of byId) moment.byId.set(standingId, standing);
    return true;
  }

  /** Learns what was declared up to a log size; requests that wait for it share the reading. */
  private async catchUp(size: number): Promise<boolean> {
    // A reading that was under way may have seen a smaller log; the one after it did not.
    for (let turn = 0; turn < 2; turn += 1) {
      this.catchingUp ??= this.readNews(this.pool).finally(() => (this.catchingUp = null));
      await this.catchingUp;
      if (this.memory.knownLog.head.size >= size) return true;
    }
    return false;
  }

  private async readNews(run: Runner): Promise<LogHead> {
    const known = this.memory.knownLog;
    return this.memory.observe(known, await this.query.readHead(run, known));
  }

  /**
   * Many items at one moment: a number of statements that does not depend on theirs. What is
   * returned answers the items without touching the database again.
   */
  async lookupMany(ask: Ask, items: readonly Item[]): Promise<ManyAnswers> {
    const readable = items.filter((item): item is ReadableItem => item.result === 'readable');
    if (ask.asOf !== undefined) await this.settle(ask.asOf);
    return this.inSnapshot((client) => this.readMany(ask, readable, client));
  }

  private async readMany(
    ask: Ask,
    items: readonly ReadableItem[],
    client: PoolClient,
  ): Promise<ManyAnswers> {
    const head = await this.readNews(client);
    const asOf = ask.asOf ?? Math.max(this.clock.now(), head.recordedAt);
    const moment = ask.asOf === undefined ? undefined : new Date(ask.asOf);
    const entries = await this.listEntries(items, client, moment);
    const found = [...entries.values()].flatMap((ofScheme) => [...ofScheme.values()]);
    const reading: Reading = { run: client, logSize: head.size, isSnapshot: true, moment };
    const answerer = await this.answererFor(ask, asOf, found, { client, reading });
    return {
      asOf,
      log: head,
      find: ({ identifier: { scheme, value } }) =>
        answerer.find(scheme, entries.get(scheme)?.get(value) ?? NOTHING),
    };
  }

  /** How many bits of a digest may be named to this registry as it is now. */
  rangeBits(): Promise<Computed & { readonly bits: number }> {
    return this.inSnapshot(async (client) => {
      const { asOf, head, bits } = await this.beginRange(client);
      return { asOf, log: head, bits };
    });
  }

  /**
   * What all identifiers come to whose digests begin with a prefix, in the order of their digests.
   * Throws `lookup/range-refused` where so many bits of a digest would tell too much, or so few ask for
   * too much.
   */
  lookupRange(ask: Ask, { bits, prefix }: RangeAsked): Promise<RangeAnswers> {
    return this.inSnapshot(async (client) => {
      const { asOf, head, bits: most } = await this.beginRange(client);
      refuseBits(bits, most);
      const rows = await this.query.listEntriesIn(client, digestsOf(bits, prefix));
      const found = rows.map(({ entries }) => entries);
      const reading: Reading = { run: client, logSize: head.size, isSnapshot: true };
      const answerer = await this.answererFor(ask, asOf, found, { client, reading });
      return {
        ...{ asOf, log: head, bits, prefix },
        nothing: answerer.find('', NOTHING).answered,
        rows: rows.map(({ digest, scheme, entries }) => ({
          digest,
          answered: answerer.find(scheme, entries).answered,
        })),
      };
    });
  }

  private async beginRange(
    client: PoolClient,
  ): Promise<{ asOf: number; head: LogHead; bits: number }> {
    const head = await this.readNews(client);
    const now = this.clock.now();
    if (this.counted === null || now >= this.counted.until) {
      const count = await this.query.countEntries(client);
      this.counted = { bits: bitsFor(count), until: now + COUNT_AGAIN_MS };
    }
    return { asOf: Math.max(now, head.recordedAt), head, bits: this.counted.bits };
  }

  /** An answerer for the works that some identifiers lead to, `found` by each of them. */
  private async answererFor(
    ask: Ask,
    asOf: number,
    found: readonly (readonly EntryRow[])[],
    { client, reading }: { client: PoolClient; reading: Reading },
  ): Promise<Answerer> {
    const { moment, logSize } = reading;
    const works = await this.listApart(ask, found.flat(), client, moment);
    const licensed = works.licensed;
    const byId = new Map(works.numbered);
    const gathered = new Gathered();
    const remembered = moment ? null : this.memory.answersTo(ask, gathered, logSize);
    const answerer = new Answerer(ask, asOf, { byId, licensed }, gathered, remembered);
    if (!moment) {
      const open = found.filter((entries) => !answerer.isReadyFor(entries)).flat();
      // In a snapshot none of them is gone.
      for (const [id, standing] of (await this.findStandings(client, open, logSize))!)
        byId.set(id, standing);
    }
    const all = [...byId.values(), ...[...licensed.values()].map((work) => work.standing)];
    await gathered.gather(all, reading, this.query, this.memory);
    return answerer;
  }

  private async listEntries(
    items: readonly ReadableItem[],
    client: PoolClient,
    moment: Date | undefined,
  ): Promise<Entries> {
    if (items.length === 0) return new Map();
    const schemes = new Set<string>();
    const values = new Set<string>();
    for (const { identifier } of items) {
      schemes.add(identifier.scheme);
      values.add(identifier.value);
    }
    return moment
      ? this.query.listEntriesAt(client, [...schemes], [...values], moment)
      : this.query.listEntries(client, [...schemes], [...values]);
  }

  /**
   * The works that licences of the inquirer set apart; of a past moment the standings of all works found,
   * which are then `numbered`.
   */
  private async listApart(
    ask: Ask,
    found: readonly EntryRow[],
    client: PoolClient,
    moment: Date | undefined,
  ): Promise<{ licensed: Map<string, LicensedWork>; numbered: ReadonlyMap<number, WorkStanding> }> {
    const isLicensable = ask.inquiry.inquirer !== undefined && found.length > 0;
    const workIds = isLicensable || moment ? [...new Set(found.map((one) => one.workId))] : [];
    const licences = isLicensable ? await this.licencesByWork(ask, workIds, client) : NO_LICENCES;
    // A licence may name a composition, whose id a shared standing does not know.
    const loadIds = moment ? workIds : [...licences.keys()];
    const licensed = new Map<string, LicensedWork>();
    if (loadIds.length === 0) return { licensed, numbered: new Map() };
    const loaded = await loadStandings(runnerOf(client), loadIds, moment ?? LATEST);
    for (const [workId, own] of licences) {
      const standing = loaded.get(workId);
      if (standing) licensed.set(workId, { standing, licences: own });
    }
    return { licensed, numbered: moment ? numberStandings(found, loaded) : new Map() };
  }

  private async licencesByWork(
    { inquiry: { inquirer } }: Ask,
    workIds: readonly string[],
    client: PoolClient,
  ): Promise<Map<string, Licence[]>> {
    const byWork = new Map<string, Licence[]>();
    if (inquirer === undefined || workIds.length === 0) return byWork;
    for (const { licence, askedWorkIds } of await this.query.listLicences(
      client,
      [inquirer],
      workIds,
    )) {
      for (const workId of askedWorkIds) {
        const own = byWork.get(workId);
        if (own) own.push(licence);
        else byWork.set(workId, [licence]);
      }
    }
    return byWork;
  }

  /**
   * Standings by id; null when one is gone because the projection was rebuilt meanwhile. `seenSize` is the
   * log of a snapshot that `run` reads.
   */
  private async findStandings(
    run: Runner,
    entries: readonly EntryRow[],
    seenSize?: number,
  ): Promise<Map<number, WorkStanding> | null> {
    const standings = new Map<number, WorkStanding>();
    const missing = new Set<number>();
    for (const { standingId } of entries) {
      if (standings.has(standingId) || missing.has(standingId)) continue;
      const standing = this.memory.standing(standingId);
      if (standing) standings.set(standingId, standing);
      else missing.add(standingId);
    }
    if (missing.size === 0) return standings;
    const load = this.memory.beginLoading(seenSize);
    try {
      for (const row of await this.query.listStandings(run, [...missing])) {
        standings.set(row.standingId, this.memory.keepStanding(load, row));
        missing.delete(row.standingId);
      }
    } finally {
      this.memory.endLoading(load);
    }
    return missing.size === 0 ? standings : null;
  }

  private async inSnapshot<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const result = await work(client);
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      // The connection may be in any state: it is closed, not given back.
      client.release(true);
      throw error;
    }
  }

  /**
   * Waits until no leaf can appear any more that was recorded at `asOf` or before. Times in the
   * log strictly increase, so a later leaf that is there settles it. Otherwise an append may be
   * under way: it takes its time under the lock on the head and keeps the lock until it commits.
   * So once this had the lock, every earlier append is visible and every later one has a later time.
   */
  private async settle(asOf: number): Promise<void> {
    if (this.isSettled(asOf)) return;
    await this.readNews(this.pool);
    if (this.isSettled(asOf)) return;
    // A leaf of this very millisecond may still come.
    if (asOf >= this.clock.now()) await sleep(2);
    const moment = Math.max(this.clock.now() - 1, asOf);
    await this.query.waitForAppends();
    this.settledUntil = Math.max(this.settledUntil, moment);
  }

  private isSettled(asOf: number): boolean {
    return asOf <= Math.max(this.settledUntil, this.memory.knownLog.head.recordedAt);
  }
}

function runnerOf(client: PoolClient): RunSql {
  return async (sql, parameters) => (await client.query(sql, [...parameters])).rows as never;
}
