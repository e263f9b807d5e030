import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { invalid } from './validation.pipe.js';

/** Query of every list: `limit` entries (1 to 200, 50 if unsaid) after the opaque `cursor`. */
export class PageQuery {
  /** How many entries at most. */
  @IsOptional()
  @Transform(({ value }) => (/^\d{1,4}$/.test(String(value)) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  /** Where to go on: `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(256)
  @Matches(/^[A-Za-z0-9_-]+$/, { message: 'cursor must be one that a page gave as nextCursor' })
  cursor?: string;
}

/** A page: its entries and, where there is more, the cursor of the next one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface PageRequest {
  limit: number;
  /** The last key of the page before; '' sorts before every key. */
  after: string;
}

/** Reads the query of a list. Throws `request/invalid` for a cursor that no page gave. */
export function pageRequest(query: PageQuery): PageRequest {
  const after = query.cursor ? Buffer.from(query.cursor, 'base64url').toString('utf8') : '';
  if (/[^\x20-\x7e]/.test(after)) {
    throw invalid([{ pointer: '/cursor', detail: 'must be one that a page gave as nextCursor' }]);
  }
  return { limit: query.limit ?? 50, after };
}

/** Makes a page of `limit + 1` rows read in key order; the extra one only tells that there is more. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  request: PageRequest,
  keyOf: (row: Row) => string,
  map: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, request.limit);
  const last = rows.length > request.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(map),
    nextCursor: last ? Buffer.from(keyOf(last), 'utf8').toString('base64url') : null,
  };
}
