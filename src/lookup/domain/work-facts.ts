import type { ClaimFact, Statement, WorkFacts } from '#consent/domain';
import type { StandingClaim, WorkStanding } from './standing.js';
import { statementOf, type SubjectKey, subjectKey, type TermSet } from './statements.js';

/** Where the statements about more than one work, and the terms of all, are found. */
export interface Statements {
  about(key: SubjectKey): readonly Statement[];
  termSet(termSetId: number): TermSet;
}

const NONE: readonly never[] = Object.freeze([]);

/**
 * The facts that the evaluation reads, of a standing whose root goes by `name`. An embodied work
 * goes by its carrier's name, `~` and its place there.
 *
 * What is declared about a recording, its releases and its catalogues reaches the compositions
 * that it embodies, as a licence for it does: otherwise a party that holds both could not speak
 * for a song as recorded here. It reaches no sampled work.
 */
export function workFactsOf(root: WorkStanding, name: string, statements: Statements): WorkFacts {
  return factsOf(root, name, NONE, statements);
}

function factsOf(
  work: WorkStanding,
  name: string,
  inherited: readonly Statement[],
  statements: Statements,
): WorkFacts {
  const narrow = narrowStatements(work, name, inherited, statements);
  const named = (one: WorkStanding) => factsOf(one, one.workId ?? '', NONE, statements);
  return {
    workId: name,
    kind: work.kind,
    releasedOn: work.releasedOn,
    ...(work.disputes ? { disputes: work.disputes } : {}),
    ...(work.triggers ? { triggers: work.triggers } : {}),
    claims: work.claims.map(claimFactOf),
    statements: withPartyStatements(work, narrow, statements),
    embodies: work.embodies.map((one, at) => factsOf(one, `${name}~${at}`, narrow, statements)),
    contains: work.contains.map(named),
    samples: work.samples.map((one) => ({ work: named(one), verified: true })),
  };
}

/** Statements about the work, its releases and its catalogues, and those of its carrier. */
function narrowStatements(
  work: WorkStanding,
  name: string,
  inherited: readonly Statement[],
  statements: Statements,
): readonly Statement[] {
  const { releases, catalogues } = work;
  if (work.statements.length + releases.length + catalogues.length === 0) return inherited;
  const subject = { kind: 'work', id: name } as const;
  const narrow = [...inherited];
  for (const one of work.statements) {
    narrow.push(statementOf(one, subject, statements.termSet(one.termSetId)));
  }
  for (const id of releases) narrow.push(...statements.about(subjectKey('release', id)));
  for (const id of catalogues) narrow.push(...statements.about(subjectKey('catalogue', id)));
  return narrow;
}

function withPartyStatements(
  { claims }: WorkStanding,
  narrow: readonly Statement[],
  statements: Statements,
): readonly Statement[] {
  if (claims.length === 0) return narrow;
  const all = [...narrow];
  for (let at = 0; at < claims.length; at += 1) {
    const { party } = claims[at]!;
    let first = 0;
    while (claims[first]!.party !== party) first += 1;
    if (first === at) all.push(...statements.about(subjectKey('party', party)));
  }
  return all;
}

function claimFactOf(claim: StandingClaim): ClaimFact {
  return {
    party: claim.party,
    layer: claim.layer,
    sharePpm: claim.sharePpm,
    level: claim.level,
    exclusive: claim.exclusive,
    territory: claim.territory,
    state: claim.disputed ? 'disputed' : 'active',
    // A verified claim does not lapse: any moment in the past does.
    madeAt: claim.madeAt ?? 0,
    until: claim.until,
    speaksFor: claim.speaksFor,
  };
}

/** The named work that a work of {@link workFactsOf} stands under: itself, or what embodies it. */
export function carrierOf(name: string): string {
  const mark = name.indexOf('~');
  return mark === -1 ? name : name.slice(0, mark);
}

/** Keys of all statements about more than one work that the evaluation of a standing will read. */
export function subjectKeysOf(work: WorkStanding, into: Set<SubjectKey> = new Set()) {
  for (const { party } of work.claims) into.add(subjectKey('party', party));
  for (const id of work.releases) into.add(subjectKey('release', id));
  for (const id of work.catalogues) into.add(subjectKey('catalogue', id));
  for (const part of work.embodies) subjectKeysOf(part, into);
  for (const part of work.contains) subjectKeysOf(part, into);
  for (const part of work.samples) subjectKeysOf(part, into);
  return into;
}

/** Term sets that declarations about the works of a standing themselves name. */
export function ownTermSetsOf(work: WorkStanding, into: Set<number> = new Set()): Set<number> {
  for (const { termSetId } of work.statements) into.add(termSetId);
  for (const part of work.embodies) ownTermSetsOf(part, into);
  for (const part of work.contains) ownTermSetsOf(part, into);
  for (const part of work.samples) ownTermSetsOf(part, into);
  return into;
}
