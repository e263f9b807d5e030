import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import type { VerificationLevel } from '#vocabulary';
import { DOMAIN_METHODS, type DomainMethod } from '../domain/verification.js';

export class StartVerificationRequest {
  /**
   * Where you will publish the proof: `dns` in a TXT record, `well_known` in a file on the site.
   * @example "dns"
   */
  @IsIn(DOMAIN_METHODS)
  method: DomainMethod;

  /**
   * The domain alone, without https:// and path.
   * @example "adalind.example"
   */
  @IsString()
  @MaxLength(512)
  domain: string;
}

export class DecideVerificationRequest {
  /**
   * 0 asserted, 1 an account elsewhere, 2 a published identity, 3 corroborated, 4 legal.
   * @example 3
   */
  @IsIn([0, 1, 2, 3, 4])
  level: VerificationLevel;

  /**
   * What you saw, so that another operator can follow it. Not shown to the public.
   * @example "ISNI record 0000 0001 2281 955X names adalind.example, seen on 2026-11-22"
   */
  @IsString()
  @Matches(/\S/, { message: 'evidence must not be empty' })
  @MaxLength(4_000)
  evidence: string;

  /**
   * Why it is good for this level. Not shown to the public.
   * @example "Two independent sources name the same domain"
   */
  @IsString()
  @Matches(/\S/, { message: 'reason must not be empty' })
  @MaxLength(1_000)
  reason: string;
}

export class RevokeVerificationRequest {
  /**
   * Why it no longer holds. Not shown to the public.
   * @example "The domain was sold"
   */
  @IsString()
  @Matches(/\S/, { message: 'reason must not be empty' })
  @MaxLength(1_000)
  reason: string;
}
