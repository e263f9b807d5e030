import { displayIdentifier, parseIdentifier, type SchemeName } from '#identifiers';
import type {
  DraftCompanion,
  DraftIdentifier,
  FaultCode,
  MappedColumn,
  RowDraft,
  RowFault,
  RowWarning,
} from './catalogue.js';
import { looksDamaged } from './damaged-text.js';
import { type DateOrder, readDate } from './dates.js';
import { SCHEME_HOME, type TextField } from './fields.js';
import {
  hasControlCharacter,
  saysNothing,
  shown,
  tidyText,
  withoutThousandsSeparators,
} from './tidy-text.js';

/** A text longer than this is no title, and a part longer than that no name. In characters. */
const TEXT_MAX = 1_000;
const NAME_MAX = 300;

/** How the cells of a file's rows are to be read. */
export interface RowLayout {
  readonly columns: readonly string[];
  readonly mapping: readonly MappedColumn[];
  readonly dateOrder: DateOrder | null;
}

export type RowReading =
  | { readonly ok: true; readonly draft: RowDraft; readonly warnings: readonly RowWarning[] }
  | {
      readonly ok: false;
      readonly faults: readonly RowFault[];
      readonly warnings: readonly RowWarning[];
    };

/** Schemes whose values are plain numbers, which spreadsheets like to dress up. */
const NUMERIC: ReadonlySet<string> = new Set(['gtin', 'apple', 'deezer', 'discogs', 'tidal']);

/**
 * Reads one row. All its faults are told at once. A row needs a title and something to go by: an
 * identifier or an artist. Nothing is guessed: what can't be read refuses the row with a reason.
 */
export function readRow(cells: readonly string[], layout: RowLayout): RowReading {
  const row = new RowInReading(cells, layout);
  if (row.hasWrongWidth()) return { ok: false, faults: row.faults, warnings: [] };
  const title = row.text('title');
  const artists = row.names('artist');
  const composers = row.names('composer');
  const album = row.text('album');
  const releasedOn = row.date();
  const found = row.identifiers();
  row.weigh(title, artists, found);
  const { faults, warnings } = row;
  if (faults.length > 0) return { ok: false, faults, warnings };
  const at = (home: 'recording' | 'release' | 'composition') =>
    found.filter(({ scheme }) => SCHEME_HOME[scheme] === home);
  const draft: RowDraft = {
    title,
    artists,
    composers,
    releasedOn,
    identifiers: at('recording'),
    release: companion(album || title, at('release')),
    composition: companion(title, at('composition')),
  };
  return { ok: true, draft, warnings };
}

function companion(title: string, identifiers: readonly DraftIdentifier[]): DraftCompanion | null {
  return identifiers.length === 0 ? null : { title, identifiers };
}

/** One row while it is read: gathers faults and warnings on the way. */
class RowInReading {
  readonly faults: RowFault[] = [];
  readonly warnings: RowWarning[] = [];

  constructor(
    private readonly cells: readonly string[],
    private readonly layout: RowLayout,
  ) {}

  /** More cells than columns are harmless while they are empty; fewer mean that some have moved. */
  hasWrongWidth(): boolean {
    const width = this.layout.columns.length;
    const surplus = this.cells.slice(width).some((cell) => cell.trim() !== '');
    if (this.cells.length >= width && !surplus) return false;
    this.fault(null, 'wrong_width', {
      detail: `This row has ${this.cells.length} cells, the header has ${width}.`,
      hint: 'Look for a missing or extra separator, or a quotation mark that is not closed.',
    });
    return true;
  }

  text(field: TextField): string {
    const mapped = this.mapped(field);
    return mapped ? this.checked(mapped, tidyText(this.cells[mapped.index]!)) : '';
  }

  /** Names parted by `;` or `|`. A comma parts nothing: it stands in many a band's name. */
  names(field: TextField): string[] {
    const text = this.text(field);
    const names = text.split(/\s*[;|]\s*/u).filter((name) => name !== '');
    const longest = Math.max(0, ...names.map((name) => name.length));
    if (longest > NAME_MAX) this.tooLong(this.mapped(field)!, longest, NAME_MAX);
    return names;
  }

  date(): string | null {
    const mapped = this.mapped('release-date');
    if (!mapped) return null;
    const text = this.text('release-date');
    const date = readDate(text, this.layout.dateOrder);
    switch (date.kind) {
      case 'date':
        return date.iso;
      case 'none':
        return null;
      case 'not_whole':
        this.warn(mapped, 'date_not_whole', text, 'Only part of the date is told; it is left out.');
        return null;
      case 'ambiguous':
        this.fault(mapped, 'date_ambiguous', {
          detail: 'Day and month can’t be told apart here, and no other row of the column decides.',
          hint: 'Say which comes first: dmy or mdy (dateOrder), or write it as 2024-04-26.',
        });
        return null;
      case 'unreadable':
        this.fault(mapped, 'date_unreadable', {
          detail: 'This is no date that can be read.',
          hint: date.hint,
        });
        return null;
    }
  }

  identifiers(): DraftIdentifier[] {
    return this.layout.mapping.flatMap((mapped) => {
      if (SCHEME_HOME[mapped.field as SchemeName] === undefined) return [];
      const text = tidyText(this.cells[mapped.index]!);
      return saysNothing(text) ? [] : this.identifiersOf(mapped, text);
    });
  }

  private identifiersOf(mapped: MappedColumn, text: string): DraftIdentifier[] {
    const scheme = mapped.field as SchemeName;
    const plain = NUMERIC.has(scheme) ? withoutThousandsSeparators(text) : text;
    const whole = parseIdentifier(scheme, plain);
    // One cell may hold several: one recording with two ISRCs is common.
    const pieces = whole.ok ? [plain] : plain.split(/\s*[;|,]\s*/u).filter((piece) => piece !== '');
    const found: DraftIdentifier[] = [];
    for (const typed of pieces) {
      const parsed = parseIdentifier(scheme, typed);
      if (!parsed.ok) {
        this.fault(mapped, 'identifier_refused', {
          detail: parsed.detail,
          hint: hintFor(scheme, typed),
        });
        return [];
      }
      if (found.some(({ value }) => value === parsed.value)) continue;
      found.push({ scheme, value: parsed.value, typed: typed === plain ? text : typed });
      const written = [parsed.value, displayIdentifier(scheme, parsed.value)];
      if (scheme !== 'gtin' && parsed.repaired && !written.includes(text)) {
        this.warn(mapped, 'identifier_respelled', text, `Read as ${written[1]}.`);
      }
    }
    return found;
  }

  /** Is there enough to register a work, and what is worth a look? */
  weigh(title: string, artists: readonly string[], found: readonly DraftIdentifier[]): void {
    const identified = found.some(({ scheme }) => SCHEME_HOME[scheme] === 'recording');
    const titled =
      title !== '' || this.faults.some(({ column }) => column === this.mapped('title')?.column);
    if (!titled) {
      this.fault(this.mapped('title') ?? null, 'title_missing', {
        detail: 'There is no title.',
        hint: 'Write the title of the recording.',
      });
    } else if (!identified && artists.length === 0 && this.faults.length === 0) {
      this.fault(null, 'nothing_to_go_by', {
        detail: 'There is a title but neither an identifier nor an artist: it could be anyone’s.',
        hint: 'Add the ISRC, or at least the artist.',
      });
    } else if (!identified && this.faults.length === 0) {
      const detail =
        'No identifier of the recording: archives and dataset builders can’t look this work up.';
      this.warn(null, 'no_identifier', null, detail);
    } else if (artists.length === 0 && this.faults.length === 0) {
      this.warn(this.mapped('artist') ?? null, 'no_artist', null, 'There is no artist.');
    }
  }

  private mapped(field: string): MappedColumn | undefined {
    return this.layout.mapping.find((mapped) => mapped.field === field);
  }

  private checked(mapped: MappedColumn, text: string): string {
    if (hasControlCharacter(text)) {
      this.fault(mapped, 'control_character', {
        detail: 'There is a control character in this cell, which text never has.',
        hint: 'Type the cell anew.',
      });
      return '';
    }
    if (text.length > TEXT_MAX) {
      this.tooLong(mapped, text.length, TEXT_MAX);
      return '';
    }
    if (looksDamaged(text)) {
      const detail = 'Letters were lost before this file was written; the text is taken as it is.';
      this.warn(mapped, 'damaged_text', text, detail);
    }
    return text;
  }

  private tooLong(mapped: MappedColumn, length: number, lengthMax: number): void {
    this.fault(mapped, 'too_long', {
      detail: `This is ${length} characters long; ${lengthMax} are taken.`,
      hint: 'Shorten it, or look for a quotation mark that is not closed.',
    });
  }

  private fault(
    mapped: MappedColumn | null,
    code: FaultCode,
    { detail, hint }: { detail: string; hint: string | null },
  ): void {
    const value = mapped ? shown(this.cells[mapped.index] ?? '') : null;
    this.faults.push({ column: mapped?.column ?? null, value, code, detail, hint });
  }

  private warn(
    mapped: MappedColumn | null,
    code: RowWarning['code'],
    value: string | null,
    detail: string,
  ): void {
    const cell = value === null ? null : shown(value);
    this.warnings.push({ column: mapped?.column ?? null, value: cell, code, detail });
  }
}

function hintFor(scheme: SchemeName, typed: string): string {
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(typed)) {
    return 'A spreadsheet has shortened this number. Format the column as text and enter it again.';
  }
  if (scheme === 'gtin' && /^\d{9,11}$/.test(typed)) {
    return 'Zeros in front may have been lost in a spreadsheet. Format the column as text.';
  }
  return 'Mend the value, or empty the cell to import the row without it.';
}
