import { SCHEMES } from '#identifiers';
import type { MappedColumn } from './catalogue.js';
import type { ColumnEvidence } from './column-evidence.js';
import { type Field, fieldNamed, fieldOfHeader, headerKey, TEXT_FIELDS } from './fields.js';

export type MappingResult =
  | { readonly ok: true; readonly mapping: readonly MappedColumn[] }
  | { readonly ok: false; readonly detail: string; readonly hint: string };

/**
 * Decides which column is which field: what the request says first, then the headers, then the
 * values of columns that are still unclaimed. A field has one column and a column one field.
 */
export function mapColumns(
  columns: readonly string[],
  evidence: readonly ColumnEvidence[],
  requested: ReadonlyMap<string, string> = new Map(),
): MappingResult {
  const taken = new Map<Field, MappedColumn>();
  const settled = new Set<Field>();
  for (const [name, column] of requested) {
    const field = fieldNamed(name);
    if (field === null) return unknownField(name);
    settled.add(field);
    if (column.trim() === '') continue;
    const index = columnNamed(columns, column);
    if (index === -1) return unknownColumn(column, columns);
    const twice = [...taken.values()].find((mapped) => mapped.index === index);
    if (twice) {
      const detail = `The column “${columns[index]}” was given to both ${twice.field} and ${field}.`;
      return { ok: false, detail, hint: 'Give each column to one field.' };
    }
    taken.set(field, { index, column: columns[index]!, field, by: 'request' });
  }
  const used = () => new Set([...taken.values()].map((mapped) => mapped.index));
  const byHeader = columns
    .map((column, index) => ({ index, column, meant: fieldOfHeader(column) }))
    .filter(({ index, meant }) => meant !== null && !settled.has(meant.field) && !used().has(index))
    .sort((a, b) => a.meant!.rank - b.meant!.rank || a.index - b.index);
  for (const { index, column, meant } of byHeader) {
    const { field } = meant!;
    if (!taken.has(field)) taken.set(field, { index, column, field, by: 'header' });
  }
  columns.forEach((column, index) => {
    const scheme = used().has(index) ? null : evidence[index]!.schemeUnder(column);
    if (scheme === null || settled.has(scheme as Field) || taken.has(scheme)) return;
    taken.set(scheme, { index, column, field: scheme, by: 'values' });
  });
  return { ok: true, mapping: [...taken.values()].sort((a, b) => a.index - b.index) };
}

function columnNamed(columns: readonly string[], name: string): number {
  const number = /^#(\d{1,4})$/.exec(name.trim());
  if (number) return columns[Number(number[1]) - 1] === undefined ? -1 : Number(number[1]) - 1;
  const exact = columns.indexOf(name);
  return exact >= 0 ? exact : columns.findIndex((column) => headerKey(column) === headerKey(name));
}

function unknownField(name: string): MappingResult {
  const fields = [...TEXT_FIELDS, ...Object.keys(SCHEMES).filter((scheme) => fieldNamed(scheme))];
  return {
    ok: false,
    detail: `There is no field “${name.slice(0, 60)}”.`,
    hint: `Fields are ${fields.join(', ')}.`,
  };
}

function unknownColumn(name: string, columns: readonly string[]): MappingResult {
  return {
    ok: false,
    detail: `The file has no column “${name.slice(0, 60)}”.`,
    hint: `Its columns are ${columns.slice(0, 40).join(', ')}.`,
  };
}

/**
 * Reads `isrc=ISRC,title=Track` (also with `:`). A comma within a column's name is kept where
 * what follows it is no `field=`. Returns null where a part names no field and column.
 */
export function parseMapping(texts: readonly string[]): ReadonlyMap<string, string> | null {
  const mapping = new Map<string, string>();
  for (const text of texts) {
    for (const part of text.split(/,(?=\s*[\w-]+\s*[=:])/)) {
      const match = /^\s*([\w-]+)\s*[=:](.*)$/s.exec(part);
      if (!match) return null;
      mapping.set(match[1]!, match[2]!.trim());
    }
  }
  return mapping;
}
