import { isId } from '#kernel';

/** A leaf's entry as it stands in the log. */
export type LeafEntry = Readonly<Record<string, unknown>>;

/** Which answers a leaf may have changed. */
export type LeafScope =
  /** Those of one work and of what hangs on it. */
  | { readonly kind: 'work'; readonly id: string }
  /** Those of all works that a party holds, or that are in a catalogue. */
  | { readonly kind: 'party' | 'catalogue'; readonly id: string }
  /** All of them: other rules hold. */
  | { readonly kind: 'everything' }
  | { readonly kind: 'nothing' };

/** What the leaf is about, as the feed names it. */
export interface LeafSubject {
  readonly kind: string;
  readonly id: string;
}

/**
 * Which answers a leaf may have changed, by its fields alone: what it is about, the work that it names,
 * or the work whose stream it continues. A type that is not known here is read the same way, so that
 * a leaf about a work is never passed over.
 */
export function scopeOf(leaf: LeafEntry): LeafScope {
  const { type, n, subjectKind, subject, work, stream } = leaf;
  if (type === 'vocabulary') return n === 1 ? { kind: 'nothing' } : { kind: 'everything' };
  // What was done about a party's key or its mandates changes answers by leaves of their own.
  if (type === 'key' || type === 'mandate') return { kind: 'nothing' };
  if (subjectKind === 'party' && isId('party', subject)) return { kind: 'party', id: subject };
  if (subjectKind === 'catalogue' && isId('catalogue', subject)) {
    return { kind: 'catalogue', id: subject };
  }
  for (const id of [subject, work, stream]) if (isId('work', id)) return { kind: 'work', id };
  return { kind: 'nothing' };
}

/** What a leaf is about: ids and words of closed lists, as in the log. */
export function subjectOf(leaf: LeafEntry): LeafSubject {
  const { type, subjectKind, subject, work, stream } = leaf;
  if (typeof subjectKind === 'string' && typeof subject === 'string') {
    return { kind: subjectKind, id: subject };
  }
  if (isId('work', work)) return { kind: 'work', id: work };
  return { kind: String(type), id: String(stream) };
}
