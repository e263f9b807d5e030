/**
 * vocabulary — the closed lists of the consent model that every module speaks: layers, kinds of
 * work, purposes, territories. Pure.
 */
export const VOCABULARY_VERSION = '1';
export { LAYERS, type Layer } from '../consent/domain/declaration.js';
export { type VerificationLevel, WORK_KINDS, type WorkKind } from '../consent/domain/inquiry.js';
export * from '../consent/domain/purpose.js';
export * from '../consent/domain/territory.js';
