import { isSchemeName } from '#identifiers';
import { type Item, readIdentified } from '#lookup/domain';

/** Columns that we add to a table; those of an earlier answer give way to the new ones. */
export const OWN_PREFIX = 'fermata_';

/** Where the identifiers of a table stand. */
export interface Columns {
  /** The header as it came. */
  readonly header: readonly string[];
  readonly found:
    | { readonly kind: 'named'; readonly scheme: number; readonly value: number }
    /** One column for each scheme; the first that is not empty in a row counts. */
    | { readonly kind: 'schemes'; readonly of: readonly { scheme: string; at: number }[] };
}

/**
 * Finds the columns by the header: `scheme` and `value`, or any number of columns that are named
 * after a scheme (`isrc`, `iswc` …). In any case of letters. Says in a sentence why there are none.
 */
export function findColumns(
  header: readonly string[],
): { ok: true; columns: Columns } | { ok: false; why: string } {
  const names = header.map((name) => name.trim().toLowerCase());
  const repeated = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  if (repeated !== undefined) {
    return { ok: false, why: `two columns are named “${repeated.slice(0, 64)}”` };
  }
  const [scheme, value] = [names.indexOf('scheme'), names.indexOf('value')];
  if (scheme >= 0 && value >= 0) {
    return { ok: true, columns: { header, found: { kind: 'named', scheme, value } } };
  }
  const of = names.flatMap((name, at) => (isSchemeName(name) ? [{ scheme: name, at }] : []));
  if (of.length > 0) return { ok: true, columns: { header, found: { kind: 'schemes', of } } };
  const why =
    'the first line must name the columns: “scheme” and “value”, or one after a scheme such as “isrc”';
  return { ok: false, why };
}

/** The identifier of a row as an item; `index` is the row's place, from 0. Never throws. */
export function itemOfCells(cells: readonly string[], columns: Columns, index: number): Item {
  const { header, found } = columns;
  if (cells.length !== header.length) {
    const detail = `the row has ${cells.length} cells, and the header names ${header.length}`;
    return { result: 'invalid_item', index, detail };
  }
  if (found.kind === 'named') {
    return readIdentified(cells[found.scheme]!.trim().toLowerCase(), cells[found.value]!.trim());
  }
  for (const { scheme, at } of found.of) {
    const value = cells[at]!.trim();
    if (value !== '') return readIdentified(scheme, value);
  }
  return { result: 'invalid_item', index, detail: 'the row has no identifier' };
}
