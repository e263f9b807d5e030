/**
 * identifiers — reading what people and files type into one canonical form per scheme. Pure.
 *
 * Owns no table.
 * Invariants:
 *   1. Reading never throws, and refuses with a reason that a person can act on.
 *   2. A canonical value, and its display form, read back as that canonical value.
 *   3. Nothing is guessed: O is not 0, a missing digit is not added, a bad check digit is not mended.
 */
export { detectScheme } from './detect-scheme.js';
export type {
  AcceptedIdentifier,
  IdentifierSubject,
  ParsedIdentifier,
  Scheme,
} from './identifier.js';
export type { IdentifierRefusal, RefusedIdentifier } from './refusal.js';
export {
  displayIdentifier,
  isSchemeName,
  parseIdentifier,
  SCHEMES,
  type SchemeName,
} from './schemes.js';
