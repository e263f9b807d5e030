import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Licence } from '#consent/domain';
import { Clock } from '#kernel';
import { Database, LookupPool } from '#platform';
import { Answerer, type Lead } from './answerer.js';
import type { Ask } from './domain/ask.js';
import type { Answered } from './domain/item-text.js';
import { type Item, readIdentified } from './domain/items.js';
import { encodeStanding, type WorkStanding } from './domain/standing.js';
import { Gathered, type Reading } from './gathered.js';
import { LookupMemory } from './lookup-memory.service.js';
import { type EntryRow, type LogHead, LookupQuery, type Runner } from './lookup.query.js';
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
  readonly answered?: Answered;
}

export interface ManyAnswers extends Computed {
  /** The answer of a readable item; works it out when it is asked for. */
  answer(item: Extract<Item, { result: 'readable' }>): Answered;
}

type ReadableItem = Extract<Item, { result: 'readable' }>;

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

  constructor(
    private readonly pool: LookupPool,
    private readonly query: LookupQuery,
    private readonly memory: LookupMemory,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** One identifier. In one round trip to the database where everything else is remembered. */
  async lookupOne(ask: Ask, scheme: string, value: string): Promise<OneAnswer> {
    const item = readIdentified(scheme, value);
    const isPlain = item.result === 'readable' && ask.asOf === undefined;
    if (isPlain && ask.inquiry.inquirer === undefined) {
      const quick = await this.lookupFromMemory(ask, item);
      if (quick) return quick;
    }
    const many = await this.lookupMany(ask, [item]);
    const answered = item.result === 'readable' ? many.answer(item) : undefined;
    return { item, answered, asOf: many.asOf, log: many.log };
  }

  /** Null when the log moved on while this was read: then a snapshot is needed. */
  private async lookupFromMemory(ask: Ask, item: ReadableItem): Promise<OneAnswer | null> {
    const { scheme, value } = item.identifier;
    const known = this.memory.knownLog;
    const { head, news, entries } = await this.query.findEntries(known, scheme, value);
    this.memory.observe(known, head, news);
    const asOf = Math.max(this.clock.now(), head.recordedAt);
    const gathered = new Gathered();
    let leads: Lead[] = [];
    if (entries.length > 0) {
      const standings = await this.findStandings(this.pool, entries);
      if (standings === null) return null;
      const reading: Reading = { run: this.pool, logSize: head.size, isSnapshot: false };
      if (!(await gathered.gather(standings.values(), reading, this.query, this.memory))) {
        return null;
      }
      leads = entries.map((entry) => ({
        entry,
        standing: standings.get(entry.standingId)!,
        standingKey: entry.standingId,
      }));
    }
    const answered = new Answerer(ask, asOf, gathered).answer(scheme, leads);
    return { item, answered, asOf, log: head };
  }

  /**
   * Many items at one moment: a number of statements that does not depend on theirs. What is
   * returned answers the items without touching the database again.
   */
  async lookupMany(ask: Ask, items: readonly Item[]): Promise<ManyAnswers> {
    const readable = items.filter((item): item is ReadableItem => item.result === 'readable');
    for (;;) {
      const answers = await this.inSnapshot((client) => this.readMany(ask, readable, client));
      if (answers) return answers;
      await this.settle(ask.asOf!);
    }
  }

  /** Null when leaves recorded by the moment asked about may still be on their way. */
  private async readMany(
    ask: Ask,
    items: readonly ReadableItem[],
    client: PoolClient,
  ): Promise<ManyAnswers | null> {
    const known = this.memory.knownLog;
    const { head, news } = await this.query.readHead(client, known);
    this.memory.observe(known, head, news);
    const isSettled =
      ask.asOf === undefined || ask.asOf <= Math.max(head.recordedAt, this.settledUntil);
    if (!isSettled) return null;
    const asOf = ask.asOf ?? Math.max(this.clock.now(), head.recordedAt);
    const moment = ask.asOf === undefined ? undefined : new Date(ask.asOf);
    const entries = await this.listEntries(items, client, moment);
    const leads = await this.listLeads(ask, [...entries.values()].flat(), client, moment);
    const gathered = new Gathered();
    const reading: Reading = { run: client, logSize: head.size, isSnapshot: true, moment };
    const standings = new Set([...leads.values()].map((lead) => lead.standing));
    await gathered.gather(standings, reading, this.query, this.memory);
    const answerer = new Answerer(ask, asOf, gathered);
    return {
      asOf,
      log: head,
      answer: ({ identifier: { scheme, value } }) => {
        const found = entries.get(`${scheme} ${value}`) ?? [];
        return answerer.answer(
          scheme,
          found.map((entry) => ({ ...leads.get(entry.workId)!, entry })),
        );
      },
    };
  }

  private async listEntries(
    items: readonly ReadableItem[],
    client: PoolClient,
    moment: Date | undefined,
  ): Promise<Map<string, EntryRow[]>> {
    const schemes = new Set<string>();
    const values = new Set<string>();
    for (const { identifier } of items) {
      schemes.add(identifier.scheme);
      values.add(identifier.value);
    }
    if (items.length === 0) return new Map();
    return moment
      ? this.query.listEntriesAt(client, [...schemes], [...values], moment)
      : this.query.listEntries(client, [...schemes], [...values]);
  }

  /** Each work found, with its standing and the licences that the inquirer has for it. */
  private async listLeads(
    ask: Ask,
    entries: readonly EntryRow[],
    client: PoolClient,
    moment: Date | undefined,
  ): Promise<Map<string, Omit<Lead, 'entry'>>> {
    const workIds = [...new Set(entries.map((entry) => entry.workId))];
    const licences = await this.licencesByWork(ask, workIds, client);
    // A licence may name a composition, whose id a shared standing does not know.
    const loadIds = moment ? workIds : [...licences.keys()];
    const loaded = await loadStandings(runnerOf(client), loadIds, moment ?? LATEST);
    const shared = entries.filter((entry) => !loaded.has(entry.workId));
    const standings = moment ? null : await this.findStandings(client, shared);
    const leads = new Map<string, Omit<Lead, 'entry'>>();
    for (const { workId, standingId } of entries) {
      const own = loaded.get(workId);
      const standing = own ?? standings!.get(standingId)!;
      const standingKey = own ? keyOf(own) : standingId;
      leads.set(workId, { standing, standingKey, licences: licences.get(workId) });
    }
    return leads;
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

  /** Standings by id; null when one is gone because the projection was rebuilt meanwhile. */
  private async findStandings(
    run: Runner,
    entries: readonly EntryRow[],
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
    const load = this.memory.beginLoading();
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
   * Waits until no leaf can appear any more that was recorded at `asOf` or before. An append
   * takes its time under the lock on the head and keeps the lock until it commits; so once this
   * had the lock, every earlier append is visible and every later one takes a later time.
   */
  private async settle(asOf: number): Promise<void> {
    if (asOf >= this.clock.now()) await sleep(2);
    const moment = Math.max(this.clock.now() - 1, asOf);
    await this.database.dataSource.query('SELECT FROM log_head FOR SHARE');
    this.settledUntil = Math.max(this.settledUntil, moment);
  }
}

function keyOf(standing: WorkStanding): string {
  const { shape, refs } = encodeStanding(standing);
  return `${shape} ${refs.join(' ')}`;
}

function runnerOf(client: PoolClient): RunSql {
  return async (sql, parameters) => (await client.query(sql, [...parameters])).rows as never;
}
