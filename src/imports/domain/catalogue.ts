import type { SchemeName } from '#identifiers';

/** An identifier of a row: what stood in the file, and the canonical form that is stored. */
export interface DraftIdentifier {
  readonly scheme: SchemeName;
  readonly value: string;
  readonly typed: string;
}

/** Another work that a row speaks of beside its recording: its release or its composition. */
export interface DraftCompanion {
  readonly title: string;
  readonly identifiers: readonly DraftIdentifier[];
}

/** What a good row says, in our words. Nothing in it is guessed or mended. */
export interface RowDraft {
  readonly title: string;
  /** As the file spells them; only `;` and `|` part several names, for a comma may be in a name. */
  readonly artists: readonly string[];
  readonly composers: readonly string[];
  /** ISO 8601 date, or null where the file tells no whole day. */
  readonly releasedOn: string | null;
  /** Identifiers of the recording itself. May be empty: such a row can't be looked up. */
  readonly identifiers: readonly DraftIdentifier[];
  /** The release, where the file identifies one: a UPC names the album, never the track. */
  readonly release: DraftCompanion | null;
  /** The composition, where the file identifies one. */
  readonly composition: DraftCompanion | null;
}

/** Why a row is refused. A closed list; programs may switch on it. */
export type FaultCode =
  | 'wrong_width'
  | 'title_missing'
  | 'nothing_to_go_by'
  | 'identifier_refused'
  | 'identifier_repeated'
  | 'date_unreadable'
  | 'date_ambiguous'
  | 'too_long'
  | 'control_character';

/** One reason why a row is refused, at one cell or (column null) at the row as a whole. */
export interface RowFault {
  readonly column: string | null;
  /** The offending cell, shortened to 200 characters. */
  readonly value: string | null;
  readonly code: FaultCode;
  readonly detail: string;
  /** What to do about it. */
  readonly hint: string | null;
}

export type WarningCode =
  | 'damaged_text'
  | 'no_identifier'
  | 'no_artist'
  | 'date_not_whole'
  | 'identifier_respelled'
  | 'row_repeated'
  | 'title_differs'
  | 'joined'
  | 'identifier_shared'
  | 'release_left_out';

/** Something worth a look in a row that is taken nevertheless. */
export interface RowWarning {
  readonly column: string | null;
  readonly value: string | null;
  readonly code: WarningCode;
  readonly detail: string;
}

/** One row as read: taken, the same as an earlier one, or refused. */
export type ReadRow = {
  /** Line in the file on which the row begins, from 1. */
  readonly line: number;
  /** The cells as they stand in the file, so that refused rows can be written out and mended. */
  readonly cells: readonly string[];
  readonly warnings: readonly RowWarning[];
} & (
  | { readonly outcome: 'draft'; readonly draft: RowDraft }
  | { readonly outcome: 'repeated'; readonly firstLine: number }
  | { readonly outcome: 'refused'; readonly faults: readonly RowFault[] }
);

/** How one column of the file is understood. */
export interface MappedColumn {
  /** Position in the file, from 0. */
  readonly index: number;
  readonly column: string;
  readonly field: string;
  /** Why we think so: its header, its values, or the person who imports said it. */
  readonly by: 'header' | 'values' | 'request';
}

/** What was found out about a file before any row is read. */
export interface CatalogueSurvey {
  readonly format: 'csv';
  readonly encoding: string;
  /** `,` `;` `|` or a tab. */
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly mapping: readonly MappedColumn[];
  /** Data rows, empty ones not counted. */
  readonly rows: number;
  /** What was assumed, in sentences for the person who imports. */
  readonly notes: readonly string[];
}

/** A catalogue that can be read row by row, as often as is wanted. */
export interface OpenedCatalogue {
  readonly ok: true;
  readonly survey: CatalogueSurvey;
  rows(): AsyncIterable<ReadRow>;
}

export type UnreadableCode =
  | 'empty'
  | 'not_text'
  | 'quote_not_closed'
  | 'row_too_long'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'no_title_column'
  | 'mapping_refused';

/** A file that can't be read at all: one sentence what is wrong, one what to do. */
export interface UnreadableCatalogue {
  readonly ok: false;
  readonly code: UnreadableCode;
  readonly detail: string;
  readonly hint: string;
  /** The columns, where that much could be read. */
  readonly columns: readonly string[];
}

/** What the person who imports may say about the file. All of it is found out where left unsaid. */
export interface ReadingOptions {
  readonly encoding?: string;
  /** field → column, by its name or as `#3`; an empty column means: leave this field out. */
  readonly mapping?: ReadonlyMap<string, string>;
  readonly dateOrder?: 'dmy' | 'mdy';
}

/** The one interface of all formats: CSV now; NDJSON, spreadsheets and DDEX beside it later. */
export interface CatalogueReader {
  open(bytes: Uint8Array, options: ReadingOptions): Promise<OpenedCatalogue | UnreadableCatalogue>;
}
