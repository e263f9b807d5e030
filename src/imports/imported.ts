import type { RowOutcome, RowReport } from './domain/index.js';

/** One column of an imported file and the field it was read as; null: not used. */
export interface ImportColumn {
  readonly column: string;
  readonly field: string | null;
  readonly by: 'header' | 'values' | 'request' | null;
}

export type ImportCounts = Readonly<Record<RowOutcome | 'rows' | 'warned', number>>;

/** What an import did, or a dry run would do. */
export interface Imported {
  /** Null for a dry run, which stores nothing. */
  readonly importId: string | null;
  readonly partyId: string;
  readonly fileName: string | null;
  readonly fileDigest: Buffer;
  readonly encoding: string;
  readonly delimiter: string;
  readonly columns: readonly ImportColumn[];
  readonly notes: readonly string[];
  readonly counts: ImportCounts;
  readonly catalogue: { readonly catalogueId: string | null; readonly name: string } | null;
  readonly importedAt: Date;
  readonly rows: readonly RowReport[];
}

/** How far an import is, for those who watch. */
export interface ImportProgress {
  readonly done: number;
  readonly total: number;
  readonly doing: 'reading' | 'registering' | 'claiming';
}
