import { anniversaryOf, DAY_MS, instantOf } from './calendar.js';
import type { ActorClass, TriggerKind } from './terms.js';

/** From the most closed to the most open; `dim` shows metadata only. */
export const ACCESS_MODES = ['dark', 'dim', 'onsite', 'open'] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

/** What changes once a trigger is in effect, counted `delayDays` after it took effect. */
export interface PreservationTrigger {
  readonly trigger: TriggerKind;
  readonly date?: string;
  readonly years?: number;
  readonly months?: number;
  readonly effect: {
    readonly accessMode: AccessMode;
    readonly audience?: readonly ActorClass[];
    readonly licence?: string;
    readonly delayDays?: number;
  };
}

/**
 * How a preserved copy is kept (model, section 3). `custodians` is an allow list: an archive that is
 * not on it may describe the work but not keep, copy, change or hand on a copy of it.
 */
export interface PreservationTerms {
  readonly accessMode?: AccessMode;
  readonly copiesMax?: number;
  readonly custodians?: readonly string[];
  readonly retention?: 'indefinite' | 'until_withdrawn' | { readonly until: string };
  readonly triggers?: readonly PreservationTrigger[];
}

/** From what leaves most with the keeper of copies to what leaves least. */
export const EXISTING_COPIES = [
  'keep',
  'keep_dark',
  'keep_if_compensated',
  'delete_within_days',
] as const;
export type ExistingCopies = (typeof EXISTING_COPIES)[number];

/** From what leaves most with the owner of a model to what leaves least. */
export const TRAINED_MODELS = ['none', 'compensate', 'exclude_from_next_version'] as const;
export type TrainedModels = (typeof TRAINED_MODELS)[number];

/** `days` belongs to `delete_within_days` alone. */
export interface AfterWithdrawal {
  readonly existingCopies?: ExistingCopies;
  readonly days?: number;
  readonly trainedModels?: TrainedModels;
}

export const DEFAULT_EXISTING_COPIES: ExistingCopies = 'keep_dark';
export const DEFAULT_TRAINED_MODELS: TrainedModels = 'exclude_from_next_version';

/** A trigger that archives declared and whose objection clock has run out. */
export interface TriggerInEffect {
  readonly kind: TriggerKind;
  /** Epoch milliseconds. */
  readonly inEffectSince: number;
  /** For how many months the declared state had lasted; terms may ask for a minimum. */
  readonly months?: number;
}

/** The dates of a work that triggers count from; a bare year is allowed. */
export interface TriggerFacts {
  readonly triggers?: readonly TriggerInEffect[];
  readonly releasedOn?: string;
  readonly diedOn?: string;
}

/**
 * The instant since which a trigger is in effect, in epoch milliseconds; NaN when it is not known to
 * take effect. A calendar kind is computed; every other kind needs a declared trigger, because a
 * single signal never fires one.
 */
export function triggerEffectAt(
  trigger: {
    readonly trigger: TriggerKind;
    readonly date?: string;
    readonly years?: number;
    readonly months?: number;
  },
  facts: TriggerFacts,
): number {
  switch (trigger.trigger) {
    case 'date':
      return trigger.date === undefined ? NaN : instantOf(trigger.date);
    case 'release_anniversary':
      return trigger.years === undefined ? NaN : anniversaryOf(facts.releasedOn, trigger.years);
    case 'death_plus_years':
      return trigger.years === undefined ? NaN : anniversaryOf(facts.diedOn, trigger.years);
    default: {
      let earliest = NaN;
      for (const one of facts.triggers ?? []) {
        if (one.kind !== trigger.trigger) continue;
        if (trigger.months !== undefined && !((one.months ?? 0) >= trigger.months)) continue;
        if (!(earliest <= one.inEffectSince)) earliest = one.inEffectSince;
      }
      return earliest;
    }
  }
}

/** When a trigger changes the access mode, its delay included; NaN when it is not known to. */
export function triggerAccessAt(trigger: PreservationTrigger, facts: TriggerFacts): number {
  return triggerEffectAt(trigger, facts) + (trigger.effect.delayDays ?? 0) * DAY_MS;
}

/**
 * The access mode that preservation terms give at a moment, with every trigger applied that is in
 * effect by then. Of several effects the most closed holds; a trigger may also close a copy.
 */
export function accessModeAt(
  terms: PreservationTerms,
  facts: TriggerFacts,
  asOf: number,
): AccessMode {
  let mode: AccessMode | undefined;
  for (const trigger of terms.triggers ?? []) {
    if (!(triggerAccessAt(trigger, facts) <= asOf)) continue;
    const next = trigger.effect.accessMode;
    if (mode === undefined || ACCESS_MODES.indexOf(next) < ACCESS_MODES.indexOf(mode)) mode = next;
  }
  return mode ?? terms.accessMode ?? 'dark';
}
