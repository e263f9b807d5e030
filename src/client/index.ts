/**
 * client — asks a registry: the command line's way to it, and the package `fermata-client`.
 *
 * Owns no table. Imports nothing but `openapi-fetch`, our verifier and readers of identifiers; types are made from the API's document.
 * Invariants:
 *   1. It fails closed: no answer, an incomplete one and an unverified one throw; none is a permission.
 *   2. What can't be done twice is sent once.
 *   3. An answer is believed by pinned keys, never by keys that came along with it.
 *   4. A private lookup tells at most 20 bits of a digest, whatever the registry asks for.
 */
export type { components, paths } from './api.generated.js';
export { lookupBatches as inBatches, type ManyOptions } from './batches.js';
export { NoAnswer, RegistryProblem, UnusableAnswer } from './errors.js';
export type { Identifier, LookupAnswer, LookupItem, Question } from './lookup-answer.js';
export { isPermitted, type PermissionOptions } from './permission.js';
export type { PrivateAnswer } from './private-lookup.js';
export { type Call, type ClientOptions, received, RegistryClient } from './registry-client.js';
export type { Patience, Waiting } from './repeat.js';
