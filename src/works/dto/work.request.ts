import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '#platform';
import { WORK_KINDS, type WorkKind } from '#vocabulary';
import { LINK_KINDS, type LinkKind } from '../domain/index.js';

/** A name of spaces alone is none. */
const NOT_BLANK = [/\S/, { message: '$property must not be blank' }] as const;

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** An identifier as somebody typed it. */
export class IdentifierRequest {
  /**
   * Scheme of the identifier.
   * @example isrc
   */
  @IsString()
  @Length(1, 32)
  scheme: string;

  /**
   * The identifier; hyphens, spaces and the usual prefixes are taken.
   * @example US-UG1-19-04206
   */
  @IsString()
  @Length(1, 512)
  value: string;
}

export class ContributorRequest {
  /**
   * Name as it should be shown.
   * @example Marla Glen
   */
  @IsString()
  @Length(1, 300)
  @Matches(...NOT_BLANK)
  name: string;

  /**
   * What this person did: performer, songwriter, producer, author …
   * @example songwriter
   */
  @IsString()
  @Length(1, 60)
  @Matches(...NOT_BLANK)
  role: string;

  /** The party, where it is registered here. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  party?: string;
}

export class LinkRequest {
  /**
   * How this work leads to the other: a recording `embodies` a composition and `samples` a
   * recording, a release `contains` recordings and is `illustrated_by` an artwork.
   * @example embodies
   */
  @IsIn(LINK_KINDS)
  kind: LinkKind;

  /** The work that the link leads to. */
  @IsString()
  @MaxLength(64)
  work: string;
}

export class RegisterWorkRequest {
  /** The party that registers the work. */
  @IsString()
  @MaxLength(64)
  party: string;

  /**
   * What kind of work it is.
   * @example recording
   */
  @IsIn(WORK_KINDS)
  kind: WorkKind;

  /**
   * Title as it should be shown.
   * @example Harbour Lights
   */
  @IsString()
  @Length(1, 1000)
  @Matches(...NOT_BLANK)
  title: string;

  /**
   * Language of the words, BCP 47.
   * @example en
   */
  @IsOptional()
  @Matches(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}$/)
  language?: string;

  /**
   * Day of first release.
   * @example 2024-05-17
   */
  @IsOptional()
  @Matches(DATE, { message: 'releasedOn must be a day such as 2024-05-17' })
  releasedOn?: string;

  /** Who made it. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ContributorRequest)
  contributors?: ContributorRequest[];

  /** Its identifiers, of any scheme. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => IdentifierRequest)
  identifiers?: IdentifierRequest[];

  /** Other works that it leads to; more can be added one by one. */
  @IsOptional()
  @IsArray()
  // They stand in one leaf of the log, with up to 50 identifiers, and a leaf has 16,384 bytes at most.
  @ArrayMaxSize(150)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => LinkRequest)
  links?: LinkRequest[];
}

export class DescribeWorkRequest {
  /** A new title; left out, the old one stays. */
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Length(1, 1000)
  @Matches(...NOT_BLANK)
  title?: string;

  /** Language of the words, BCP 47; null clears it. */
  @IsOptional()
  @Matches(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}$/)
  language?: string;

  /** Who made it; takes the place of the whole list. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ContributorRequest)
  contributors?: ContributorRequest[];
}

export class WorksQueryRequest extends PageQuery {
  /** The party whose registered works are listed. */
  @IsString()
  @MaxLength(64)
  party: string;
}

export class CreateCatalogueRequest {
  /** The party that keeps the catalogue. */
  @IsString()
  @MaxLength(64)
  party: string;

  /**
   * A name for it, unique within the party.
   * @example Early recordings
   */
  @IsString()
  @Length(1, 200)
  @Matches(...NOT_BLANK)
  name: string;
}

export class CatalogueWorksRequest {
  /** Works to put into the catalogue. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  works: string[];
}
