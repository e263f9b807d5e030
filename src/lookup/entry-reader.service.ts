import { Injectable } from '@nestjs/common';
import { ReadTogether } from '#platform';
import type { EntryRow } from './domain/entry.js';
import { type LogMark, LookupQuery } from './lookup.query.js';

/** Where an identifier leads, and the log that this was seen at. */
export interface FoundEntries {
  readonly mark: LogMark;
  readonly entries: readonly EntryRow[];
}

/** Reads the entries of single lookups; those that arrive together share a statement. */
@Injectable()
export class EntryReader {
  private readonly together: ReadTogether<{ scheme: string; value: string }, FoundEntries>;

  constructor(query: LookupQuery) {
    this.together = new ReadTogether(async (asked): Promise<FoundEntries[]> => {
      const { mark, entries } = await query.findEntries(asked);
      return entries.map((own) => ({ mark, entries: own }));
    });
  }

  find(scheme: string, value: string): Promise<FoundEntries> {
    return this.together.find({ scheme, value });
  }
}
