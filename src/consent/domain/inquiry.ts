import type {
  Layer,
  Purpose,
  PurposeRule,
  Territory,
  TerritoryCode,
  VerificationLevel,
  WorkKind,
} from '#vocabulary';
import type { Statement } from './declaration.js';
import type { TriggerFacts } from './preservation-terms.js';
import type { ActorClass, ActorMode, Duty, ModelOpenness } from './terms.js';

export const UNKNOWN_POLICIES = ['deny', 'refer', 'allow_at_own_risk'] as const;
export type UnknownPolicy = (typeof UNKNOWN_POLICIES)[number];

/**
 * One version of a claim. All instants are epoch milliseconds UTC. Versions share a `claimId`, and the
 * one recorded last by the moment asked about counts, so that an answer about the past stays the same.
 */
export interface ClaimFact {
  readonly claimId?: string;
  readonly party: string;
  readonly layer: Layer;
  readonly sharePpm: number;
  readonly level: VerificationLevel;
  readonly exclusive: boolean;
  readonly territory?: Territory;
  readonly state: 'active' | 'disputed' | 'withdrawn';
  readonly madeAt: number;
  /** When the registry recorded this version; `madeAt` where absent. */
  readonly recordedAt?: number;
  /** The claim has ended at this instant. */
  readonly until?: number;
  /** Purposes of a CMO's registered mandate: for these it speaks alone. */
  readonly speaksFor?: readonly Purpose[];
}

/** An open dispute on one layer of a work, from when it was recorded until it was closed. */
export interface DisputeFact {
  readonly disputeId: string;
  readonly layer: Layer;
  /**
   * Between whom. It is open only where verified claims of two of them meet in the place asked about;
   * everywhere when absent.
   */
  readonly parties?: readonly string[];
  readonly openedAt?: number;
  readonly closedAt?: number;
}

/**
 * A work with everything that was ever claimed and stated about it. `statements` holds every statement
 * whose subject covers the work, of any party and any time; the evaluation picks by party, layer and
 * moment. `embodies`, `contains` and `samples` are the links of section 1.
 */
export interface WorkFacts extends TriggerFacts {
  readonly workId: string;
  readonly kind: WorkKind;
  readonly claims: readonly ClaimFact[];
  readonly statements: readonly Statement[];
  readonly embodies: readonly WorkFacts[];
  readonly contains: readonly WorkFacts[];
  readonly samples: readonly { readonly work: WorkFacts; readonly verified: boolean }[];
  readonly disputes?: readonly DisputeFact[];
}

/** How an item led to a work. `identifier` and `hash` are exact; the others carry a confidence of 0 to 1. */
export interface Match {
  readonly work: WorkFacts;
  readonly confidence: number;
  readonly how: 'identifier' | 'hash' | 'fingerprint' | 'metadata';
}

/**
 * A licence in force for its period. `works` and `layers` limit it where given; a composition that a
 * recording embodies is named for itself.
 */
export interface Licence {
  readonly licenceId: string;
  readonly grantee: string;
  readonly purposes: readonly Purpose[];
  readonly layers?: readonly Layer[];
  readonly territory?: Territory;
  readonly from: number;
  readonly until?: number;
  readonly works?: readonly string[];
  /** Licences granted after the moment asked about did not exist then, whatever their `from`. */
  readonly recordedAt?: number;
  readonly duties?: readonly Duty[];
}

/** A standing offer of one party to license a purpose. */
export interface Offer {
  readonly offerId: string;
  readonly party: string;
  readonly purposes: readonly Purpose[];
  readonly layers?: readonly Layer[];
  readonly territory?: Territory;
  readonly works?: readonly string[];
  readonly from?: number;
  readonly until?: number;
}

/** Who asks, from where, for what kind of use. What is left out counts as not satisfied. */
export interface Inquiry {
  readonly territory?: TerritoryCode;
  readonly actorClass?: ActorClass;
  readonly actorMode?: ActorMode;
  readonly modelOpenness?: ModelOpenness;
  readonly modelRelease?: string;
  readonly lawfulSource?: boolean;
  /** Party id of the inquirer. */
  readonly inquirer?: string;
  /** Condition kinds whose limits the inquirer undertakes to keep: outputRestriction, volumeCap, qualityCap. */
  readonly accepts?: readonly string[];
  /** Epoch milliseconds. */
  readonly asOf: number;
  readonly unknownPolicy: UnknownPolicy;
  readonly licences?: readonly Licence[];
  readonly offers?: readonly Offer[];
}

/** One inquiry about one purpose while it is evaluated; `nextChange` shrinks as dates are met. */
export interface Asking {
  readonly inquiry: Inquiry;
  readonly rule: PurposeRule;
  readonly asOf: number;
  readonly territory: TerritoryCode | undefined;
  nextChange: number;
}

/** Remembers an instant after the moment asked about at which the answer may change. */
export function noteChange(
  asking: Pick<Asking, 'asOf' | 'nextChange'>,
  at: number | undefined,
): void {
  if (at !== undefined && at > asking.asOf && at < asking.nextChange) asking.nextChange = at;
}
