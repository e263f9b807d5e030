import type { Applying } from './applying.js';
import { type Leaf, ReplayFault } from './read-leaf.js';
import { type IdentifierSpan, KeyStream, Stream, WorkStream } from './world.js';

type Words = Readonly<Record<string, string | undefined>>;

/** A key of the registry or a passkey of a party: added, active, ended. */
export function applyKey(leaf: Leaf, before: Stream | undefined): Stream {
  const { use, publicKey, state, party, digest } = leaf.content as Words;
  const isPasskey = use === 'declare';
  const isWhole = isPasskey ? party && digest && !publicKey : publicKey && !party && !digest;
  if (!use || !['log', 'receipt', 'declare'].includes(use) || !isWhole) {
    refuse(leaf, 'it is neither a key of the registry nor a passkey');
  }
  if (!state || !['added', 'active', 'ended'].includes(state)) refuse(leaf, 'the key has no state');
  const key = (before as KeyStream | undefined) ?? new KeyStream(leaf.index);
  if (key.state === 'ended') refuse(leaf, 'the key had ended before');
  if (before !== undefined && (key.use !== use || key.publicKey !== (publicKey ?? null))) {
    refuse(leaf, 'it says something else of the key than before');
  }
  key.use = use!;
  key.publicKey = publicKey ?? null;
  key.state = state!;
  if (state === 'ended') key.ended = leaf.index;
  return key;
}

export function applyVocabulary(
  leaf: Leaf,
  before: Stream | undefined,
  { world }: Applying,
): Stream {
  const { version, digest } = leaf.content as Words;
  if (!version || !digest) refuse(leaf, 'it names no vocabulary');
  world.vocabulary = { version: version!, digest: digest! };
  return before ?? new Stream();
}

/**
 * A work or a party is withdrawn for good. The identifiers of an erased work lead nowhere, of no
 * moment: what opened them is gone, and whoever kept a copy does not bring it back.
 */
export function applyErasure(leaf: Leaf, before: Stream | undefined, { world }: Applying): Stream {
  const { subjectKind, subject, state } = leaf.content as Words;
  if (state !== 'withdrawn' || !['work', 'party'].includes(subjectKind ?? '')) {
    refuse(leaf, 'it erases neither a work nor a party');
  }
  if (subjectKind === 'work') {
    const work = world.streams.get(subject ?? '');
    if (!(work instanceof WorkStream)) refuse(leaf, 'it erases a work that the log does not know');
    for (const span of work.identifiers) forget(world.identifiers, span);
  }
  return before ?? new Stream();
}

function forget(identifiers: Applying['world']['identifiers'], span: IdentifierSpan): void {
  if (span.name === null) return;
  const known = identifiers.get(span.name);
  const rest = Array.isArray(known) ? known.filter((one) => one !== span) : [];
  if (rest.length === 0) identifiers.delete(span.name);
  else identifiers.set(span.name, rest);
  span.name = null;
}

function refuse(leaf: Leaf, reason: string): never {
  throw new ReplayFault('content', leaf.index, reason);
}
