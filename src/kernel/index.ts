/**
 * kernel — the pure words of the whole house. Imports no framework and no module of ours.
 */
export { invariant, InvariantViolation } from './assert.js';
export { Clock, SystemClock } from './clock.js';
export { canonicalJson, sha256 } from './digest.js';
export { ID_PREFIXES, isId, newId, type IdKind } from './ids.js';
export { DomainProblem, type FieldFault, type ProblemKind, type ProblemKinds } from './problem.js';
