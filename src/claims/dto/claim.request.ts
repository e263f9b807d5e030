import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '#platform';
import { type Layer, LAYERS, type VerificationLevel } from '#vocabulary';
import { ContributorRequest, IdentifierRequest } from '#works';
import { CLAIM_ROLES, type ClaimRole } from '../domain/index.js';
import { TerritoryRequest } from './territory.request.js';

export class MakeClaimRequest {
  /** The party that claims. */
  @IsString()
  @MaxLength(64)
  party: string;

  /** The work whose layer is claimed. */
  @IsString()
  @MaxLength(64)
  work: string;

  /**
   * The right that the claim is about.
   * @example recording
   */
  @IsIn(LAYERS)
  layer: Layer;

  /**
   * What the party is to the work.
   * @example owner
   */
  @IsIn(CLAIM_ROLES)
  role: ClaimRole;

  /**
   * Share of the layer in parts per million; the whole when left out.
   * @example 500000
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  sharePpm?: number;

  /** Where the claim holds; the world when left out. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TerritoryRequest)
  territory?: TerritoryRequest;

  /** Whether the party alone decides in its territory. */
  @IsOptional()
  @IsBoolean()
  exclusive?: boolean;

  /** The mandate on which a representative rests a claim in its own name. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  mandate?: string;
}

export class ClaimsQueryRequest extends PageQuery {
  /** The party whose claims are listed. */
  @IsString()
  @MaxLength(64)
  party: string;
}

export class DecideClaimRequest {
  /**
   * Verification level from 0 (asserted) to 4 (legally proven); 2 or more counts as verified.
   * @example 3
   */
  @IsIn([0, 1, 2, 3, 4])
  level: VerificationLevel;

  /**
   * What was seen, and where it is kept.
   * @example Signed distribution agreement, file 2026-118
   */
  @IsString()
  @Length(3, 2000)
  evidence: string;
}

export class RegisterSongRequest {
  /** The party that wrote and recorded the song. */
  @IsString()
  @MaxLength(64)
  party: string;

  /**
   * Title of the song.
   * @example Harbour Lights
   */
  @IsString()
  @Length(1, 1000)
  title: string;

  /** Identifiers of the recording, such as its ISRC. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => IdentifierRequest)
  identifiers?: IdentifierRequest[];

  /** Identifiers of the composition, such as its ISWC. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => IdentifierRequest)
  compositionIdentifiers?: IdentifierRequest[];

  /**
   * Day of first release.
   * @example 2024-05-17
   */
  @IsOptional()
  @Matches(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, {
    message: 'releasedOn must be a day such as 2024-05-17',
  })
  releasedOn?: string;

  /** Who made it. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ContributorRequest)
  contributors?: ContributorRequest[];
}
