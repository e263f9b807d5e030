import { ApiProperty } from '@nestjs/swagger';

/** How ranges are cut at present. */
export class RangesResponse {
  /** How many bits of a digest a range is named by. They grow with the registry.
   * @example 11
   */
  bits: number;

  /** What identifiers are digested with. */
  @ApiProperty({ enum: ['sha-256'] })
  digest: 'sha-256';

  /** A range has a multiple of so many rows. */
  rows: number;
}

/** A range, filled up to a length that says little (docs/specs/range.md). */
export class RangeResponse {
  /** Means nothing. */
  padding: string;

  /** The answers to every identifier in the range, in canonical JSON. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  range: Record<string, unknown>;

  /** A detached JWS over the range, where a receipt was asked for. */
  signature?: string;
}
