import { isId } from '#kernel';
import type { Applying } from './applying.js';
import { type Leaf, ReplayFault } from './read-leaf.js';
import { type IdentifierSpan, KeyStream, NEVER, Stream, WorkStream } from './world.js';

type Words = Readonly<Record<string, string | undefined>>;

/** A key of the registry or a passkey of a party: added, active, ended. */
export function applyKey(leaf: Leaf, before: Stream | undefined): Stream {
  const { use, publicKey, state, party, digest } = leaf.content as Words;
  const isPasskey = use === 'declare';
  const isWhole = isPasskey ? party && digest && !publicKey : publicKey && !party && !digest;
  if (!use || !['log', 'receipt', 'declare'].includes(use) || !isWhole) {
    refuse(leaf, 'it is neither a key of the registry nor a passkey');
  }
  const states = isPasskey ? ['added', 'revoked'] : ['added', 'active', 'ended'];
  if (!state || !states.includes(state)) refuse(leaf, 'the key has no state');
  const key = (before as KeyStream | undefined) ?? new KeyStream(leaf.index);
  if (key.ended !== NEVER) refuse(leaf, 'the key had ended before');
  if (before !== undefined && (key.use !== use || key.publicKey !== (publicKey ?? null))) {
    refuse(leaf, 'it says something else of the key than before');
  }
  key.use = use!;
  key.publicKey = publicKey ?? null;
  key.state = state!;
  if (state === 'ended' || state === 'revoked') key.ended = leaf.index;
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
 * A work or a party is withdrawn for good. The identifiers of an erased work lead nowhere and its day
 * of release is forgotten, as of every moment: whoever kept a copy does not bring them back.
 */
export function applyErasure(leaf: Leaf, before: Stream | undefined, { world }: Applying): Stream {
  const { subjectKind, subject, state } = leaf.content as Words;
  const { stream } = leaf;
  if (state !== 'withdrawn') refuse(leaf, 'it withdraws nothing');
  if (subject !== stream) refuse(leaf, 'its stream is not what it withdraws');
  if (subjectKind === 'work') {
    if (!(before instanceof WorkStream))
      refuse(leaf, 'it erases a work that the log does not know');
    for (const span of before.identifiers) forget(world.identifiers, span);
    before.releasedOn = undefined;
    before.erased = leaf.index;
    return before;
  }
  if (subjectKind !== 'party' || !isId('party', stream)) {
    refuse(leaf, 'it erases neither a work nor a party');
  }
  world.erased.set(stream, leaf.index);
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
