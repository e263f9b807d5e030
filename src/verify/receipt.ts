import { type Checked, pass, quoted, refuse } from './checked.js';
import { fromBase64url, hashFromBase64, sameBytes } from './encoding.js';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue, parseJson } from './json.js';
import type { LogReader, TreeHead } from './log-reader.js';
import { PROOF_HASHES_MAX, verifyInclusion } from './proofs.js';
import type { ReceiptKeys } from './receipt-keys.js';
import { readPayload, type ReceiptPayload } from './receipt-payload.js';
import { leafHash } from './tree.js';
import { isSignedBy } from './verifier-key.js';

const DOCUMENT_BYTES_MAX = 4 * 1024 * 1024;
const TOKEN_BYTES_MAX = 64 * 1024;
const TYPE = 'consent-receipt+jws';
/** RFC 9864 names the algorithm Ed25519; older libraries call it EdDSA. */
const ALGORITHMS: readonly unknown[] = ['Ed25519', 'EdDSA'];

/** One answered item with the signature over its batch and its place in it. */
export interface ReceiptDocument {
  /** Compact JWS. */
  readonly receipt: string;
  readonly index: bigint;
  readonly proof: readonly Uint8Array[];
  readonly item: JsonObject;
}

export interface VerifiedReceipt {
  readonly kid: string;
  readonly payload: ReceiptPayload;
  readonly index: bigint;
  readonly item: JsonObject;
}

/** A receipt document: `{"receipt", "index", "proof", "item"}`. Nothing in it is verified yet. */
export function parseReceipt(file: string | Uint8Array): Checked<ReceiptDocument> {
  const parsed = parseJson(file, DOCUMENT_BYTES_MAX);
  return parsed.ok
    ? readReceipt(parsed.value)
    : refuse(`the receipt is unreadable: ${parsed.reason}`);
}

/** As {@link parseReceipt}, of JSON that is parsed already. */
export function readReceipt(value: JsonValue): Checked<ReceiptDocument> {
  const names = isJsonObject(value) ? Object.keys(value).sort().join() : '';
  if (!isJsonObject(value) || names !== 'index,item,proof,receipt') {
    return refuse(
      'a receipt document has the members receipt, index, proof and item, and no others',
    );
  }
  const { receipt, index, proof, item } = value;
  if (typeof receipt !== 'string') return refuse('the member receipt is no text');
  if (!Number.isSafeInteger(index) || (index as number) < 0) return refuse('index is no index');
  if (!isJsonObject(item)) return refuse('item is no object');
  if (!Array.isArray(proof) || proof.length > PROOF_HASHES_MAX) {
    return refuse(`proof is no list of at most ${PROOF_HASHES_MAX} hashes`);
  }
  const hashes: Buffer[] = [];
  for (const [at, text] of (proof as readonly unknown[]).entries()) {
    const hash = hashFromBase64(text as string);
    if (!hash.ok) return refuse(`hash ${at + 1} of the proof: ${hash.reason}`);
    hashes.push(hash.value);
  }
  return pass({ receipt, index: BigInt(index as number), proof: hashes, item });
}

/** The same document, written. */
export function writeReceipt({ receipt, index, proof, item }: ReceiptDocument): Checked<string> {
  const hashes = proof.map((hash) => Buffer.from(hash).toString('base64'));
  return canonicalJson({ receipt, index: Number(index), proof: hashes, item });
}

/** Whether one of the pinned keys signed the batch, and the item stands in it at its index. */
export function verifyReceipt(
  document: ReceiptDocument,
  keys: ReceiptKeys,
): Checked<VerifiedReceipt> {
  const signed = openReceiptToken(document.receipt, keys);
  return signed.ok ? verifyItem(document, signed.value) : signed;
}

/** A token whose signature was verified: what all items of its batch have in common. */
export type OpenedToken = Pick<VerifiedReceipt, 'kid' | 'payload'>;

/** The item of a document against a token that was opened before; a batch is opened once. */
export function verifyItem(
  { index, proof, item }: Pick<ReceiptDocument, 'index' | 'proof' | 'item'>,
  { kid, payload }: OpenedToken,
): Checked<VerifiedReceipt> {
  const bytes = canonicalJson(item);
  if (!bytes.ok) return refuse(`the item: ${bytes.reason}`);
  const { count: size, root } = payload.batch;
  const leaf = leafHash(Buffer.from(bytes.value));
  const included = verifyInclusion({ index, size, leafHash: leaf, proof, root });
  if (!included.ok) return refuse(`the item is not in the signed batch: ${included.reason}`);
  const beyond = decidingLeaves(item).find(
    (leaf) => !(leaf >= 0 && BigInt(leaf) < payload.log.size),
  );
  if (beyond !== undefined) {
    return refuse(`the item names leaf ${beyond} of a log that had ${payload.log.size} leaves`);
  }
  return pass({ kid, payload, index, item });
}

/** The JWS of a receipt: algorithm and key from our own list, never from where the header points. */
export function openReceiptToken(token: string, keys: ReceiptKeys): Checked<OpenedToken> {
  if (typeof token !== 'string' || token.length > TOKEN_BYTES_MAX) {
    return refuse('the receipt is no compact JWS, or too long for one');
  }
  const parts = token.split('.');
  const [header, body, signature] = parts.map((part) => fromBase64url(part));
  if (parts.length !== 3 || !header?.ok || !body?.ok || !signature?.ok) {
    return refuse('the receipt is no compact JWS of three base64url parts');
  }
  const kid = readHeader(header.value);
  if (!kid.ok) return kid;
  const key = keys.get(kid.value);
  if (key === undefined) return refuse(`the key ${quoted(kid.value)} is not in the pinned key set`);
  const message = Buffer.from(`${parts[0]}.${parts[1]}`);
  if (!isSignedBy(key.publicKey, message, signature.value)) {
    return refuse(`the signature of the key ${quoted(kid.value)} does not fit the receipt`);
  }
  const payload = canonicalObject(body.value, 'payload');
  if (!payload.ok) return payload;
  const read = readPayload(payload.value);
  if (!read.ok) return read;
  if (key.endedAt !== null && read.value.iat > key.endedAt) {
    return refuse(`the receipt was signed after the key ${quoted(kid.value)} had ended`);
  }
  return pass({ kid: kid.value, payload: read.value });
}

function readHeader(bytes: Buffer): Checked<string> {
  const header = canonicalObject(bytes, 'header');
  if (!header.ok) return header;
  const { alg, kid, typ } = header.value;
  const names = Object.keys(header.value).join();
  if (names !== 'alg,kid,typ') {
    return refuse(`the header must have alg, kid and typ alone, and has ${quoted(names)}`);
  }
  if (!ALGORITHMS.includes(alg))
    return refuse(`the algorithm ${quoted(String(JSON.stringify(alg)))} is not accepted`);
  if (typ !== TYPE)
    return refuse(`the type ${quoted(String(JSON.stringify(typ)))} is not ${quoted(TYPE)}`);
  return typeof kid === 'string' ? pass(kid) : refuse('the header names no key');
}

function canonicalObject(bytes: Buffer, part: string): Checked<JsonObject> {
  const parsed = parseJson(bytes, TOKEN_BYTES_MAX);
  if (!parsed.ok) return refuse(`the ${part} of the receipt: ${parsed.reason}`);
  if (!isJsonObject(parsed.value)) return refuse(`the ${part} of the receipt is no object`);
  const canonical = canonicalJson(parsed.value);
  if (!canonical.ok || !sameBytes(Buffer.from(canonical.value), bytes)) {
    return refuse(`the ${part} of the receipt is not in canonical form`);
  }
  return pass(parsed.value);
}

/** Indexes of the leaves that decided the item, of every purpose, each once, in rising order. */
export function decidingLeaves(item: JsonObject): number[] {
  const found = new Set<number>();
  for (const purpose of Object.values(isJsonObject(item['purposes']) ? item['purposes'] : {})) {
    const deciders = isJsonObject(purpose) ? purpose['decidedBy'] : undefined;
    for (const decider of Array.isArray(deciders) ? (deciders as readonly JsonValue[]) : []) {
      if (!isJsonObject(decider) || decider['logIndex'] === undefined) continue;
      const index = decider['logIndex'];
      found.add(Number.isSafeInteger(index) ? (index as number) : -1);
    }
  }
  return [...found].sort((one, other) => one - other);
}

/** Whether the log that a receipt names is the log behind this head: same name, same past. */
export async function checkReceiptLog(
  { payload }: Pick<VerifiedReceipt, 'payload'>,
  reader: LogReader,
  head: TreeHead & { readonly origin: string },
): Promise<Checked<true>> {
  const { origin, size, root } = payload.log;
  if (origin !== head.origin) {
    return refuse(`the receipt is of the log ${quoted(origin)}, not of ${quoted(head.origin)}`);
  }
  const extended = await reader.extends(head, size, root);
  return extended.ok ? extended : refuse(`the receipt and the log disagree: ${extended.reason}`);
}
