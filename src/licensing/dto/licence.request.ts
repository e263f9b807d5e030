import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { TerritoryRequest } from '#claims';
import { IsInstant, PageQuery } from '#platform';
import { type Layer, LAYERS, type Purpose, PURPOSES } from '#vocabulary';

export class GrantLicenceRequest {
  /** The party that grants. */
  @IsString()
  @MaxLength(64)
  grantor: string;

  /** The party that may. */
  @IsString()
  @MaxLength(64)
  grantee: string;

  /** The works it is for; a recording or video takes the compositions it embodies along. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  works: string[];

  /**
   * What they may be used for; a parent covers its children.
   * @example ["ai.train.generative"]
   */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @IsIn(PURPOSES, { each: true })
  purposes: Purpose[];

  /**
   * The layers that the grantor holds alone and grants.
   * @example ["recording","composition"]
   */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(7)
  @IsIn(LAYERS, { each: true })
  layers: Layer[];

  /** Where it holds; the world when left out. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TerritoryRequest)
  territory?: TerritoryRequest;

  /** From when on, UTC; now when left out, and never before it was granted. */
  @IsOptional()
  @IsInstant()
  validFrom?: string;

  /** Until when, UTC; without end when left out. */
  @IsOptional()
  @IsInstant()
  validUntil?: string;
}

export class LicencesQueryRequest extends PageQuery {
  /** The party whose granted licences are listed. */
  @IsString()
  @MaxLength(64)
  grantor: string;
}
