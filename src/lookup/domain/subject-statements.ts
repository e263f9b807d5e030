import type { Statement } from '#consent/domain';
import { LAYERS } from '#vocabulary';
import {
  countsFromRelease,
  type DeclarationRow,
  statementOf,
  type SubjectKey,
  subjectKey,
  type TermSet,
} from './statements.js';

/** Everything ever declared about one subject, and where in the log the last of it stands. */
export interface SubjectStatements {
  readonly statements: readonly Statement[];
  readonly lastIndex: number;
  readonly countsFromRelease: boolean;
}

const NOTHING_DECLARED: SubjectStatements = {
  statements: [],
  lastIndex: -1,
  countsFromRelease: false,
};

/**
 * The statements about one subject out of its declarations, in the order of the log; `rows` are all
 * of that subject.
 */
export function statementsAbout(
  rows: readonly DeclarationRow[],
  termSetOf: (termSetId: number) => TermSet,
): SubjectStatements {
  if (rows.length === 0) return NOTHING_DECLARED;
  // A hundred thousand subjects are remembered: what is equal is kept once.
  const { subjectKind: kind, subjectId: id } = rows[0]!;
  const subject = { kind, id };
  const inOrder = [...rows].sort((a, b) => a.logIndex - b.logIndex);
  const statements = inOrder.map((row) => {
    const party = row.party === id ? id : row.party;
    const layer = LAYERS.find((one) => one === row.layer)!;
    return statementOf({ ...row, party, layer }, subject, termSetOf(row.termSetId));
  });
  return {
    statements,
    lastIndex: inOrder.at(-1)!.logIndex,
    countsFromRelease: rows.some((row) => countsFromRelease(termSetOf(row.termSetId))),
  };
}

export function keyOfRow(row: DeclarationRow): SubjectKey {
  return subjectKey(row.subjectKind as 'party' | 'catalogue' | 'release', row.subjectId);
}
