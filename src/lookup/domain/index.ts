/**
 * The pure part of a lookup: from facts about works, claims and declarations to the text of an
 * answer. The registry feeds it from its tables, a replay from the log; both get the same bytes.
 */
export { Answerer, type Found } from './answerer.js';
export { type Ask, readAsk, readQueryAsk } from './ask.js';
export {
  buildStanding,
  type Link,
  type LinkedWork,
  type Membership,
  standingClaimOf,
  type StandingFacts,
} from './build-standing.js';
export { type EntryRow, inOrder } from './entry.js';
export { writeItemText } from './found-text.js';
export { type Item, readIdentified, readItem } from './items.js';
export type { Known } from './known.js';
export { numberStandings } from './number-standings.js';
export type { OwnStatement, StandingClaim, StandingDispute, WorkStanding } from './standing.js';
export {
  type DeclarationRow,
  readTermSet,
  type SubjectKey,
  type TermSet,
  versionsThatMatter,
} from './statements.js';
export { statementsAbout, type SubjectStatements } from './subject-statements.js';
export { describeVocabulary } from './vocabulary-digest.js';
