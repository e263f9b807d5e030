import { Transform, Type } from 'class-transformer';
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
import { SignatureRequest } from '#passkeys';
import { IsInstant, PageQuery } from '#platform';
import { type Layer, LAYERS } from '#vocabulary';
import { SUBJECT_KINDS, type SubjectKind } from '../domain/index.js';

/** The member as it was sent: the pure reader of the consent model checks it, not class-validator. */
const asSent = ({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key];

export class SubjectRequest {
  /**
   * How wide the declaration reaches: one `work`, a `release`, a `catalogue`, or everything that the
   * `party` holds. A narrower one beats a broader one.
   * @example party
   */
  @IsIn(SUBJECT_KINDS)
  kind: SubjectKind;

  /** The work, release or catalogue; left out for `party`. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  id?: string;
}

/** What somebody wishes: a template, or terms in full. Checked against the consent model. */
export class WishRequest {
  /**
   * A common wish by name; GET /v1/templates lists them.
   * @example preserve_never_train
   */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  template?: string;

  /** The template's parameters, such as a price. */
  @IsOptional()
  @IsObject()
  @Transform(asSent)
  parameters?: Record<string, unknown>;

  /**
   * Terms in full: purpose, decision, conditions and duties.
   * @example [{"purpose":"ai.train","decision":"deny"}]
   */
  @IsOptional()
  @IsArray()
  @Transform(asSent)
  terms?: Record<string, unknown>[];

  /**
   * Where the declaration holds; the world when left out.
   * @example {"include":["EU"]}
   */
  @IsOptional()
  @IsObject()
  @Transform(asSent)
  territory?: Record<string, unknown>;

  /**
   * How a preserved copy is kept.
   * @example {"accessMode":"dark","retention":"indefinite"}
   */
  @IsOptional()
  @IsObject()
  @Transform(asSent)
  preservationTerms?: Record<string, unknown>;

  /**
   * What becomes of copies and models once this is withdrawn.
   * @example {"existingCopies":"keep_dark","trainedModels":"exclude_from_next_version"}
   */
  @IsOptional()
  @IsObject()
  @Transform(asSent)
  afterWithdrawal?: Record<string, unknown>;
}

export class DeclareRequest extends WishRequest {
  /** The party that declares. */
  @IsString()
  @MaxLength(64)
  party: string;

  /** What the declaration covers. */
  @IsObject()
  @ValidateNested()
  @Type(() => SubjectRequest)
  subject: SubjectRequest;

  /**
   * The layers it is about. Left out: for a work those that the party claims, otherwise all.
   * @example ["recording","composition"]
   */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(7)
  @IsIn(LAYERS, { each: true })
  layers?: Layer[];

  /** From when on; never before it is recorded. UTC. */
  @IsOptional()
  @IsInstant()
  effectiveFrom?: string;

  /** Until when; then it falls silent. UTC. */
  @IsOptional()
  @IsInstant()
  effectiveUntil?: string;

  /**
   * The declaration that this one builds on, of one of its layers: refused if anything was declared on
   * them since.
   */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  replaces?: string;

  /** Signed: what the passkey answered to POST /v1/declarations/signing-options. */
  @IsOptional()
  @IsObject()
  @Transform(asSent)
  assertion?: Record<string, unknown>;

  /** Signed: the nonce that came with the signing options. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  nonce?: string;
}

export class WithdrawRequest extends SignatureRequest {
  /** From when on; never before it is recorded. UTC. */
  @IsOptional()
  @IsInstant()
  effectiveFrom?: string;

  /** What becomes of copies and models; left out, what the declaration itself said. */
  @IsOptional()
  @IsObject()
  @Transform(asSent)
  afterWithdrawal?: Record<string, unknown>;
}

export class DeclarationsQueryRequest extends PageQuery {
  /** The party whose declarations are listed. */
  @IsString()
  @MaxLength(64)
  party: string;
}
