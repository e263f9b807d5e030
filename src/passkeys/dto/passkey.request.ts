import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';

/** The member as it was sent: the reader of credentials checks it, not class-validator. */
const asSent = ({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key];

/** A passkey's answer to signing options. */
export class SignatureRequest {
  /** What `navigator.credentials.get` gave, in its JSON form. */
  @IsOptional()
  @IsObject()
  @Transform(asSent)
  assertion?: Record<string, unknown>;

  /** The nonce that came with the options. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  nonce?: string;
}

export class BindPasskeyRequest {
  /**
   * What you call it.
   * @example "my telephone"
   */
  @IsString()
  @MaxLength(80)
  @Matches(/^[^\p{C}]*[^\p{C}\s][^\p{C}]*$/u, { message: 'label must be a line of text' })
  label: string;

  /** What `navigator.credentials.create` gave, in its JSON form. */
  @IsObject()
  @Transform(asSent)
  credential: Record<string, unknown>;
}

export class SigningOptionsRequest {
  /** `bind`: one more passkey; `loosen`: no longer ask for signatures. */
  @IsIn(['bind', 'loosen'])
  act: 'bind' | 'loosen';
}

export class PasskeyPolicyRequest extends SignatureRequest {
  /** Whether from now on only signed declarations widen what the party allows. */
  @IsBoolean()
  requirePasskey: boolean;
}

export class RecoverPasskeysRequest {
  /**
   * Why, and where what was seen is kept.
   * @example "Telephone lost, passport seen, file 2026-140"
   */
  @IsString()
  @Length(3, 2000)
  reason: string;
}
