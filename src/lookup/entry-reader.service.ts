import { Injectable } from '@nestjs/common';
import { ReadTogether } from '#platform';
import type { EntryRow } from './domain/entry.js';
import { LookupIndex } from './lookup-index.service.js';
import { type LogMark, LookupQuery } from './lookup.query.js';

/** Where an identifier leads, and the log that this was seen at. */
export interface FoundEntries {
  readonly mark: LogMark;
  readonly entries: readonly EntryRow[];
}

/**
 * Reads the entries of single lookups, from this process's memory where they are held there; those
 * that arrive together share a statement in either case.
 */
@Injectable()
export class EntryReader {
  private readonly together: ReadTogether<{ scheme: string; value: string }, FoundEntries>;

  constructor(
    query: LookupQuery,
    private readonly index: LookupIndex,
  ) {
    this.together = new ReadTogether(async (asked): Promise<FoundEntries[]> => {
      const { mark, entries } = await query.findEntries(asked);
      return entries.map((own) => ({ mark, entries: own }));
    });
  }

  async find(scheme: string, value: string): Promise<FoundEntries> {
    const held = await this.index.read(1, (index) => index.find(scheme, value));
    if (held !== null) return { mark: held.mark, entries: held.found };
    return this.together.find({ scheme, value });
  }
}
