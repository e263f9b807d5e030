import { type Checked, pass, quoted, refuse } from './checked.js';
import { verifyDetached } from './detached-jws.js';
import { hashFromBase64, instantOf, isBytes } from './encoding.js';
import { isJsonObject, parseCanonical } from './json.js';
import type { ReceiptKeys } from './receipt-keys.js';
import { readSnapshotFiles, type SnapshotFile } from './snapshot-files.js';

/** What a registry says of a published snapshot (docs/specs/snapshot.md). */
export interface SnapshotManifest {
  /** The registry's address. */
  readonly iss: string;
  /** A UUID. */
  readonly snapshot: string;
  /** First line of the log's checkpoints. */
  readonly origin: string;
  /** Leaves of the log that the snapshot was made from. */
  readonly size: number;
  /** Root of that log, 32 bytes. */
  readonly root: Buffer;
  /** The moment that the answers hold for, epoch ms. */
  readonly asOf: number;
  /** From when on nothing may be concluded from it, epoch ms. */
  readonly expires: number;
  readonly vocabulary: { readonly version: string; readonly digest: string };
  /** How many identifiers it holds, over all schemes. */
  readonly identifiers: number;
  readonly standings: number;
  /** In the order of their paths. */
  readonly files: readonly SnapshotFile[];
}

const MANIFEST_BYTES_MAX = 8 * 1024 * 1024;
/** How far a verifier's clock may stand behind the registry's. */
const CLOCK_BEHIND_MAX_MS = 5 * 60_000;
const TYPE = 'consent-snapshot+jws';
const MEMBERS = [
  ...['asOf', 'expires', 'files', 'identifiers', 'iss', 'origin', 'root', 'size', 'snapshot'],
  ...['standings', 'type', 'v', 'vocabulary'],
].join();
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * Whether a pinned key signed exactly these bytes of a manifest, and it still holds at `now` (epoch
 * ms). Says nothing of the files: their sizes and digests are compared by whoever reads them.
 */
export function verifySnapshotManifest(
  bytes: Uint8Array,
  jws: string,
  keys: ReceiptKeys,
  now: number,
): Checked<SnapshotManifest> {
  const signed = verifySnapshotSignature(bytes, jws, keys);
  if (!signed.ok) return signed;
  const { asOf, expires } = signed.value;
  // Also where the clock is no number: no comparison with it holds.
  if (!(now < expires)) {
    return refuse(`the snapshot has expired at ${new Date(expires).toISOString()}`);
  }
  if (asOf > now + CLOCK_BEHIND_MAX_MS) {
    const made = new Date(asOf).toISOString();
    return refuse(`the snapshot is of ${made}, which has not come yet by this clock`);
  }
  return signed;
}

/** As {@link verifySnapshotManifest}, whether or not it has expired: to show, never to rely on. */
export function verifySnapshotSignature(
  bytes: Uint8Array,
  jws: string,
  keys: ReceiptKeys,
): Checked<SnapshotManifest> {
  if (!isBytes(bytes)) return refuse('the manifest is no bytes');
  const key = verifyDetached(bytes, jws, { type: TYPE, of: 'manifest', keys });
  if (!key.ok) return key;
  const { kid, endedAt } = key.value;
  const manifest = readSnapshotManifest(bytes);
  if (!manifest.ok) return manifest;
  if (endedAt !== null && manifest.value.asOf > endedAt * 1000) {
    return refuse(`the snapshot was signed after the key ${quoted(kid)} had ended`);
  }
  return manifest;
}

/** A manifest as it stands; nothing in it is verified. Every member is there, and no other. */
export function readSnapshotManifest(bytes: Uint8Array): Checked<SnapshotManifest> {
  const parsed = parseCanonical(bytes, MANIFEST_BYTES_MAX, 'manifest');
  if (!parsed.ok) return parsed;
  const manifest = parsed.value;
  if (manifest['v'] !== 1 || manifest['type'] !== 'consent-snapshot') {
    return refuse('the manifest is not one of a consent-snapshot of version 1');
  }
  if (Object.keys(manifest).join() !== MEMBERS) {
    return refuse(`the manifest has not exactly the members ${MEMBERS}`);
  }
  const { iss, snapshot, origin, size, root, identifiers, standings } = manifest;
  if (!isText(iss) || !isText(origin)) return refuse('iss and origin must be texts');
  if (!isText(snapshot) || !UUID.test(snapshot)) return refuse('snapshot is no UUID');
  if (!isCount(size) || size === 0) return refuse('size is no number of leaves');
  if (!isCount(identifiers) || !isCount(standings)) {
    return refuse('identifiers and standings must be counts');
  }
  const hash = hashFromBase64(root as string);
  if (!hash.ok) return refuse(`the root: ${hash.reason}`);
  const asOf = instantOf(manifest['asOf']);
  const expires = instantOf(manifest['expires']);
  if (asOf === null || expires === null || expires <= asOf) {
    return refuse('asOf and expires must be instants in UTC with milliseconds, in this order');
  }
  const vocabulary = readVocabulary(manifest['vocabulary']);
  if (vocabulary === null) return refuse('vocabulary must have a version and a digest');
  const files = readSnapshotFiles(manifest['files'], { size, identifiers, standings });
  if (!files.ok) return files;
  return pass({
    ...{ iss, snapshot, origin, size, root: hash.value, asOf, expires, vocabulary },
    ...{ identifiers, standings, files: files.value },
  });
}

function readVocabulary(value: unknown): SnapshotManifest['vocabulary'] | null {
  if (!isJsonObject(value as never)) return null;
  const { version, digest, ...rest } = value as Record<string, unknown>;
  if (!isText(version) || !isText(digest) || !/^[0-9a-f]{64}$/.test(digest)) return null;
  return Object.keys(rest).length === 0 ? { version, digest } : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
