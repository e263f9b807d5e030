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
import { IsInstant, PageQuery } from '#platform';
import { COUNTRIES, EU, type Purpose, PURPOSES, type Territory, WORLD } from '#vocabulary';
import {
  MANDATE_RIGHTS,
  MANDATE_STATES,
  type MandateRight,
  type MandateSide,
  type MandateState,
} from '../domain/mandate.js';

const CODES = [WORLD, EU, ...COUNTRIES];
const CODE_MESSAGE = 'must be ISO 3166-1 alpha-2 codes, EU or WORLD';

/** Where the mandate holds. */
export class MandateTerritoryRequest implements Territory {
  /**
   * ISO 3166-1 alpha-2 codes, `EU` or `WORLD`.
   * @example ["EU"]
   */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(260)
  @IsIn(CODES, { each: true, message: `include ${CODE_MESSAGE}` })
  include: string[];

  /**
   * Taken out of what is included.
   * @example ["FR"]
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(260)
  @IsIn(CODES, { each: true, message: `exclude ${CODE_MESSAGE}` })
  exclude?: string[];
}

export class ProposeMandateRequest {
  /**
   * The party in whose name somebody is to act.
   * @example "pty_01k9zj5v9ve8sr2m0g7c4h1xqd"
   */
  @IsString()
  @MaxLength(64)
  principal: string;

  /**
   * The party of yours that is to act.
   * @example "pty_01k9zj5v9ve8sr2m0g7c4h1xqe"
   */
  @IsString()
  @MaxLength(64)
  representative: string;

  /**
   * What it may do: register works, declare consent, grant licences, claim rights, collect money.
   * @example ["register","claim"]
   */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MANDATE_RIGHTS.length)
  @IsIn(MANDATE_RIGHTS, { each: true })
  rights: MandateRight[];

  /**
   * The purposes it is limited to, as a collecting society's mandate is; for all if unsaid.
   * @example ["ai.train"]
   */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(PURPOSES.length)
  @IsIn(PURPOSES, { each: true })
  purposes?: Purpose[] | null;

  /** Where it holds; in the whole world if unsaid. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => MandateTerritoryRequest)
  territory?: MandateTerritoryRequest | null;

  /**
   * When it begins; at once if unsaid, but never before the principal has confirmed it.
   * @example "2026-12-01T00:00:00Z"
   */
  @IsOptional()
  @IsInstant()
  validFrom?: string | null;

  /**
   * When it ends; not until it is revoked if unsaid.
   * @example "2028-12-01T00:00:00Z"
   */
  @IsOptional()
  @IsInstant()
  validUntil?: string | null;
}

export class MandateQueryRequest extends PageQuery {
  /**
   * Only mandates in which the party is on this side.
   * @example "principal"
   */
  @IsOptional()
  @IsIn(['principal', 'representative'])
  side?: MandateSide;

  /**
   * Only mandates in this state.
   * @example "proposed"
   */
  @IsOptional()
  @IsIn(MANDATE_STATES)
  state?: MandateState;
}
