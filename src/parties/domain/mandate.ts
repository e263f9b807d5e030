import type { Purpose, Territory } from '#vocabulary';

/** What a mandate may let a representative do in the principal's name. */
export const MANDATE_RIGHTS = ['register', 'consent', 'licence', 'claim', 'collect'] as const;

export type MandateRight = (typeof MANDATE_RIGHTS)[number];

export const MANDATE_STATES = ['proposed', 'confirmed', 'declined', 'revoked'] as const;

export type MandateState = (typeof MANDATE_STATES)[number];

/** Who speaks for whom, in what, where and until when. Instants are epoch milliseconds. */
export interface Mandate {
  readonly mandateId: string;
  readonly principalPartyId: string;
  readonly representativePartyId: string;
  readonly rights: readonly MandateRight[];
  /** Null: for every purpose. */
  readonly purposes: readonly Purpose[] | null;
  /** Null: everywhere. */
  readonly territory: Territory | null;
  readonly validFrom: number;
  /** The first moment at which it no longer holds; null: until it is revoked. */
  readonly validUntil: number | null;
  readonly state: MandateState;
  readonly proposedAt: number;
  /** When the principal confirmed or declined it. */
  readonly decidedAt: number | null;
  readonly revokedAt: number | null;
}

export type MandateAction = 'confirm' | 'decline' | 'revoke';

/** On whose side an account stands; a member of both parties stands on both. */
export type MandateSide = 'principal' | 'representative';

/**
 * Every step that a mandate can take. What is missing here is refused: no step leads out of
 * `declined` or `revoked`, and only the principal's own side leads to `confirmed`.
 */
const STEPS: Readonly<
  Record<
    MandateState,
    Partial<Record<MandateAction, { to: MandateState; by: readonly MandateSide[] }>>
  >
> = {
  proposed: {
    confirm: { to: 'confirmed', by: ['principal'] },
    decline: { to: 'declined', by: ['principal'] },
    revoke: { to: 'revoked', by: ['principal', 'representative'] },
  },
  confirmed: {
    revoke: { to: 'revoked', by: ['principal', 'representative'] },
  },
  declined: {},
  revoked: {},
};

export type MandateStep =
  | { readonly status: 'taken'; readonly mandate: Mandate }
  /** The state has no such step. */
  | { readonly status: 'not_open' }
  /** The step exists, but not for this side. */
  | { readonly status: 'not_yours' }
  /** Confirming what has run out would change nothing and mislead. */
  | { readonly status: 'run_out' };

/** Takes one step at `at` (epoch ms) on behalf of `sides`, or says why it can't be taken. */
export function stepMandate(
  mandate: Mandate,
  action: MandateAction,
  sides: readonly MandateSide[],
  at: number,
): MandateStep {
  const step = STEPS[mandate.state][action];
  if (!step) return { status: 'not_open' };
  if (!step.by.some((side) => sides.includes(side))) return { status: 'not_yours' };
  if (step.to === 'confirmed' && mandate.validUntil !== null && mandate.validUntil <= at) {
    return { status: 'run_out' };
  }
  const moments = step.to === 'revoked' ? { revokedAt: at } : { decidedAt: at };
  return { status: 'taken', mandate: { ...mandate, ...moments, state: step.to } };
}

/**
 * Whether the mandate has effect at `at` (epoch ms): confirmed by then, begun, neither run out nor
 * revoked. A mandate that says it began earlier still has no effect before its confirmation.
 */
export function isInForce(mandate: Mandate, at: number): boolean {
  const { state, decidedAt, revokedAt, validFrom, validUntil } = mandate;
  if (state !== 'confirmed' && state !== 'revoked') return false;
  if (decidedAt === null || decidedAt > at) return false;
  if (revokedAt !== null && revokedAt <= at) return false;
  return validFrom <= at && (validUntil === null || validUntil > at);
}
