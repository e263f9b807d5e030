import type { AfterWithdrawalAnswer } from './answer.js';
import type { Statement } from './declaration.js';
import {
  DEFAULT_EXISTING_COPIES,
  DEFAULT_TRAINED_MODELS,
  EXISTING_COPIES,
  TRAINED_MODELS,
} from './preservation-terms.js';
import type { AfterWithdrawal } from './preservation-terms.js';

/**
 * What a statement that fell silent leaves to holders of copies and models: its own word, else that of
 * the declaration it withdraws, else the defaults of section 3.
 */
export function leftByTombstone(
  tombstone: Statement,
  statements: readonly Statement[],
): AfterWithdrawalAnswer {
  let said = tombstone.afterWithdrawal;
  if (said === undefined && tombstone.withdraws !== undefined) {
    const id = tombstone.withdraws;
    said = statements.find((one) => one.declarationId === id)?.afterWithdrawal;
  }
  return withDefaults(said);
}

/** An `AfterWithdrawal` with the defaults of section 3 where it says nothing. */
export function withDefaults(said: AfterWithdrawal | undefined): AfterWithdrawalAnswer {
  return {
    existingCopies: said?.existingCopies ?? DEFAULT_EXISTING_COPIES,
    days: said?.existingCopies === 'delete_within_days' ? said.days : undefined,
    trainedModels: said?.trainedModels ?? DEFAULT_TRAINED_MODELS,
  };
}

function later<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** The stricter of two, part by part, with the shorter time to delete. */
export function mergeAfterWithdrawal(
  a: AfterWithdrawalAnswer | undefined,
  b: AfterWithdrawalAnswer | undefined,
): AfterWithdrawalAnswer | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const days = Math.min(a.days ?? Infinity, b.days ?? Infinity);
  return {
    existingCopies: later(EXISTING_COPIES, a.existingCopies, b.existingCopies),
    days: days === Infinity ? undefined : days,
    trainedModels: later(TRAINED_MODELS, a.trainedModels, b.trainedModels),
  };
}
