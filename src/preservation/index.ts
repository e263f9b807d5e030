/**
 * preservation — which archives hold a work, and what they declare about its state.
 *
 * Owns: custodies, trigger_steps (append-only).
 * Invariants:
 *   1. A single archive never makes a trigger: it takes two, three quarters of those that hold the work,
 *      and at most two that deny it.
 *   2. Nothing takes effect before the objection clock has run out, and nothing that a verified rights
 *      holder objected to.
 *   3. Only archives whose identity an operator has proven have a say.
 */
import { CustodyEntity } from './entities/custody.entity.js';
import { TriggerStepEntity } from './entities/trigger-step.entity.js';

export const PRESERVATION_ENTITIES = [CustodyEntity, TriggerStepEntity];
export { PreservationErasure } from './preservation-erasure.service.js';
export { PRESERVATION_PROBLEMS } from './preservation.errors.js';
export { PreservationModule } from './preservation.module.js';
