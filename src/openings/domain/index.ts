/** The form of openings: what a leaf commits to, in clear, where it was not erased. */
export {
  type IdentifierOpening,
  type Opening,
  openingOf,
  readOpening,
  type ReadOpening,
  type TermsOpening,
  writeOpening,
} from './opening.js';
export { openingsPath, type OpeningsRange, readOpeningsPath } from './openings-path.js';
