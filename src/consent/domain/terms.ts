import type { Purpose, Territory } from '#vocabulary';

export const DECISIONS = ['allow', 'deny', 'conditional'] as const;
export type Decision = (typeof DECISIONS)[number];

export const ACTOR_CLASSES = [
  'heritage_institution',
  'research',
  'education',
  'nonprofit',
  'government',
  'commercial',
  'individual',
] as const;
export type ActorClass = (typeof ACTOR_CLASSES)[number];

export const ACTOR_MODES = ['autonomous', 'user_supplied'] as const;
export type ActorMode = (typeof ACTOR_MODES)[number];

export const MODEL_OPENNESS = ['open_weights', 'closed'] as const;
export type ModelOpenness = (typeof MODEL_OPENNESS)[number];

export const TRIGGER_KINDS = [
  'delisted_everywhere',
  'label_ceased',
  'rightsholder_unreachable',
  'platform_failure',
  'date',
  'release_anniversary',
  'death_plus_years',
  'custodian_failure',
] as const;
export type TriggerKind = (typeof TRIGGER_KINDS)[number];

/** The closed list of section 3, in the order that terms are stored in. */
export const CONDITION_KINDS = [
  'territory',
  'period',
  'actorClass',
  'actors',
  'actorMode',
  'modelOpenness',
  'modelRelease',
  'outputRestriction',
  'volumeCap',
  'qualityCap',
  'embargoUntil',
  'trigger',
  'lawfulSource',
] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];

/**
 * What must hold for a term to apply. Dates are `YYYY-MM-DD` (the start of that UTC day) or UTC
 * instants; `period` is half-open, so it has ended at `until`.
 */
export type Condition =
  | ({ readonly kind: 'territory' } & Territory)
  | { readonly kind: 'period'; readonly from?: string; readonly until?: string }
  | { readonly kind: 'actorClass'; readonly in: readonly ActorClass[] }
  | {
      readonly kind: 'actors';
      readonly allow?: readonly string[];
      readonly deny?: readonly string[];
    }
  | { readonly kind: 'actorMode'; readonly in: readonly ActorMode[] }
  | { readonly kind: 'modelOpenness'; readonly in: readonly ModelOpenness[] }
  | { readonly kind: 'modelRelease'; readonly release: string }
  | { readonly kind: 'outputRestriction'; readonly restriction: string }
  | { readonly kind: 'volumeCap'; readonly max: number; readonly unit: string }
  | { readonly kind: 'qualityCap'; readonly max: number; readonly unit: string }
  | { readonly kind: 'embargoUntil'; readonly date: string }
  | TriggerCondition
  | { readonly kind: 'lawfulSource'; readonly required: boolean };

/** `date` belongs to the kind `date`, `years` to the two anniversaries, `months` to `delisted_everywhere`. */
export interface TriggerCondition {
  readonly kind: 'trigger';
  readonly trigger: TriggerKind;
  readonly date?: string;
  readonly years?: number;
  readonly months?: number;
}

export const DUTY_KINDS = [
  'compensate',
  'attribute',
  'notify',
  'report_usage',
  'obtain_consent',
  'delete_on_withdrawal',
  'no_sublicense',
  'share_alike',
  'carry_terms',
] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];

/**
 * Price models a `compensate` duty may name: the rate card, and the shorter words other vocabularies
 * and the published examples use for the same things.
 */
export const PRICE_MODELS = [
  'free',
  'attribution',
  'contribution',
  'flat_once',
  'flat_period',
  'per_work',
  'per_access',
  'per_crawl',
  'per_minute',
  'per_training_run',
  'per_output',
  'revenue_share',
  'pool_share',
  'preservation_per_unit',
  'plr',
  'per_training',
  'per_version',
  'subscription',
  'one_time',
] as const;
export type PriceModel = (typeof PRICE_MODELS)[number];

/** Amounts are decimal strings of major units ("10.00"); floats never carry money. */
export type Duty =
  | {
      readonly kind: 'compensate';
      readonly model: PriceModel;
      readonly amount?: string;
      readonly currency?: string;
      readonly unit?: string;
      readonly offer?: string;
    }
  | { readonly kind: 'attribute'; readonly text?: string; readonly url?: string }
  | { readonly kind: 'notify'; readonly contact?: string }
  | { readonly kind: 'report_usage'; readonly everyDays?: number }
  | { readonly kind: 'obtain_consent'; readonly contact?: string }
  | { readonly kind: 'delete_on_withdrawal'; readonly days: number }
  | { readonly kind: 'no_sublicense' }
  | { readonly kind: 'share_alike' }
  | { readonly kind: 'carry_terms' };

/**
 * One purpose and what is said about it. Unset is absence and is never stored. Conditions and duties
 * bind an `allow` exactly as they bind a `conditional`.
 */
export interface Term {
  readonly purpose: Purpose;
  readonly decision: Decision;
  readonly conditions?: readonly Condition[];
  readonly duties?: readonly Duty[];
}

/** Whether a duty is one to pay: such a duty without a licence ends in `licence_required`. */
export function isPayment(duty: Duty): boolean {
  // An amount of zero still counts: only the model says that nothing is owed.
  return duty.kind === 'compensate' && duty.model !== 'free' && duty.model !== 'attribution';
}
