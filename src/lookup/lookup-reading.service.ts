import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Actor } from '#accounts';
import { Clock, DomainProblem } from '#kernel';
import { invalid, parseJson } from '#platform';
import { type Ask, type Read, readAsk, readQueryAsk } from './domain/ask.js';
import { type Item, listItems, readItem } from './domain/items.js';
import { readLine, readLines } from './domain/lines.js';
import { LookupQuery } from './lookup.query.js';

/** Longer queries are read anew each time, so that nobody fills the memory with them. */
const REPEATED_TEXT_MAX = 512;

/** Reads requests for lookups: faults of the envelope are refused, bad items stay in place. */
@Injectable()
export class LookupReading {
  private readonly repeated = new LRUCache<string, Ask>({ max: 1_000 });

  constructor(
    private readonly query: LookupQuery,
    private readonly clock: Clock,
  ) {}

  /** The ask of a single lookup, or of NDJSON. Throws `request/invalid` with pointers. */
  async readQuery(query: Record<string, unknown>, actor: Actor | null): Promise<Ask> {
    const ask = accept(readQueryAsk(query, this.clock.now()));
    if (ask.inquiry.inquirer !== undefined) await this.refuseForeign(ask, actor, '/inquirer');
    return ask;
  }

  /**
   * The same, where nearly everybody asks alike: the ask that a query came to before, if it depends
   * neither on who asks nor on when. `text` is the query as it stands in the address.
   */
  async readRepeated(
    text: string,
    query: Record<string, unknown>,
    actor: Actor | null,
  ): Promise<Ask> {
    const known = this.repeated.get(text);
    if (known) return known;
    const ask = await this.readQuery(query, actor);
    const isTimeless = ask.asOf === undefined && ask.inquiry.inquirer === undefined;
    if (isTimeless && text.length <= REPEATED_TEXT_MAX) this.repeated.set(text, ask);
    return ask;
  }

  /** The ask and items of a batch: JSON (an object), or NDJSON (text) with the ask in the query. */
  async readBatch(
    body: unknown,
    query: Record<string, unknown>,
    actor: Actor | null,
  ): Promise<{ ask: Ask; items: Item[] }> {
    if (typeof body === 'string') {
      const ask = await this.readQuery(query, actor);
      const items = readLines(body, parseLine);
      if (!Array.isArray(items)) throw invalid([items]);
      return { ask, items };
    }
    const { receipt, ...rest } = query;
    refuseQuery(rest);
    const read = accept(readAsk(body, this.clock.now()));
    const ask = receipt === undefined ? read : withReceipt(read, receipt);
    const items = listItems((body as { items?: unknown }).items);
    if (!Array.isArray(items)) throw invalid([items]);
    await this.refuseForeign(ask, actor, '/inquiry/inquirer');
    return { ask, items: items.map(readItem) };
  }

  /** Nobody asks in the name of a party that they are not a member of. */
  private async refuseForeign(ask: Ask, actor: Actor | null, pointer: string): Promise<void> {
    const { inquirer } = ask.inquiry;
    if (inquirer === undefined) return;
    const own = actor ? await this.query.listPartiesOf(actor.accountId) : [];
    if (own.includes(inquirer)) return;
    const detail = actor
      ? 'must be a party that this account is a member of'
      : 'sign in as a member of the party to ask in its name';
    throw invalid([{ pointer, detail }]);
  }
}

function accept(read: Read<Ask>): Ask {
  if (!read.ok) throw invalid(read.faults);
  return read.value;
}

function refuseQuery(query: Record<string, unknown>): void {
  const faults = Object.keys(query).map((name) => ({
    pointer: `/${name.slice(0, 64)}`,
    detail: 'a JSON batch states everything but "receipt" in its body',
  }));
  if (faults.length > 0) throw invalid(faults);
}

/** A receipt may also be asked for in the address; said twice, both must agree. */
function withReceipt(ask: Ask, said: unknown): Ask {
  const receipt = said === 'true' ? true : said === 'false' ? false : undefined;
  if (receipt === undefined || (ask.receipt ?? receipt) !== receipt) {
    const detail = 'must be true or false, and the same as in the body if it is said there too';
    throw invalid([{ pointer: '/receipt', detail }]);
  }
  return { ...ask, receipt };
}

/** One line of NDJSON as an item; what can't be read is a bad item in its place. */
export function readItemLine(line: string, index: number): Item {
  return readLine(line, index, parseLine);
}

function parseLine(line: string): unknown {
  try {
    return parseJson(line);
  } catch (refusal) {
    throw new Error(refusal instanceof DomainProblem ? refusal.detail : 'it is not JSON');
  }
}
