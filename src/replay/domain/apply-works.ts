import type { Link } from '#lookup/domain';
import { type WorkContent, workContent } from './leaf-contents.js';
import type { Applying } from './applying.js';
import { type Leaf, ReplayFault } from './read-leaf.js';
import { added, type IdentifierSpan, NEVER, type Span, type Stream, WorkStream } from './world.js';

/** A leaf of a work: what it is, and what is added to it and ended of it. */
export function applyWork(leaf: Leaf, before: Stream | undefined, applying: Applying): Stream {
  const content = workContent(leaf);
  const work = workOf(leaf, content, before);
  if (content.born) takeAwaited(work, applying);
  for (const commitment of content.removeIdentifiers) {
    const named = shortOf(commitment);
    end(leaf, work.identifiers, (one) => one.commitment === named);
  }
  for (const commitment of content.addIdentifiers) {
    addIdentifier(leaf, work, commitment, applying);
  }
  removeLinks(leaf, work, content, applying);
  addLinks(leaf, work, content, applying);
  for (const id of content.removeCatalogues) end(leaf, work.catalogues, (one) => one.id === id);
  for (const { id, keeper } of content.addCatalogues) {
    const { keepers } = applying.world;
    const [known, named] = [keepers.get(id), applying.one(keeper)];
    if (known !== undefined && known !== keeper) refuse(leaf, `somebody else keeps ${id}`);
    const catalogue = applying.one(id);
    keepers.set(catalogue, named);
    const span = { id: catalogue, keeper: named, from: leaf.index, until: NEVER };
    work.catalogues = added(work.catalogues, span);
  }
  return work;
}

function workOf(leaf: Leaf, { born }: WorkContent, before: Stream | undefined): WorkStream {
  if (born === null) return before as WorkStream;
  return new WorkStream(leaf.stream, born.kind, born.releasedOn, leaf.index);
}

function addIdentifier(leaf: Leaf, work: WorkStream, commitment: string, applying: Applying): void {
  const name = applying.opened.identifier(leaf.index, commitment) ?? null;
  const span: IdentifierSpan = {
    ...{ work, commitment: shortOf(commitment), name, from: leaf.index, until: NEVER },
  };
  work.identifiers = added(work.identifiers, span);
  if (name === null) return;
  const { identifiers } = applying.world;
  const known = identifiers.get(name);
  if (known === undefined) identifiers.set(name, span);
  else if (Array.isArray(known)) known.push(span);
  else identifiers.set(name, [known, span]);
}

function addLinks(leaf: Leaf, work: WorkStream, content: WorkContent, applying: Applying): void {
  for (const { kind, to, verified } of content.addLinks) {
    if (to === work.id) refuse(leaf, 'the work is linked to itself');
    // Nobody follows an illustration, nor a sample that is not proven.
    if (kind === 'illustrated_by' || (kind === 'samples' && !verified)) continue;
    const known = applying.world.streams.get(to);
    const id = known instanceof WorkStream ? known.id : to;
    const span = { kind, to: id, from: leaf.index, until: NEVER };
    work.links = added(work.links, span);
    if (kind === 'contains') contain(applying, work.id, span);
  }
}

/** What contains a work may be registered before it: the containing waits for it then. */
function contain(
  { world }: Applying,
  releaseId: string,
  { to, from }: { to: string; from: number },
): void {
  const span = { id: releaseId, from, until: NEVER };
  const contained = world.streams.get(to);
  if (contained instanceof WorkStream) contained.releases = added(contained.releases, span);
  else world.awaited.set(to, added(world.awaited.get(to) ?? [], span));
}

function takeAwaited(work: WorkStream, { world }: Applying): void {
  const awaited = world.awaited.get(work.id);
  if (awaited === undefined) return;
  work.releases = awaited;
  world.awaited.delete(work.id);
}

function removeLinks(leaf: Leaf, work: WorkStream, content: WorkContent, applying: Applying): void {
  for (const { kind, to } of content.removeLinks) {
    if (kind === 'illustrated_by') continue;
    const isMeant = (link: { kind: Link['kind']; to: string }) =>
      link.kind === kind && link.to === to;
    // An unproven sample was never followed.
    if (kind === 'samples' && !work.links.some(isMeant)) continue;
    end(leaf, work.links, isMeant);
    const contained = applying.world.streams.get(to);
    if (kind !== 'contains' || !(contained instanceof WorkStream)) continue;
    end(leaf, contained.releases, (one) => one.id === work.id);
  }
}

/** Ends what is open and meant; something must be. */
function end<T extends Span>(leaf: Leaf, spans: readonly T[], isMeant: (span: T) => boolean): void {
  let ended = 0;
  for (const span of spans) {
    if (span.until !== NEVER || span.from === leaf.index || !isMeant(span)) continue;
    span.until = leaf.index;
    ended += 1;
  }
  if (ended === 0) refuse(leaf, 'it ends something that the work does not have');
}

function shortOf(commitment: string): string {
  return Buffer.from(commitment, 'hex').toString('latin1');
}

function refuse(leaf: Leaf, reason: string): never {
  throw new ReplayFault('content', leaf.index, reason);
}
