import type { Layer, Purpose, VerificationLevel, WorkKind } from '#vocabulary';
import type { Match, UnknownPolicy } from './inquiry.js';
import type { Outcome } from './outcome-order.js';
import type { Overlay } from './overlays.js';
import type {
  AccessMode,
  ExistingCopies,
  PreservationTerms,
  TrainedModels,
} from './preservation-terms.js';
import type { Reason, Stateable } from './reason.js';
import type { Condition, Duty } from './terms.js';

/** What an outcome rests on: nobody's word, somebody's declaration, or one licence. */
export type Basis = 'none' | 'declaration' | `licence:${string}`;

export interface DecidedBy {
  /** How the party said it, where it signed with a key of its own. */
  readonly auth?: 'passkey';
  readonly declarationId: string;
  readonly logIndex: number | undefined;
  readonly party: string;
  /** The declarant's highest verification level on this layer. */
  readonly level: VerificationLevel;
  readonly unverified: boolean;
}

/** A way to a licence: the declaration that asks for one, and the offers its party keeps open. */
export interface OfferAnswer {
  readonly party: string;
  readonly layer: Layer;
  readonly workId: string;
  readonly declarationId: string;
  /** The duties to pay or to ask that the licence would settle. */
  readonly duties: readonly Duty[];
  readonly offerIds: readonly string[];
}

export interface PreservationInForce {
  readonly declarationId: string;
  readonly party: string;
  readonly layer: Layer;
  readonly workId: string;
  readonly terms: PreservationTerms;
  /** With every trigger applied that is in effect at the moment asked about. */
  readonly accessMode: AccessMode;
}

/** What a withdrawal leaves to those who already hold copies or models; the strictest of several. */
export interface AfterWithdrawalAnswer {
  readonly existingCopies: ExistingCopies;
  readonly days: number | undefined;
  readonly trainedModels: TrainedModels;
}

/** The answer of one layer of one work. */
export interface LayerAnswer {
  readonly layer: Layer;
  readonly workId: string;
  readonly outcome: Outcome;
  readonly basis: Basis;
  readonly decidedBy: readonly DecidedBy[];
  /** What verified holders who speak leave open, where the outcome is `unknown` or `licence_required`. */
  readonly missingSharePpm: number;
  readonly duties: readonly Duty[];
  /** Every condition of the terms that were applied; all of them must hold. */
  readonly conditions: readonly Condition[];
  readonly offers: readonly OfferAnswer[];
  readonly reasons: readonly Reason[];
  readonly state: readonly Stateable[];
  readonly conflict: boolean;
  readonly unverified: boolean;
  readonly disputeIds: readonly string[];
  readonly preservationTerms: readonly PreservationInForce[];
  readonly afterWithdrawal: AfterWithdrawalAnswer | undefined;
}

/** A matched work with its own outcome; a release names each item that it contains. */
export interface MatchedWork {
  readonly workId: string;
  readonly kind: WorkKind;
  readonly how: Match['how'];
  readonly confidence: number;
  readonly outcome: Outcome;
  readonly contained: readonly ContainedWork[];
}

export interface ContainedWork {
  readonly workId: string;
  readonly kind: WorkKind;
  readonly outcome: Outcome;
}

/** Everything that section 5 of the model lists for one purpose. Instants are epoch milliseconds. */
export interface PurposeAnswer {
  readonly purpose: Purpose;
  readonly outcome: Outcome;
  /**
   * What the inquirer has to make of an outcome that is neither yes nor no: its own unknown policy for
   * `unknown`, `deny` for `disputed`. It never changes the outcome.
   */
  readonly treatAs: UnknownPolicy | undefined;
  readonly unknownPolicy: UnknownPolicy;
  readonly identity: 'matched' | 'ambiguous_match' | 'not_found';
  readonly works: readonly MatchedWork[];
  readonly basis: Basis;
  /** Why, as far as layers of the answer's own outcome say so. */
  readonly reasons: readonly Reason[];
  /** What the inquiry left unstated although a term asks for it. */
  readonly state: readonly Stateable[];
  readonly layers: readonly LayerAnswer[];
  /** Layers on which nobody speaks who may. */
  readonly missingLayers: readonly Layer[];
  /** Per layer whose outcome is `unknown`, the largest gap in parts per million. */
  readonly missingSharePpm: Readonly<Partial<Record<Layer, number>>>;
  readonly duties: readonly Duty[];
  readonly offers: readonly OfferAnswer[];
  readonly overlays: readonly Overlay[];
  readonly conflict: boolean;
  readonly unverified: boolean;
  readonly disputeId: string | undefined;
  readonly disputeIds: readonly string[];
  readonly existingCopies: ExistingCopies | undefined;
  readonly deleteWithinDays: number | undefined;
  readonly trainedModels: TrainedModels | undefined;
  /** For preservation purposes: whether anything new may be taken in under this purpose. */
  readonly newIngest: boolean | undefined;
  readonly preservationTerms: readonly PreservationInForce[];
  /** When this becomes another answer though nothing new is recorded; Infinity where it never does. */
  readonly changesAt: number;
  /** The same, or the longest that an answer for such a purpose stands, whichever comes first. */
  readonly validUntil: number;
}
