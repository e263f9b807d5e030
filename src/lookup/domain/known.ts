import type { WorkStanding } from './standing.js';
import { countsFromRelease, type SubjectKey } from './statements.js';
import type { SubjectStatements } from './subject-statements.js';
import { type Statements, subjectKeysOf } from './work-facts.js';

/** What is known of statements and terms while items are answered, from wherever it was gathered. */
export interface Known extends Statements {
  subject(key: SubjectKey): SubjectStatements;
}

/** Whether what is said of the work counts from its release, so that works differ by that date. */
export function isCountedFromRelease(standing: WorkStanding, known: Known): boolean {
  for (const { termSetId } of standing.statements) {
    if (countsFromRelease(known.termSet(termSetId))) return true;
  }
  for (const key of subjectKeysOf(standing)) {
    if (known.subject(key).countsFromRelease) return true;
  }
  return false;
}
