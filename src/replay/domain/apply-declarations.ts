import type { DeclarationRow, SubjectKey } from '#lookup/domain';
import { type DeclarationContent, declarationContent } from './leaf-contents.js';
import type { Applying } from './applying.js';
import { type Leaf, ReplayFault } from './read-leaf.js';
import { added, Stream, WorkStream } from './world.js';

/** A declaration or a withdrawal: the next word of a party about a subject and a layer. */
export function applyDeclaration(
  leaf: Leaf,
  before: Stream | undefined,
  applying: Applying,
): Stream {
  const content = declarationContent(leaf);
  const { world, one, opened } = applying;
  const { declarations, streams, subjects, terms } = world;
  if (declarations.has(content.declaration)) refuse(leaf, 'its declaration was made before');
  if (content.withdraws !== null && !declarations.has(content.withdraws)) {
    refuse(leaf, 'it withdraws a declaration that the log does not know');
  }
  declarations.add(content.declaration);
  const termSetId = termSetIdOf(applying, content.terms);
  // Opened once is opened for all that say the same; each file has to be asked all the same.
  const termSet = opened.termSet(content.terms);
  terms[termSetId] ??= termSet;
  const { subjectKind, effectiveFrom, effectiveUntil, withdraws } = content;
  const row: DeclarationRow = {
    declarationId: content.declaration,
    logIndex: leaf.index,
    termSetId,
    party: one(content.party),
    layer: one(content.layer) as DeclarationRow['layer'],
    subjectKind: one(subjectKind) as DeclarationRow['subjectKind'],
    subjectId: subjectOf(leaf, content, applying),
    recordedAt: leaf.t,
    ...(effectiveFrom === null ? {} : { effectiveFrom }),
    ...(effectiveUntil === null ? {} : { effectiveUntil }),
    ...(withdraws === null ? {} : { withdraws }),
    ...(leaf.isSigned ? { auth: 'passkey' as const } : {}),
  };
  if (subjectKind === 'work') {
    const work = streams.get(row.subjectId) as WorkStream;
    work.statements = added(work.statements, row);
  } else {
    const key: SubjectKey = `${subjectKind}:${row.subjectId}`;
    const about = subjects.get(key);
    if (about) about.push(row);
    else subjects.set(key, [row]);
  }
  return before ?? new Stream();
}

function subjectOf(
  leaf: Leaf,
  { subjectKind, subject }: DeclarationContent,
  { one, world }: Applying,
): string {
  if (subjectKind !== 'work' && subjectKind !== 'release') return one(subject);
  const work = world.streams.get(subject);
  if (work instanceof WorkStream) return work.id;
  return refuse(leaf, 'its subject is a work that the log does not know');
}

function termSetIdOf({ world: { termIds, terms } }: Applying, digest: string): number {
  let id = termIds.get(digest);
  if (id === undefined) {
    id = terms.push(undefined) - 1;
    termIds.set(digest, id);
  }
  return id;
}

function refuse(leaf: Leaf, reason: string): never {
  throw new ReplayFault('content', leaf.index, reason);
}
