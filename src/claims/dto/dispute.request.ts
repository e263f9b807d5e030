import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsString,
  Length,
  MaxLength,
} from 'class-validator';
import { type Layer, LAYERS } from '#vocabulary';

export class OpenDisputeRequest {
  /** The party that disputes; it must have a verified claim on the layer itself. */
  @IsString()
  @MaxLength(64)
  party: string;

  /** The work. */
  @IsString()
  @MaxLength(64)
  work: string;

  /**
   * The layer that both sides claim.
   * @example recording
   */
  @IsIn(LAYERS)
  layer: Layer;

  /** The claims of others that are disputed: verified, and such that both can't be true. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  claims: string[];

  /**
   * Why. Kept for the operator who decides; it is not published.
   * @example The licence on which their claim rests ended in 2019.
   */
  @IsString()
  @Length(3, 2000)
  reason: string;
}

export class ResolveDisputeRequest {
  /**
   * Whether the dispute was right (`upheld`) or not (`dismissed`).
   * @example dismissed
   */
  @IsIn(['upheld', 'dismissed'])
  decision: 'upheld' | 'dismissed';

  /**
   * Why, and where what was seen is kept; not published.
   * @example The assignment of 2011 was shown, file 2026-131
   */
  @IsString()
  @Length(3, 2000)
  reason: string;
}
