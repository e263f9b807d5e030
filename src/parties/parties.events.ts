import type { VerificationLevel } from '#vocabulary';

/** A party's level rose or fell; `level` is the new one. */
export const LEVEL_CHANGED = 'parties:party:level-changed';

export interface LevelChanged {
  readonly partyId: string;
  readonly level: VerificationLevel;
}

/** A mandate came into force, or one that was confirmed was revoked. */
export const MANDATE_CONFIRMED = 'parties:mandate:confirmed';
export const MANDATE_REVOKED = 'parties:mandate:revoked';

export interface MandateDecided {
  readonly mandateId: string;
  readonly principalPartyId: string;
  readonly representativePartyId: string;
}
