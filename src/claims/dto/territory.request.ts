import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional } from 'class-validator';
import { COUNTRIES, EU, type Territory, WORLD } from '#vocabulary';

const CODES = [WORLD, EU, ...COUNTRIES];
const MESSAGE = 'must be ISO 3166-1 alpha-2 codes, EU or WORLD';

/** Where something holds. */
export class TerritoryRequest implements Territory {
  /**
   * ISO 3166-1 alpha-2 codes, `EU` or `WORLD`.
   * @example ["EU","CH"]
   */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(260)
  @IsIn(CODES, { each: true, message: `include ${MESSAGE}` })
  include: string[];

  /** Taken out of what is included. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(260)
  @IsIn(CODES, { each: true, message: `exclude ${MESSAGE}` })
  exclude?: string[];
}
