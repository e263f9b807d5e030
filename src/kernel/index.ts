/**
 * kernel — the pure words of the whole house. Imports no framework and no module of ours.
 *
 * Owns no table.
 * Invariants:
 *   1. Only the system's clock reads the time; everything else is told it.
 *   2. A refusal knows its code and its words, and nothing of HTTP.
 */
export { invariant } from './assert.js';
export { Clock, SystemClock } from './clock.js';
export { canonicalJson, sha256 } from './digest.js';
export { ID_PREFIXES, isId, newId, type IdKind } from './ids.js';
export { DomainProblem, type FieldFault, type ProblemKind, type ProblemKinds } from './problem.js';
