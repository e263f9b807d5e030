import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { DECLARED_KINDS, type DeclaredKind } from '../domain/index.js';

export class CustodyRequest {
  /** The archive: a party of yours of kind archive, proven to an operator. */
  @IsString()
  @MaxLength(64)
  party: string;
}

export class ObjectRequest {
  /** The rights holder, whose claim on the work is verified. */
  @IsString()
  @MaxLength(64)
  party: string;

  /**
   * The state that it objects to.
   * @example label_ceased
   */
  @IsIn(DECLARED_KINDS)
  kind: DeclaredKind;
}

export class DissentRequest {
  /** The archive, which holds the work. */
  @IsString()
  @MaxLength(64)
  party: string;

  /**
   * The state of the work.
   * @example delisted_everywhere
   */
  @IsIn(DECLARED_KINDS)
  kind: DeclaredKind;

  /**
   * Where the evidence can be read.
   * @example https://archive.example/evidence/2026-118
   */
  @IsOptional()
  @IsUrl({ protocols: ['https'], require_protocol: true })
  @MaxLength(1000)
  evidenceUrl?: string;

  /**
   * SHA-256 of the evidence, in hex. It stands in the public log.
   * @example 06d2a3d5c6a9f5a86c4f0d8f3b5b6f0d6c1c0b7f0a9f6c0e0f7d8a9b6c5d4e3f
   */
  @Matches(/^[0-9a-f]{64}$/, { message: 'evidenceDigest must be 64 lower-case hex digits' })
  evidenceDigest: string;
}

export class DeclareTriggerRequest extends DissentRequest {
  /** For how many months the state has lasted at least; terms may ask for a minimum. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1200)
  months?: number;
}
