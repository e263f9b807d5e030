export { CANONICAL_FORM, isCanonical, isLoose, LOOSE_FORM } from './canonical-form.js';
export { type ColumnSample, findColumns, type IdentifierColumn } from './find-columns.js';
export {
  type Moments,
  RANK,
  type StandingVerdict,
  type Verdict,
  verdictOfItem,
  verdictOn,
  VERDICTS,
} from './verdict.js';
export { VerdictWords } from './verdict-words.js';
