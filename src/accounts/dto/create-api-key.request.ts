import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  Matches,
} from 'class-validator';
import { SCOPES, type Scope } from '../domain/scopes.js';
import { IsLabel } from './fields.js';

const SCOPE_NAMES = Object.keys(SCOPES);

export class CreateApiKeyRequest {
  /**
   * What the key is for; you tell your keys apart by it.
   * @example "nightly crawl, machine 3"
   */
  @IsLabel(80)
  name: string;

  /**
   * What the key may do: some of your account's scopes, as few as will do.
   * @example ["lookup:read"]
   */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(SCOPE_NAMES.length)
  @IsIn(SCOPE_NAMES, { each: true })
  scopes: Scope[];

  /**
   * When the key stops working, as an instant with its offset; never, if unsaid.
   * @example "2031-01-01T00:00:00Z"
   */
  @IsOptional()
  @Matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/, {
    message: 'expiresAt must be an instant such as 2031-01-01T00:00:00Z',
  })
  expiresAt?: string | null;
}
