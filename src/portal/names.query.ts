import { Injectable } from '@nestjs/common';
import { Database } from '#platform';

/** What ids are called by people, by id. */
export type Names = ReadonlyMap<string, string>;

/** Titles of works and names of parties, for pages that would otherwise show ids. */
@Injectable()
export class NamesQuery {
  constructor(private readonly database: Database) {}

  /** Ids that name nothing are left out. One statement, however many ids. */
  async listNames(workIds: readonly string[], partyIds: readonly string[]): Promise<Names> {
    if (workIds.length + partyIds.length === 0) return new Map();
    const rows: { id: string; name: string }[] = await this.database.reader.query(
      `SELECT work_id AS id, title AS name FROM works WHERE work_id = ANY ($1)
       UNION ALL
       SELECT party_id, display_name FROM parties WHERE party_id = ANY ($2)`,
      [workIds, partyIds],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
