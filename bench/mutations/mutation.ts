import type { Random } from '../samples/random.js';

/**
 * One kind of document with everything that may be done to it. A mutation changes what a document
 * says: those that leave its meaning as it was (an unknown signature more, a space in JSON) are not
 * in the list, so that nothing accepted is ever excused.
 */
export interface MutationKind {
  readonly name: string;
  /** A valid document, told as the attempts that must be accepted and those that must not. */
  sample(random: Random): Sample | Promise<Sample>;
}

/** A verifier's answer. */
export type Attempt = () => { readonly ok: boolean } | Promise<{ readonly ok: boolean }>;

export interface Sample {
  /** The document as it is: must be accepted, or the mutations prove nothing. */
  readonly sound: Attempt;
  readonly mutations: Readonly<Record<string, (random: Random) => Attempt>>;
}

export function flipBit(bytes: Uint8Array, random: Random): Buffer {
  const flipped = Buffer.from(bytes);
  const at = random.below(flipped.length);
  flipped[at] = flipped[at]! ^ (1 << random.below(8));
  return flipped;
}

/** One to three bytes replaced, put in or taken out; never the same as before. */
export function editBytes(bytes: Uint8Array, random: Random): Buffer {
  const before = Buffer.from(bytes);
  for (;;) {
    let edited: Buffer = before;
    for (let edits = 1 + random.below(3); edits > 0; edits -= 1) edited = editByte(edited, random);
    if (!edited.equals(before)) return edited;
  }
}

function editByte(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length);
  const other = Buffer.of(random.of([random.below(256), 0x0a, 0x20, 0x30, 0x2b]));
  const [keep, drop] = random.of([[0, 1] as const, [1, 0] as const, [1, 1] as const]);
  const put = keep === 1 ? other : Buffer.alloc(0);
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + drop)]);
}

/** Order of the Ed25519 group: a signature's S plus this is another spelling of the same S. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The signature with S replaced by S + order, where that still fits into 32 bytes. */
export function respellSignature(signature: Uint8Array): Buffer {
  const s = BigInt(`0x${Buffer.from(signature.subarray(-32)).reverse().toString('hex')}`) + ORDER;
  const bytes = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
  return Buffer.concat([signature.subarray(0, -32), bytes]);
}
