import { Injectable } from '@nestjs/common';
import type { Actor } from '#accounts';
import { Clock, DomainProblem } from '#kernel';
import { PartyAccess } from '#parties';
import type { PageRequest } from '#platform';
import type { RowOutcome } from './domain/index.js';
import type { ImportRowEntity } from './entities/import-row.entity.js';
import { type ImportRow, ImportsQuery } from './imports.query.js';

const ROWS_PER_STATEMENT = 2_000;

/** Past imports and what became of their rows, for those who act for the party. */
@Injectable()
export class ImportHistory {
  constructor(
    private readonly query: ImportsQuery,
    private readonly parties: PartyAccess,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, party: string, page: PageRequest): Promise<ImportRow[]> {
    await this.parties.actAs(actor, party, 'register', this.clock.now());
    return this.query.listImports(party, page);
  }

  /** Foreign and absent imports look the same. */
  async get(actor: Actor, importId: string): Promise<ImportRow> {
    const found = await this.query.findImport(importId);
    if (!found) throw notFound();
    await this.parties
      .actAs(actor, found.partyId, 'register', this.clock.now())
      .catch((refusal: unknown) => {
        throw refusal instanceof DomainProblem ? notFound() : refusal;
      });
    return found;
  }

  async rows(
    importId: string,
    outcome: RowOutcome | undefined,
    page: PageRequest,
  ): Promise<ImportRowEntity[]> {
    // The cursor is the last line; one that no page gave leads to the beginning.
    const afterLine = /^\d{1,9}$/.test(page.after) ? Number(page.after) : 0;
    return this.query.listRows(importId, { outcome, afterLine, limit: page.limit + 1 });
  }

  /** All rows, read piece by piece while they are sent. */
  async *everyRow(
    importId: string,
    outcome: RowOutcome | undefined,
  ): AsyncGenerator<ImportRowEntity> {
    for (let afterLine = 0; ;) {
      const limit = ROWS_PER_STATEMENT;
      const rows = await this.query.listRows(importId, { outcome, afterLine, limit });
      yield* rows;
      if (rows.length < limit) return;
      afterLine = rows.at(-1)!.line;
    }
  }
}

function notFound(): DomainProblem {
  return new DomainProblem('imports/not-found', 'There is no import with this id that is yours.');
}
