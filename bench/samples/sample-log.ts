import {
  canonicalJson,
  EMPTY_ROOT,
  entriesPath,
  type FetchLogFile,
  leafHash,
  nodeHash,
  tilePath,
} from '#verify';
import { LOG, type NoteSigner, ORIGIN, WITNESS } from './signers.js';

/** MTH, PATH and PROOF of RFC 6962 §2.1, straight from its text. */
export function treeHash(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0]!;
  const k = splitOf(leaves.length);
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

export function auditPath(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length <= 1) return [];
  const k = splitOf(leaves.length);
  return index < k
    ? [...auditPath(index, leaves.slice(0, k)), treeHash(leaves.slice(k))]
    : [...auditPath(index - k, leaves.slice(k)), treeHash(leaves.slice(0, k))];
}

export function consistencyProof(from: number, leaves: readonly Buffer[], whole = true): Buffer[] {
  if (from === leaves.length) return whole ? [] : [treeHash(leaves)];
  const k = splitOf(leaves.length);
  return from <= k
    ? [...consistencyProof(from, leaves.slice(0, k), whole), treeHash(leaves.slice(k))]
    : [...consistencyProof(from - k, leaves.slice(k), false), treeHash(leaves.slice(0, k))];
}

function splitOf(length: number): number {
  let k = 1;
  while (k * 2 < length) k *= 2;
  return k;
}

/** Leaves of some streams, as the registry writes them. */
export function sampleEntries(count: number, seed = ''): Buffer[] {
  const last = new Map<string, { n: number; index: number }>();
  return Array.from({ length: count }, (_, index) => {
    const stream = `dec_${seed}${index % 7}`;
    const before = last.get(stream);
    const n = (before?.n ?? 0) + 1;
    last.set(stream, { n, index });
    const prev = before?.index ?? null;
    const t = 1_764_000_000_000 + index;
    const entry = { v: 1, type: 'declaration', stream, n, prev, t, auth: { m: 'registry' } };
    return entryBytes(entry);
  });
}

export function entryBytes(entry: object): Buffer {
  const text = canonicalJson(entry);
  if (!text.ok) throw new Error(text.reason);
  return Buffer.from(text.value);
}

export function checkpointText(size: number, root: Buffer, origin = ORIGIN): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

export function signedNote(text: string, signers: readonly NoteSigner[] = [LOG, WITNESS]): string {
  return `${text}\n${signers.map((signer) => signer.line(text)).join('')}`;
}

/** Every file of a log with these entries, by path: its checkpoint, tiles and bundles. */
export function logFiles(
  entries: readonly Buffer[],
  signers: readonly NoteSigner[] = [LOG, WITNESS],
): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let hashes = entries.map((entry) => leafHash(entry));
  const root = treeHash(hashes);
  files.set('checkpoint', Buffer.from(signedNote(checkpointText(entries.length, root), signers)));
  for (let n = 0; n * 256 < entries.length; n += 1) {
    const part = entries.slice(n * 256, n * 256 + 256);
    files.set(entriesPath(BigInt(n), part.length), bundleOf(part));
  }
  for (let level = 0; hashes.length > 0; level += 1) {
    const above: Buffer[] = [];
    for (let n = 0; n * 256 < hashes.length; n += 1) {
      const part = hashes.slice(n * 256, n * 256 + 256);
      files.set(tilePath(level, BigInt(n), part.length), Buffer.concat(part));
      if (part.length === 256) above.push(treeHash(part));
    }
    hashes = above;
  }
  return files;
}

function bundleOf(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

export function fetchFrom(files: ReadonlyMap<string, Uint8Array>): FetchLogFile {
  return (path) => Promise.resolve(files.get(path) ?? null);
}
