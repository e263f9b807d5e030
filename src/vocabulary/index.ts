/**
 * vocabulary — the closed lists of the consent model that every module speaks: layers, kinds of
 * work, levels, purposes, territories. Pure.
 *
 * Owns: no table.
 * Invariants:
 *   1. The lists are closed; a change of any of them is a new version.
 *   2. Nothing here knows who asks or what was declared.
 */
export const VOCABULARY_VERSION = '1';

export { type Layer, LAYERS, type VerificationLevel, WORK_KINDS, type WorkKind } from './layer.js';
export * from './purpose.js';
export * from './territory.js';
