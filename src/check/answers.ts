import type { DuckDBConnection } from '@duckdb/node-api';
import type { Ask } from '#lookup/domain';
import type { CheckQuery } from './check.query.js';
import type { IdentifierColumn } from './domain/index.js';
import type { Reader } from './manifest.query.js';

/** A manifest that waits for answers, its rows taken in as the table of {@link CheckQuery.numberRows}. */
export interface Waiting {
  readonly connection: DuckDBConnection;
  readonly query: CheckQuery;
  readonly reader: Reader;
  readonly columns: readonly IdentifierColumn[];
  readonly ask: Ask;
  /** Epoch ms. */
  readonly now: number;
  readonly onProgress: (done: number, total: number, doing: string) => void;
}

/** Where it is known what identifiers come to: a snapshot, or a registry that is asked. */
export interface Answers {
  /** How many identifiers of these schemes there are; infinitely many where nobody knows. */
  countOf(schemes: ReadonlySet<string>): number;
  /**
   * Fills the tables that rows are joined with: verdicts, and by column what is registered. True where
   * every value that is not canonical was read, too. Throws `CheckRefused` rather than to fill them in part.
   */
  fill(waiting: Waiting): Promise<boolean>;
  /** Told when every row is written, before they get their place. */
  finish(): Promise<void>;
  /** Members of a report that say what was asked. */
  describe(): Record<string, unknown>;
}
