import { canonicalJson, sha256 } from '#kernel';

/** What can become a leaf: everything that can change an answer. */
export const LEAF_TYPES = [
  'work',
  'claim',
  'declaration',
  'dispute',
  'trigger',
  'mandate',
  'key',
  'vocabulary',
  'erasure',
  'snapshot',
] as const;

export type LeafType = (typeof LEAF_TYPES)[number];

/**
 * A leaf before the log gives it its place. `content` must hold no personal datum: parties are
 * opaque ids, identifiers stand as commitments.
 */
export interface LeafDraft {
  readonly type: LeafType;
  /** The stream that the leaf continues, for example the id of the claim. */
  readonly stream: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** How it was authorised; absent: the registry alone saw who it was. */
  readonly auth?: LeafAuth;
  /** Parties that are told of the leaf. Ids; they do not enter the leaf. */
  readonly concerns?: readonly string[];
}

/** A leaf's `auth`: by the registry alone, or signed with a passkey of the party's own. */
export type LeafAuth =
  | { readonly m: 'registry' }
  | {
      readonly m: 'webauthn';
      /** Commitment to the credential's public key, hex. */
      readonly c: string;
      /** SHA-256 of the assertion, hex. */
      readonly h: string;
    };

const BY_REGISTRY = canonicalJson({ m: 'registry' } satisfies LeafAuth);

export interface LeafPlace {
  /** Place in the stream, 1, 2, 3 … without gaps. */
  readonly streamVersion: number;
  /** Leaf index of the stream's leaf before, null for its first. */
  readonly previous: number | null;
  /** Epoch milliseconds, given by the log, never decreasing. */
  readonly recordedAt: number;
}

/**
 * The bytes of a leaf: RFC 8785 JSON of a flat object, UTF-8. Put together from the texts of its
 * members: making the one object that has them all costs three times as much as everything else.
 */
export function encodeLeaf({ content, type, stream, auth }: LeafDraft, place: LeafPlace): Buffer {
  const envelope = {
    auth: auth ? canonicalJson(auth) : BY_REGISTRY,
    n: canonicalJson(place.streamVersion),
    prev: canonicalJson(place.previous),
    stream: canonicalJson(stream),
    t: canonicalJson(place.recordedAt),
    type: canonicalJson(type),
    v: '1',
  };
  const own = (name: string): name is keyof typeof envelope => Object.hasOwn(envelope, name);
  const names = Object.keys(content).filter((name) => !own(name) && content[name] !== undefined);
  const members = [...names, ...Object.keys(envelope)].sort().map((name) => {
    const text = own(name) ? envelope[name] : canonicalJson(content[name]);
    return `${canonicalJson(name)}:${text}`;
  });
  return Buffer.from(`{${members.join()}}`, 'utf8');
}

/**
 * A commitment to an identifier: it stands in the log in the identifier's place, and says nothing
 * once the salt is erased. SHA-256("acr.id.v1" || 0x00 || salt[32] || "isrc:USRC17607839").
 */
export function identifierCommitment(salt: Uint8Array, scheme: string, value: string): Buffer {
  return sha256(
    Buffer.concat([Buffer.from('acr.id.v1\0'), salt, Buffer.from(`${scheme}:${value}`, 'utf8')]),
  );
}
