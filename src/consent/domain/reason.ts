import { CONDITION_KINDS } from './terms.js';

/**
 * Why an answer is what it is: a closed list, in the order answers print it. A condition's own name
 * says that this condition is not satisfied.
 */
export const REASONS = [
  ...CONDITION_KINDS,
  'custodians',
  'unknown_condition',
  'deny',
  'unverified',
  'compensate',
  'obtain_consent',
  'silent',
  'missing_share',
  'unverified_allow',
  'withdrawn',
  'ended',
  'disputed',
  'ambiguous_match',
  'not_found',
  'nothing_contained',
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * What an inquirer can add to the inquiry: the name of its field. A cap or restriction is accepted by
 * naming its condition kind in `accepts`.
 */
export const STATEABLE = [
  'territory',
  'actorClass',
  'inquirer',
  'actorMode',
  'modelOpenness',
  'modelRelease',
  'lawfulSource',
  'accepts.outputRestriction',
  'accepts.volumeCap',
  'accepts.qualityCap',
] as const;
export type Stateable = (typeof STATEABLE)[number];

function bitsFor<T extends string>(names: readonly T[]): Readonly<Record<T, number>> {
  return Object.freeze(
    Object.fromEntries(names.map((name, at) => [name, 1 << at])) as Record<T, number>,
  );
}

/**
 * During evaluation reasons are bits of one number: the union costs nothing and has no order. There
 * are fewer than 31 of them, which the spec beside this file checks.
 */
export const REASON_BIT = bitsFor(REASONS);
export const STATE_BIT = bitsFor(STATEABLE);

const EMPTY: readonly never[] = Object.freeze([]);
const reasonLists = new Map<number, readonly Reason[]>();
const stateLists = new Map<number, readonly Stateable[]>();
/** Real traffic meets a few dozen combinations; the bound keeps a hostile mix from growing the table. */
const CACHED_LISTS_MAX = 4096;

function listFor<T>(
  bits: number,
  names: readonly T[],
  cache: Map<number, readonly T[]>,
): readonly T[] {
  if (bits === 0) return EMPTY;
  const cached = cache.get(bits);
  if (cached !== undefined) return cached;
  const list = Object.freeze(names.filter((_, at) => (bits & (1 << at)) !== 0));
  if (cache.size < CACHED_LISTS_MAX) cache.set(bits, list);
  return list;
}

export function reasonsOf(bits: number): readonly Reason[] {
  return listFor(bits, REASONS, reasonLists);
}

export function stateOf(bits: number): readonly Stateable[] {
  return listFor(bits, STATEABLE, stateLists);
}

export function reasonBits(reasons: readonly Reason[]): number {
  let bits = 0;
  for (const reason of reasons) bits |= REASON_BIT[reason];
  return bits;
}

export function stateBits(state: readonly Stateable[]): number {
  let bits = 0;
  for (const name of state) bits |= STATE_BIT[name];
  return bits;
}
