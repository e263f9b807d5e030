import type { VerificationLevel } from '#vocabulary';
import type { PartyKind } from './domain/party.js';
import type { VerificationMethod } from './domain/verification.js';

/** What everyone may know about a party. No account and no address of a person stands in it. */
export interface PartyProfile {
  readonly partyId: string;
  readonly kind: PartyKind;
  readonly displayName: string;
  readonly country: string | null;
  readonly identifiers: readonly { scheme: string; value: string; typed: string }[];
  readonly level: VerificationLevel;
  readonly verifications: readonly {
    method: VerificationMethod;
    domain: string | null;
    level: VerificationLevel;
    verifiedAt: Date;
  }[];
  readonly revision: number;
  readonly createdAt: Date;
}
