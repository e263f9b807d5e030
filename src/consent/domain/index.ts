/**
 * The consent model as pure functions over plain facts: purposes, terms, declarations and what they
 * come to for an inquiry. Nothing here reads a clock, a database or a random number.
 *
 *   1. Unset never becomes permission, and doubt never widens what is allowed.
 *   2. The order of claims, statements, links and matches never matters.
 *   3. Nothing recorded after the moment asked about changes an answer about that moment.
 */
export * from './after-withdrawal.js';
export * from './answer.js';
export * from './calendar.js';
export { canOnlyNarrow } from './can-only-narrow.js';
export * from './declaration.js';
export * from './erased-terms.js';
export { evaluate } from './evaluate.js';
export * from './explain.js';
export * from './inquiry.js';
export { isVerified, listLiveClaims, VERIFIED_LEVEL } from './live-claims.js';
export * from './outcome-order.js';
export { listOverlays } from './overlays.js';
export type { Overlay } from './overlays.js';
export type { InputError } from './plain-input.js';
export * from './preservation-terms.js';
export { REASONS } from './reason.js';
export type { Reason, Stateable } from './reason.js';
export * from './subject.js';
export * from './templates.js';
export * from './terms.js';
export * from './valid-until.js';
export * from './validate-terms.js';
