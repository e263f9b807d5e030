import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsISO31661Alpha2,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PARTY_KINDS, type PartyKind } from '../domain/party.js';

const COUNTRY = { message: 'country must be an ISO 3166-1 code of two capital letters, e.g. SE' };

export class PartyIdentifierRequest {
  /**
   * Which kind of identifier: one that names people or organisations.
   * @example "isni"
   */
  @IsString()
  @MaxLength(40)
  scheme: string;

  /**
   * The identifier as you write it; blanks and hyphens are fine.
   * @example "0000 0001 2281 955X"
   */
  @IsString()
  @MaxLength(512)
  value: string;
}

export class RegisterPartyRequest {
  /**
   * What the party is. It cannot be changed later.
   * @example "person"
   */
  @IsIn(PARTY_KINDS)
  kind: PartyKind;

  /**
   * The name under which the public knows it.
   * @example "Ada Lind"
   */
  @IsString()
  @MaxLength(400)
  displayName: string;

  /**
   * ISO 3166-1 alpha-2 code of the country it is at home in.
   * @example "SE"
   */
  @IsOptional()
  @IsISO31661Alpha2(COUNTRY)
  @Matches(/^[A-Z]{2}$/, COUNTRY)
  country?: string | null;

  /** ISNI, ORCID, IPI and the like. Anyone can read them. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PartyIdentifierRequest)
  identifiers?: PartyIdentifierRequest[];
}

export class ChangePartyRequest {
  /**
   * The new name; leave it out to keep the old one.
   * @example "Ada Lind & The Rain"
   */
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @MaxLength(400)
  displayName?: string;

  /**
   * The new country; null clears it.
   * @example "NO"
   */
  @IsOptional()
  @IsISO31661Alpha2(COUNTRY)
  @Matches(/^[A-Z]{2}$/, COUNTRY)
  country?: string | null;
}
