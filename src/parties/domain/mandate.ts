/** What a mandate may let a representative do in the principal's name. */
export const MANDATE_RIGHTS = ['register', 'consent', 'licence', 'claim', 'collect'] as const;

export type MandateRight = (typeof MANDATE_RIGHTS)[number];

/** Where a mandate holds. Codes are ISO 3166-1 alpha-2, `EU` or `WORLD`. */
export interface MandateTerritory {
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
}

export type MandateState = 'proposed' | 'confirmed' | 'declined' | 'revoked';

/** Who speaks for whom, in what, where and until when. Instants are epoch milliseconds. */
export interface Mandate {
  readonly mandateId: string;
  readonly principalPartyId: string;
  readonly representativePartyId: string;
  readonly rights: readonly MandateRight[];
  /** Null: for every purpose. */
  readonly purposes: readonly string[] | null;
  /** Null: everywhere. */
  readonly territory: MandateTerritory | null;
  readonly validFrom: number;
  /** The first moment at which it no longer holds; null: until it is revoked. */
  readonly validUntil: number | null;
  readonly state: MandateState;
  readonly proposedAt: number;
  /** When the principal confirmed or declined it. */
  readonly decidedAt: number | null;
  readonly revokedAt: number | null;
}
