import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { canonicalJson } from '#kernel';
import type { Json } from './factories/lookup.js';

/** What a client keeps of one item; docs/specs/receipt.md. */
export interface ReceiptDocument {
  receipt: string;
  index: number;
  /** Base64. */
  proof: string[];
  item: Json;
}

const ENVELOPE = ['asOf', 'log', 'vocabulary', 'unknownPolicy', 'inquiry', 'overlays', 'receipt'];

const H = (...parts: (Buffer | number)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(typeof part === 'number' ? Uint8Array.of(part) : part);
  return hash.digest();
};
const leafOf = (item: Json) => H(0, Buffer.from(canonicalJson(item)));

/** RFC 6962 §2.1 by its own words: the root of some leaves, and the path of one of them. */
function rootOf(leaves: Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!;
  const k = split(leaves.length);
  return H(1, rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}
function pathOf(at: number, leaves: Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return at < k ? [...pathOf(at, left), rootOf(right)] : [...pathOf(at - k, right), rootOf(left)];
}
function split(count: number): number {
  let k = 1;
  while (k * 2 < count) k *= 2;
  return k;
}
function rootFrom(at: number, count: number, leaf: Buffer, path: Buffer[]): Buffer {
  if (count === 1) return leaf;
  const k = split(count);
  const [rest, last] = [path.slice(0, -1), path.at(-1)!];
  return at < k
    ? H(1, rootFrom(at, k, leaf, rest), last)
    : H(1, last, rootFrom(at - k, count - k, leaf, rest));
}

/** The receipt document of an answer to a single lookup. */
export function cutSingle(answer: Json): ReceiptDocument {
  const item = Object.fromEntries(Object.entries(answer).filter(([m]) => !ENVELOPE.includes(m)));
  return { receipt: answer['receipt'], index: 0, proof: [], item };
}

/** Those of the items of a batch. */
export function cutItems(
  items: Json[],
  receipt: string,
  places: Iterable<number> = items.keys(),
): ReceiptDocument[] {
  const leaves = items.map(leafOf);
  return Array.from(places, (index) => {
    const proof = pathOf(index, leaves).map((hash) => hash.toString('base64'));
    return { receipt, index, proof, item: items[index]! };
  });
}

/** The payload, if the signature, its form and the item's place under it are right; else null. */
export function checkReceipt(document: ReceiptDocument, jwks: { keys: readonly object[] }) {
  const [header, body, signature] = document.receipt.split('.');
  const { kid, ...rest } = parse(header!);
  const key = jwks.keys.find((one) => (one as Json)['kid'] === kid);
  if (key === undefined || canonicalJson(rest) !== '{"alg":"Ed25519","typ":"consent-receipt+jws"}')
    return null;
  const publicKey = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
  const signed = Buffer.from(`${header}.${body}`);
  if (!verify(null, signed, publicKey, Buffer.from(signature!, 'base64url'))) return null;
  const payload = parse(body!);
  const { count, root } = payload['batch'];
  const path = document.proof.map((hash) => Buffer.from(hash, 'base64'));
  const computed = rootFrom(document.index, count, leafOf(document.item), path);
  return computed.toString('base64url') === root ? payload : null;
}

function parse(part: string): Json {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Json;
}
