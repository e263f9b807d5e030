import { type Layer, meet } from '#vocabulary';
import type { Claim } from './claim.js';

/** How a dispute ended: `lapsed` says that one side fell away, so that nothing opposes any more. */
export const DISPUTE_ENDS = ['withdrawn', 'upheld', 'dismissed', 'lapsed'] as const;
export type DisputeEnd = (typeof DISPUTE_ENDS)[number];

/** A dispute over one layer of one work as the registry keeps it: version 1 opens it, 2 ends it. */
export interface Dispute {
  readonly disputeId: string;
  readonly version: 1 | 2;
  readonly workId: string;
  readonly layer: Layer;
  /** The claims that it touches, in the order of their ids, and who holds each. */
  readonly claimIds: readonly string[];
  readonly partyIds: readonly string[];
  /** The party that opened it; null where the registry found two exclusive claims. */
  readonly openedBy: string | null;
  readonly state: 'opened' | 'resolved';
  readonly how: DisputeEnd | null;
  /** Text about people; it stays outside the log. */
  readonly reason: string | null;
  readonly madeBy: string;
}

type Side = Pick<
  Claim,
  'partyId' | 'level' | 'state' | 'exclusive' | 'sharePpm' | 'territory' | 'layer' | 'workId'
>;

const WHOLE_PPM = 1_000_000;

/**
 * Whether two claims can't both be true: standing, verified, of two parties, over the same layer somewhere,
 * and one of them excludes the other, or together they come to more than the whole. An unverified
 * claim opposes nobody, so a stranger cannot block a known owner.
 */
export function isOpposed(a: Side, b: Side): boolean {
  return doMeet(a, b) && (a.exclusive || b.exclusive || a.sharePpm + b.sharePpm > WHOLE_PPM);
}

/** Two exclusive ones: a dispute by itself, whether or not anybody opens it (model, rule 4.8). */
export function doCollide(a: Side, b: Side): boolean {
  return doMeet(a, b) && a.exclusive && b.exclusive;
}

function doMeet(a: Side, b: Side): boolean {
  const counts = (one: Side) => one.state !== 'withdrawn' && one.level >= 2;
  return (
    counts(a) &&
    counts(b) &&
    a.partyId !== b.partyId &&
    a.workId === b.workId &&
    a.layer === b.layer &&
    meet(a.territory ?? undefined, b.territory ?? undefined, undefined)
  );
}

/** Whether some two of these claims still oppose each other. */
export function anyOpposed(claims: readonly Side[], is: typeof isOpposed = isOpposed): boolean {
  return claims.some((a, at) => claims.slice(at + 1).some((b) => is(a, b)));
}

/** The claims that collide with another of the list, by layer of a work. */
export function collisionsOf(claims: readonly Claim[]): Claim[][] {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const key = `${claim.workId} ${claim.layer}`;
    const group = groups.get(key);
    if (group) group.push(claim);
    else groups.set(key, [claim]);
  }
  return [...groups.values()]
    .map((group) => group.filter((one) => group.some((other) => doCollide(one, other))))
    .filter((group) => group.length > 0);
}

/** The version that opens a dispute over these claims, which are of one layer of one work. */
export function openedOver(
  claims: readonly Claim[],
  opening: Pick<Dispute, 'disputeId' | 'openedBy' | 'reason' | 'madeBy'>,
): Dispute {
  const sorted = [...claims].sort((a, b) => (a.claimId < b.claimId ? -1 : 1));
  const { workId, layer } = sorted[0]!;
  return {
    ...opening,
    version: 1,
    ...{ workId, layer },
    claimIds: sorted.map((one) => one.claimId),
    partyIds: [...new Set(sorted.map((one) => one.partyId))].sort(),
    state: 'opened',
    how: null,
  };
}

/** The version that ends an open dispute. */
export function resolvedBy(
  dispute: Dispute,
  ending: { readonly how: DisputeEnd; readonly reason: string | null; readonly madeBy: string },
): Dispute {
  return { ...dispute, ...ending, version: 2, state: 'resolved' };
}
