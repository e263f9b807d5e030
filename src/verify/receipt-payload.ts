import { type Checked, pass, quoted, refuse } from './checked.js';
import { fromBase64url, hashFromBase64 } from './encoding.js';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from './json.js';
import { sha256 } from './tree.js';

/** What the registry signed: for which question, as of when, from which log, over which items. */
export interface ReceiptPayload {
  readonly iss: string;
  readonly jti: string;
  /** Unix seconds. */
  readonly iat: number;
  readonly asOf: string;
  readonly log: { readonly origin: string; readonly size: bigint; readonly root: Buffer };
  readonly vocabulary: string;
  readonly unknownPolicy: string;
  readonly inquiry: JsonObject;
  readonly purposes: readonly string[];
  /** Digest of the question. */
  readonly req: Buffer;
  /** Whether the question named the moment `asOf`, or asked for the latest answer. */
  readonly asked: 'moment' | 'latest';
  readonly batch: { readonly count: bigint; readonly root: Buffer };
  readonly aud: string | null;
}

const MEMBERS = [
  ...['v', 'iss', 'jti', 'iat', 'asOf', 'log', 'vocabulary', 'unknownPolicy', 'inquiry'],
  ...['purposes', 'req', 'batch'],
];
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/** Every member is there, none is there besides, and the request digest fits what is said of it. */
export function readPayload(payload: JsonObject): Checked<ReceiptPayload> {
  if (payload['v'] !== 1) return refuse('the receipt is not of version 1');
  const names = Object.keys(payload).filter((name) => name !== 'aud');
  const unknown = names.find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) return refuse(`the receipt has an unknown member ${quoted(unknown)}`);
  const absent = MEMBERS.find((name) => !names.includes(name));
  if (absent !== undefined) return refuse(`the receipt has no member ${quoted(absent)}`);
  const { iss, jti, iat, asOf, vocabulary, unknownPolicy, inquiry, purposes, aud } = payload;
  if (!isText(iss) || !isText(vocabulary) || !isText(unknownPolicy)) {
    return refuse('iss, vocabulary and unknownPolicy must be texts');
  }
  if (!isText(jti) || !UUID.test(jti)) return refuse('jti is no UUID');
  if (!isCount(iat)) return refuse('iat is no number of seconds');
  if (!isText(asOf) || !INSTANT.test(asOf)) return refuse('asOf is no instant in UTC');
  if (!isJsonObject(inquiry)) return refuse('inquiry is no object');
  if (!isTexts(purposes)) return refuse('purposes is no list of texts');
  if (aud !== undefined && !isText(aud)) return refuse('aud is no text');
  const log = readLog(payload['log']);
  if (!log.ok) return log;
  const batch = readBatch(payload['batch']);
  if (!batch.ok) return batch;
  const question = { inquiry, purposes, unknownPolicy };
  const request = readRequest(payload['req'], question, asOf);
  if (!request.ok) return request;
  return pass({
    ...{ iss, jti, iat, asOf, vocabulary, unknownPolicy, inquiry, purposes },
    ...{ log: log.value, batch: batch.value, aud: aud ?? null },
    ...request.value,
  });
}

function readLog(value: JsonValue | undefined): Checked<ReceiptPayload['log']> {
  if (!isJsonObject(value) || Object.keys(value).length !== 3) {
    return refuse('log must have origin, size and root');
  }
  const { origin, size, root } = value;
  if (!isText(origin) || !isCount(size) || !isText(root)) {
    return refuse('log must have origin, size and root');
  }
  const hash = hashFromBase64(root);
  if (!hash.ok) return refuse(`the root of the log: ${hash.reason}`);
  return pass({ origin, size: BigInt(size), root: hash.value });
}

function readBatch(value: JsonValue | undefined): Checked<ReceiptPayload['batch']> {
  if (!isJsonObject(value) || Object.keys(value).length !== 2) {
    return refuse('batch must have count and root');
  }
  const { count, root } = value;
  if (!isCount(count) || count === 0 || !isText(root))
    return refuse('batch must have count and root');
  const hash = fromBase64url(root);
  if (!hash.ok || hash.value.length !== 32) return refuse('the root of the batch has not 32 bytes');
  return pass({ count: BigInt(count), root: hash.value });
}

/** SHA-256(JCS({asOf, inquiry, purposes, unknownPolicy})), `asOf` null where the latest was asked for. */
export function requestDigest(question: {
  readonly asOf: string | null;
  readonly inquiry: JsonObject;
  readonly purposes: readonly string[];
  readonly unknownPolicy: string;
}): Checked<Buffer> {
  const { asOf, inquiry, purposes, unknownPolicy } = question;
  const text = canonicalJson({ asOf, inquiry, purposes, unknownPolicy });
  return text.ok ? pass(sha256(Buffer.from(text.value))) : text;
}

function readRequest(
  value: JsonValue | undefined,
  question: Pick<ReceiptPayload, 'inquiry' | 'purposes' | 'unknownPolicy'>,
  asOf: string,
): Checked<Pick<ReceiptPayload, 'req' | 'asked'>> {
  const req = fromBase64url(value as string);
  if (!req.ok || req.value.length !== 32) return refuse('req is no digest of 32 bytes');
  for (const [asked, moment] of [['latest', null] as const, ['moment', asOf] as const]) {
    const digest = requestDigest({ ...question, asOf: moment });
    if (digest.ok && digest.value.equals(req.value)) return pass({ req: req.value, asked });
  }
  return refuse('req is not the digest of the inquiry, purposes and policy that the receipt names');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
