import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { invalid } from '#platform';
import { decodePosition, type Position, positionAt } from '../domain/index.js';

const toInt = ({ value }: { value: unknown }) =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;

/** From where changes are read, and how many. */
export class ChangesQueryRequest {
  /** A log size: what was recorded since. `upTo` of an earlier answer, or the size that a lookup named. */
  @IsOptional()
  @Transform(toInt)
  @IsInt()
  @Min(0)
  @Max(999_999_999_999_999)
  since?: number;

  /** Where to go on: `nextCursor` of the page before. In place of `since`. */
  @IsOptional()
  @IsString()
  @MaxLength(128)
  @Matches(/^[A-Za-z0-9_-]+$/, { message: 'cursor must be one that a page gave as nextCursor' })
  cursor?: string;

  /** How many leaves, and how many works, at most. */
  @IsOptional()
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit?: number;
}

export class ChangeFeedRequest extends ChangesQueryRequest {
  /** Where nothing has changed: for how many seconds to wait for something. */
  @IsOptional()
  @Transform(toInt)
  @IsInt()
  @Min(0)
  @Max(30)
  wait?: number;
}

/** The position that a query names; the beginning where it names none. Throws `request/invalid`. */
export function positionOf({ since, cursor }: ChangesQueryRequest): Position {
  if (cursor === undefined) return positionAt(since ?? 0);
  if (since !== undefined) {
    throw invalid([
      { pointer: '/since', detail: 'is said by the cursor; leave one of the two out' },
    ]);
  }
  return readCursor(cursor, '/cursor');
}

/** A cursor that came back. Throws `request/invalid` for one that no page gave. */
export function readCursor(cursor: string, pointer: string): Position {
  const position = decodePosition(cursor);
  if (position) return position;
  throw invalid([{ pointer, detail: 'must be one that a page gave as nextCursor' }]);
}
