import { type Purpose, PURPOSES, type Territory, type WorkKind } from '#vocabulary';
import type { ClaimFact, TriggerInEffect } from '#consent/domain';
import {
  type OwnStatement,
  type StandingClaim,
  type StandingDispute,
  unfollowed,
  type WorkStanding,
} from './standing.js';

/** How many links are followed from the work that was asked about. */
export const DEPTH_MAX = 4;

/** How many works are followed from one root; a hostile web of samples must not grow without end. */
const FOLLOWED_MAX = 2_000;

/** A link that is followed: a sample only once it is verified. */
export interface Link {
  readonly kind: 'embodies' | 'contains' | 'samples';
  readonly to: string;
}

export interface LinkedWork {
  readonly kind: WorkKind;
  /** YYYY-MM-DD. */
  readonly releasedOn: string | undefined;
  readonly links: readonly Link[];
  /** Disputes that are open at the moment. */
  readonly disputes?: readonly StandingDispute[];
  /** Triggers that were in force at the moment, or will be. */
  readonly triggers?: readonly TriggerInEffect[];
}

/** A catalogue with the party that keeps it, or a release. */
export interface Membership {
  readonly id: string;
  readonly keptBy: string | null;
}

/** What is known of works at one moment, by the id of the work. */
export interface StandingFacts {
  /** Undefined for a work that had not been recorded by then. */
  work(workId: string): LinkedWork | undefined;
  claims(workId: string): readonly StandingClaim[];
  /** Catalogues that hold the work, and releases that contain it and were ever spoken about. */
  memberships(workId: string): readonly Membership[];
  /** Declarations whose subject is the work itself, those that can still matter. */
  statements(workId: string): readonly OwnStatement[];
}

/** What the evaluation has to know of a work that is recorded, with everything its links lead to. */
export function buildStanding(rootId: string, facts: StandingFacts): WorkStanding {
  let followed = 0;
  const build = (workId: string, path: readonly string[]): WorkStanding => {
    const { kind, releasedOn, links, disputes = [], triggers = [] } = facts.work(workId)!;
    if (path.length > DEPTH_MAX || ++followed > FOLLOWED_MAX || path.includes(workId)) {
      return unfollowed(workId, kind);
    }
    // In one order, so that all who build this standing stop at the same work.
    const ofKind = (wanted: Link['kind']) =>
      links
        .filter((link) => link.kind === wanted && facts.work(link.to) !== undefined)
        .map((link) => link.to)
        .sort()
        .map((to) => build(to, [...path, workId]));
    const claims = facts.claims(workId);
    const embodies = ofKind('embodies');
    const claimants = claimantsOf({ claims, embodies });
    const memberships = facts.memberships(workId);
    return {
      workId,
      kind,
      releasedOn,
      claims,
      statements: facts.statements(workId),
      ...(disputes.length > 0 ? { disputes } : {}),
      ...(triggers.length > 0 ? { triggers } : {}),
      catalogues: memberships
        .filter((one) => one.keptBy !== null && claimants.has(one.keptBy))
        .map((one) => one.id),
      releases: memberships.filter((one) => one.keptBy === null).map((one) => one.id),
      embodies,
      contains: ofKind('contains'),
      samples: ofKind('samples'),
    };
  };
  return build(rootId, []);
}

/**
 * Who may say something about the work or what it embodies. Anyone can put any work into a
 * catalogue of their own; only claimants' catalogues count.
 */
function claimantsOf(work: Pick<WorkStanding, 'claims' | 'embodies'>): Set<string> {
  const claimants = new Set(work.claims.map((claim) => claim.party));
  for (const embodied of work.embodies) {
    for (const party of claimantsOf(embodied)) claimants.add(party);
  }
  return claimants;
}

/** A version of a claim that stands, as it was recorded. Instants in epoch ms. */
export interface RecordedClaim {
  readonly party: string;
  readonly layer: StandingClaim['layer'];
  readonly sharePpm: number;
  readonly level: StandingClaim['level'];
  readonly exclusive: boolean;
  readonly state: ClaimFact['state'];
  readonly territory: Territory | null;
  readonly madeAt: number;
  /** The mandate that a claim in one's own name rests on; a collecting society's speaks alone. */
  readonly mandate: {
    readonly isSociety: boolean;
    readonly purposes: readonly Purpose[] | null;
    readonly until: number | null;
  } | null;
}

/** The claim as it counts from when it was recorded on. */
export function standingClaimOf({ mandate, ...claim }: RecordedClaim): StandingClaim {
  return {
    party: claim.party,
    layer: claim.layer,
    sharePpm: claim.sharePpm,
    level: claim.level,
    exclusive: claim.exclusive,
    disputed: claim.state === 'disputed',
    ...(claim.territory ? { territory: claim.territory } : {}),
    // A verified claim never lapses, so when it was made would only keep standings apart.
    ...(claim.level < 2 ? { madeAt: claim.madeAt } : {}),
    ...(mandate?.isSociety ? { speaksFor: mandate.purposes ?? PURPOSES } : {}),
    ...(mandate?.until ? { until: mandate.until } : {}),
  };
}
