/** The pure face of preservation (`#preservation/domain`). */
export {
  agreedMonths,
  DECLARED_KINDS,
  type DeclaredKind,
  objectionEnd,
  type Round,
  roundOf,
  type Step,
  type StepState,
  verdictOf,
} from './quorum.js';
