import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

export class HeldIdentifierRequest {
  /** @example isrc */
  @IsString()
  @MaxLength(64)
  scheme: string;

  /** @example US-UG1-19-04206 */
  @IsString()
  @MaxLength(2_048)
  value: string;
}

/** What is held: a list, or everything that a finished lookup job asked about. */
export class CreateHoldingRequest {
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HeldIdentifierRequest)
  identifiers?: HeldIdentifierRequest[];

  /**
   * A finished lookup job of yours, in place of `identifiers`.
   * @example ljb_01kaq9x3n6fq2s7v4c8b5d0e1g
   */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  job?: string;

  /**
   * A webhook of a party of yours that is told of changes. Without one, ask for them yourself.
   * @example whk_01kaq9x3n6fq2s7v4c8b5d0e1g
   */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  webhook?: string;

  /** Log size that you know the answers at; for a job that of its first chunk, else now, if unsaid. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(999_999_999_999_999)
  since?: number;
}
